import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeFuses, FUSES, readFuses, setFuses } from './fuses.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-fuses-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Electron marks the place of its fuses with it. Source: Electron, "Electron Fuses". */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * A program with these fuses, in Electron's order: `1` on, `0` off, `r` one that was removed. Source: Electron, "Electron
 * Fuses", the wire's format.
 */
function programWith(fuses: string): string {
  const path = join(folder, 'electron')
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.of(1, fuses.length), Buffer.from(fuses)])
  writeFileSync(path, Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]))
  return path
}

/** As Electron 45 has them, in its order. */
const WANTED = '010011001'

test('an Electron as it comes is closed, and what is set is read back', async () => {
  const program = programWith('101100011')
  await setFuses(program)
  const fuses = await readFuses(program)
  expect(Object.fromEntries(fuses.map(({ name, on }) => [name, on]))).toEqual(FUSES)
  expect(describeFuses(fuses)).toEqual([])
})

test.each([
  [0, 'RunAsNode is on'],
  [1, 'EnableCookieEncryption is off'],
  [2, 'EnableNodeOptionsEnvironmentVariable is on'],
  [3, 'EnableNodeCliInspectArguments is on'],
  [4, 'EnableEmbeddedAsarIntegrityValidation is off'],
  [5, 'OnlyLoadAppFromAsar is off'],
  [6, 'LoadBrowserProcessSpecificV8Snapshot is on'],
  [7, 'GrantFileProtocolExtraPrivileges is on'],
  [8, 'WasmTrapHandlers is off'],
])('a package whose fuse %i was flipped back is refused: %s', async (place, problem) => {
  const flipped = WANTED[place] === '1' ? '0' : '1'
  const program = programWith(WANTED.slice(0, place) + flipped + WANTED.slice(place + 1))
  expect(describeFuses(await readFuses(program))).toEqual([problem])
})

test('an older Electron lacks the latest fuses, and is closed by those that it has', async () => {
  const program = programWith('1011000')
  await setFuses(program)
  expect(await readFuses(program)).toHaveLength(7)
})

test('a fuse that came with a newer Electron fails the build until somebody decides about it', async () => {
  await expect(setFuses(programWith(`${WANTED}1`))).rejects.toThrow(/number 9 is not known.*decide/)
})

test('a fuse that was removed from Electron is none to set', async () => {
  const program = programWith(`0r${WANTED.slice(2)}`)
  expect((await readFuses(program)).map(({ name }) => name)).not.toContain('EnableCookieEncryption')
})

test('a program without fuses is no Electron, and fails the build', async () => {
  const path = join(folder, 'other')
  writeFileSync(path, 'no fuses')
  await expect(setFuses(path)).rejects.toThrow()
})
