import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ROOT } from '../lib/build.mjs'
import { signChecksums, writeChecksums } from './checksums.mjs'

/** What a command answers in a folder: its exit code and all that it printed. */
function run(folder: string, command: string, ...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
  if (error) throw error
  return { status, text: stdout + stderr }
}

/** A release of three files, summed and signed, and the key as whoever downloads it has it from elsewhere. */
function release() {
  const home = mkdtempSync(join(tmpdir(), 'signal-release-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const [folder, key, publicKey] = ['release', 'key.pem', 'known.pub'].map((name) => join(home, name))
  if (folder === undefined || key === undefined || publicKey === undefined) throw new Error('unreachable')
  mkdirSync(join(folder, 'source-maps'), { recursive: true })
  writeFileSync(join(folder, 'signal 0.1.0.deb'), 'a package')
  writeFileSync(join(folder, 'CHANGELOG.md'), 'What is new')
  writeFileSync(join(folder, 'source-maps', 'index.map'), '{}')
  run(home, 'openssl', 'genpkey', '-algorithm', 'ed25519', '-out', key)
  run(home, 'openssl', 'pkey', '-in', key, '-pubout', '-out', publicKey)
  writeChecksums(folder)
  signChecksums(folder, key)
  return { home, folder, key, publicKey }
}

const check = (folder: string) => run(folder, 'sha256sum', '--check', '--strict', 'SHA256SUMS')
const VERIFY = 'pkeyutl -verify -pubin -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig -inkey'.split(' ')
const verify = (folder: string, publicKey: string) => run(folder, 'openssl', ...VERIFY, publicKey)

test('who downloads a release can check it with sha256sum and openssl alone', () => {
  const { folder, publicKey } = release()
  expect(check(folder)).toEqual({
    status: 0,
    text: 'CHANGELOG.md: OK\nsignal 0.1.0.deb: OK\nsource-maps/index.map: OK\n',
  })
  expect(verify(folder, publicKey)).toMatchObject({ status: 0, text: 'Signature Verified Successfully\n' })
  expect(readFileSync(join(folder, 'signal-release.pub'), 'utf8')).toBe(readFileSync(publicKey, 'utf8'))
})

test('who downloads one package alone can check that one', () => {
  const { folder } = release()
  for (const other of ['CHANGELOG.md', 'source-maps']) rmSync(join(folder, other), { recursive: true })
  const checked = run(folder, 'sha256sum', '--check', '--ignore-missing', 'SHA256SUMS')
  expect(checked).toEqual({ status: 0, text: 'signal 0.1.0.deb: OK\n' })
})

test('a changed package is found by its checksum', () => {
  const { folder } = release()
  appendFileSync(join(folder, 'signal 0.1.0.deb'), '!')
  expect(check(folder)).toMatchObject({
    status: 1,
    text: expect.stringContaining('signal 0.1.0.deb: FAILED'),
  })
})

test('a list of checksums that somebody added to, or signed with another key, is refused', () => {
  const { folder, home, publicKey } = release()
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
  writeFileSync(join(folder, 'SHA256SUMS'), `${sums}${'0'.repeat(64)}  added.deb\n`)
  expect(verify(folder, publicKey).status).toBe(1)
  writeFileSync(join(folder, 'SHA256SUMS'), sums)
  expect(verify(folder, publicKey).status).toBe(0)
  const other = join(home, 'other.pem')
  run(home, 'openssl', 'genpkey', '-algorithm', 'ed25519', '-out', other)
  signChecksums(folder, other)
  expect(verify(folder, publicKey).status).toBe(1)
})

test('the list is the same however often it is made, and leaves out itself and its signature', () => {
  const { folder } = release()
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
  writeChecksums(folder)
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(sums)
})

test('nothing that leads out of the folder, or breaks a line, gets into the list', () => {
  const { folder } = release()
  symlinkSync('/etc/hostname', join(folder, 'link'))
  expect(() => writeChecksums(folder)).toThrow('is neither file nor folder')
  rmSync(join(folder, 'link'))
  writeFileSync(join(folder, 'two\nlines'), '')
  expect(() => writeChecksums(folder)).toThrow('"two\\nlines" cannot be listed in SHA256SUMS')
})

test('the private key is in no file of the release', () => {
  const { folder, key } = release()
  const secret = readFileSync(key, 'utf8').split('\n')[1] ?? ''
  expect(secret).toMatch(/^[\w+/]{60,}=*$/)
  for (const name of ['SHA256SUMS', 'SHA256SUMS.sig', 'signal-release.pub'])
    expect(readFileSync(join(folder, name), 'latin1')).not.toContain(secret)
  expect(readFileSync(join(folder, 'signal-release.pub'), 'utf8')).not.toContain('PRIVATE')
})

test('what is no key, a key that is not Ed25519, or only the public half signs nothing', () => {
  const { folder, home, publicKey } = release()
  rmSync(join(folder, 'SHA256SUMS.sig'))
  const rsa = join(home, 'rsa.pem')
  run(home, 'openssl', 'genpkey', '-algorithm', 'rsa', '-out', rsa)
  expect(() => signChecksums(folder, rsa)).toThrow('is not an Ed25519 key')
  expect(() => signChecksums(folder, join(folder, 'CHANGELOG.md'))).toThrow(
    'CHANGELOG.md is not a key in PEM without a passphrase',
  )
  expect(() => signChecksums(folder, publicKey)).toThrow('has no private key to sign with')
  expect(existsSync(join(folder, 'SHA256SUMS.sig'))).toBe(false)
})

test('the command sums a folder that was gathered from several systems, and says when it is not signed', () => {
  const { folder, key, publicKey } = release()
  writeFileSync(join(folder, 'Signal-0.1.0.dmg'), 'from another system')
  const command = join(ROOT, 'scripts', 'package', 'checksums.mjs')
  const unsigned = run(ROOT, process.execPath, command, folder)
  expect(unsigned).toEqual({ status: 0, text: 'SHA256SUMS is not signed: no --release-key\n' })
  expect(existsSync(join(folder, 'SHA256SUMS.sig'))).toBe(false) // that of the earlier list
  expect(run(ROOT, process.execPath, command, folder, '--release-key', key)).toEqual({ status: 0, text: '' })
  expect(verify(folder, publicKey).status).toBe(0)
  expect(check(folder).text).toContain('Signal-0.1.0.dmg: OK')
  expect(run(ROOT, process.execPath, command)).toEqual({ status: 2, text: 'Name one folder\n' })
})
