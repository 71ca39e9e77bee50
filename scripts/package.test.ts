import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-package-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)

/** A program that tells its version as an Electron does. */
function electronWith(napi: string): string {
  const versions = { electron: '33.2.1', chrome: '130.0.0.0', node: '20.18.1', v8: '13.0', napi }
  writeFileSync(inFolder('electron'), `#!/bin/sh\necho '${JSON.stringify(versions)}'\n`)
  chmodSync(inFolder('electron'), 0o755)
  return inFolder('electron')
}

function releaseKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(inFolder('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  return inFolder('key.pem')
}

function packageWith(...args: string[]) {
  const script = resolve(import.meta.dirname, 'package.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script, '--out', inFolder('out'), ...args], {
    encoding: 'utf8',
  })
  return { status, said: stderr, made: readdirSync(folder).includes('out') }
}

test.each([
  ['an option that there is none', ['--fast'], /'--fast'/],
  [
    'an Electron that is not there',
    ['--electron', '/nowhere'],
    /^--electron \/nowhere: there is no Electron/,
  ],
  ['a folder without an Electron', ['--electron', '/'], /^--electron \/: there is no Electron/],
  [
    'notices that no key would sign',
    ['--notice-url', 'https://example.com/signal.json'],
    /needs --release-key/,
  ],
])('whoever packages with %s is told so, and nothing is made', (_what, args, sentence) => {
  expect(packageWith(...args)).toEqual({ status: 2, said: expect.stringMatching(sentence), made: false })
})

test('notices are asked for by https alone', () => {
  const args = ['--electron', electronWith('10'), '--release-key', releaseKey()]
  expect(packageWith(...args, '--notice-url', 'http://example.com/signal.json')).toEqual({
    status: 2,
    said: expect.stringContaining('is not an https address'),
    made: false,
  })
})

test('an Electron that is too old for the database makes no release', () => {
  expect(packageWith('--electron', electronWith('9'), '--release-key', releaseKey())).toEqual({
    status: 2,
    said: expect.stringContaining('one with Electron 33.2.1 is none'),
    made: false,
  })
})

test('a program that is no Electron is named', () => {
  expect(packageWith('--electron', '/bin/true')).toEqual({
    status: 1,
    said: expect.stringContaining('/bin/true does not report its version'),
    made: false,
  })
})
