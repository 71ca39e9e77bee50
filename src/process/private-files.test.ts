import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makePrivate, replaceFile } from './private-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-private-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (path: string) => (lstatSync(path).mode & 0o7777).toString(8)

describe.skipIf(process.platform === 'win32')('a folder made private', () => {
  test('is its user’s alone with all that is in it, and nothing behind a link is touched', () => {
    const data = join(folder, 'data')
    mkdirSync(join(data, 'logs'), { recursive: true })
    chmodSync(data, 0o755)
    chmodSync(join(data, 'logs'), 0o775)
    for (const [name, mode] of [
      ['settings.json', 0o644],
      ['logs/signal.log', 0o666],
      ['run', 0o755],
    ] as const) {
      writeFileSync(join(data, name), '')
      chmodSync(join(data, name), mode)
    }
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(elsewhere, '')
    chmodSync(elsewhere, 0o644)
    symlinkSync(elsewhere, join(data, 'link'))
    symlinkSync(join(folder, 'gone'), join(data, 'dangling'))

    expect(makePrivate(data)).toBeUndefined()
    expect(
      ['', 'logs', 'settings.json', 'logs/signal.log', 'run'].map((name) => modeOf(join(data, name))),
    ).toEqual(['700', '700', '600', '600', '700'])
    expect(modeOf(elsewhere)).toBe('644')
  })

  test.each(['.', 'home', 'home/me', 'link'])(
    'is never the home folder, or one that holds it: %s',
    (name) => {
      const home = join(folder, 'home', 'me')
      mkdirSync(home, { recursive: true, mode: 0o755 })
      symlinkSync(home, join(folder, 'link'))
      chmodSync(folder, 0o755)
      vi.stubEnv('HOME', home)
      expect(makePrivate(join(folder, name))).toMatch(/^it (is|holds) the home folder$/)
      expect(['', 'home', 'home/me'].map((each) => modeOf(join(folder, each)))).toEqual(['755', '755', '755'])
      vi.stubEnv('HOME', join(folder, 'link'))
      expect(makePrivate(join(folder, name))).toMatch(/^it (is|holds) the home folder$/)
      vi.unstubAllEnvs()
    },
  )

  test('is never a folder for everybody', () => {
    chmodSync(folder, 0o1777)
    expect(makePrivate(folder)).toBe('it is a folder for everybody')
    expect(modeOf(folder)).toBe('1777')
  })
})

describe.skipIf(process.platform === 'win32')('a file that is replaced', () => {
  test('does not overwrite what a link in the place of its draft points to', () => {
    const [file, victim] = [join(folder, 'settings.json'), join(folder, 'victim')]
    writeFileSync(victim, 'precious')
    symlinkSync(victim, `${file}.new`)
    replaceFile(file, 'mine')
    expect(readFileSync(victim, 'utf8')).toBe('precious')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(lstatSync(file).isFile()).toBe(true)
  })

  test('is its user’s alone, also if somebody left a draft that all may read', () => {
    const file = join(folder, 'credentials.json')
    writeFileSync(`${file}.new`, 'left over, and longer than the new text')
    chmodSync(`${file}.new`, 0o666)
    replaceFile(file, 'mine')
    expect(modeOf(file)).toBe('600')
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
})
