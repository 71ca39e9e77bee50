import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readNotice } from '../src/main/updates/signed-notice.ts'

const SCRIPT = fileURLToPath(new URL('release-notice.mjs', import.meta.url))

let folder: string
let out: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-notice-'))
  out = join(folder, 'signal.json')
  write('notes.txt', '- Charts of five years.\n\n- Alerts that last a restart.\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a file into the test's folder; returns its path. */
function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const pemOf = (key: KeyObject) =>
  key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString()
const KEYS = generateKeyPairSync('ed25519')

/** Runs the command with these options in place of the right ones; undefined leaves one out. */
function run(options: Record<string, string | undefined>) {
  const all = {
    key: write('ordinary.pem', pemOf(KEYS.privateKey)),
    version: '0.2.0',
    page: 'https://signal.example/download',
    notes: join(folder, 'notes.txt'),
    out,
    ...options,
  }
  const args = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  )
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' })
}

test('a notice that it signs is the one that Signal reads', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { status, stderr } = run({ key: write('key.pem', pemOf(privateKey)) })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(readNotice(JSON.parse(readFileSync(out, 'utf8')), publicKey)).toMatchObject({
    ok: true,
    value: {
      notice: {
        version: '0.2.0',
        notes: ['Charts of five years.', 'Alerts that last a restart.'],
        page: 'https://signal.example/download',
      },
    },
  })
})

test.each([
  ['a version with a suffix', { version: '0.2.0-beta.1' }, 'version'],
  ['a page without TLS', { page: 'http://signal.example/' }, 'https'],
  ['no page', { page: undefined }, '--page'],
  ['an unknown option', { channel: 'beta' }, '--channel'],
])('%s is a usage error, and nothing is signed', (_what, options, said) => {
  const { status, stderr } = run(options)
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(said) })
  expect(existsSync(out)).toBe(false)
})

test.each([
  ['notes that say nothing', '\n- \n', 'at least one sentence'],
  ['notes longer than 200 characters', 'x'.repeat(201), '200 characters'],
  ['notes with a character that turns the text around', 'Safe \u202egpj.exe', 'direction character'],
])('%s are a usage error, and nothing is signed', (_what, text, said) => {
  const { status, stderr } = run({ notes: write('bad.txt', text) })
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(said) })
  expect(existsSync(out)).toBe(false)
})

test.each([
  ['of another kind', pemOf(generateKeyPairSync('x25519').privateKey), 1],
  ['that is none', 'no key at all', 1],
  ['of which only the public half is there', pemOf(KEYS.publicKey), 2],
])('a key %s signs nothing, and its text is not repeated', (_what, pem, code) => {
  const { status, stderr } = run({ key: write('bad.pem', pem) })
  expect({ status, stderr }).toEqual({ status: code, stderr: expect.stringContaining('bad.pem') })
  expect(stderr).not.toContain(pem)
  expect(existsSync(out)).toBe(false)
})

test('a file that is not there is a failure', () => {
  expect(run({ key: join(folder, 'none.pem') }).status).toBe(1)
})
