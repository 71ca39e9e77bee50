import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLog } from '#process/log'
import { releaseKey } from '../../../tests/support/release-key.ts'
import { readReleaseSource } from './release-source.ts'

const NOTICE_URL = 'https://signal.example/signal.json'
const { publicText: publicKey } = releaseKey()

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-source-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What an app folder with that package.json asks, and what the log says of it. */
function read(manifest: unknown, isPackaged = true) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const warn = vi.fn()
  const source = readReleaseSource({ folder, isPackaged }, { ...silentLog, warn })
  return { source, warn }
}

test('a package asks at the address and believes the key that it was built with', () => {
  const { source, warn } = read({ version: '0.1.0', release: { noticeUrl: NOTICE_URL, publicKey } })
  expect(source).toMatchObject({ kind: 'named', version: '0.1.0', noticeUrl: NOTICE_URL })
  expect(warn).not.toHaveBeenCalled()
})

test('a checkout, and a package without an address, ask nobody and say which they are', () => {
  expect(read({ version: '0.1.0' }, false).source).toEqual({ kind: 'checkout' })
  expect(read({ version: '0.1.0' }, true).source).toEqual({ kind: 'unnamed' })
})

const otherKey = generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' })

test.each([
  ['an address without TLS', '0.1.0', { noticeUrl: 'http://signal.example/signal.json', publicKey }],
  ['no address', '0.1.0', { publicKey }],
  ['no key', '0.1.0', { noticeUrl: NOTICE_URL }],
  ['a key of another kind', '0.1.0', { noticeUrl: NOTICE_URL, publicKey: otherKey.toString('base64') }],
  ['a key that is none', '0.1.0', { noticeUrl: NOTICE_URL, publicKey: 'c2VjcmV0' }],
  ['a version that cannot be compared', '0.1.0-ci', { noticeUrl: NOTICE_URL, publicKey }],
])('a build with %s asks nobody, and the log says so once', (_what, version, release) => {
  const { source, warn } = read({ version, release })
  expect(source).toEqual({ kind: 'invalid' })
  expect(warn).toHaveBeenCalledTimes(1)
})

test('an app folder without a package.json asks nobody', () => {
  expect(readReleaseSource({ folder, isPackaged: true }, silentLog)).toEqual({ kind: 'invalid' })
})
