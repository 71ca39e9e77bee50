/**
 * The checksums of a release folder and their signature; also as a command, for a folder that was gathered from several
 * systems: `node scripts/package/checksums.mjs FOLDER [--release-key FILE]`. It needs no package but Node.
 */
import { createHash, sign } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { say } from '../lib/run.mjs'
import { entriesOf } from '../lib/tree.mjs'
import { publicPem, readReleaseKey } from './release-key.mjs'

const SUMS = 'SHA256SUMS'
const SIGNATURE = 'SHA256SUMS.sig'
/** Beside the release for convenience only: who checks a release has the key from somewhere else. */
const PUBLIC_KEY = 'signal-release.pub'

/**
 * Writes SHA256SUMS for `sha256sum --check`: every file in the folder and below, in the order of their names. A
 * signature of an earlier list is removed. Throws if there is a link, or a name that cannot be listed in the list.
 * @param {string} folder
 */
export function writeChecksums(folder) {
  for (const name of [SUMS, SIGNATURE, PUBLIC_KEY]) rmSync(join(folder, name), { force: true })
  const paths = entriesOf(folder)
    .filter(({ isFolder }) => !isFolder)
    .map(({ path }) => path)
    .sort()
  const odd = paths.find((path) => /[\\\r\n]/.test(path))
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd)} cannot be listed in ${SUMS}`)
  const lines = paths.map((path) => `${sha256(join(folder, path))}  ${path}\n`)
  writeFileSync(join(folder, SUMS), lines.join(''))
}

/**
 * Signs SHA256SUMS (Ed25519, the 64 bytes as they are) and lays the public key beside it. Throws if the file has no
 * private key.
 * @param {string} folder @param {string} keyFile
 */
export function signChecksums(folder, keyFile) {
  const key = readReleaseKey(keyFile)
  if (!key.privateKey) throw new Error(`${keyFile} has no private key to sign with`)
  writeFileSync(join(folder, SIGNATURE), sign(null, readFileSync(join(folder, SUMS)), key.privateKey))
  writeFileSync(join(folder, PUBLIC_KEY), publicPem(key))
}

/** @param {string} file */
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { values, positionals } = parseArgs({
      options: { 'release-key': { type: 'string' } },
      allowPositionals: true,
    })
    const [folder, ...others] = positionals
    if (folder === undefined || others.length > 0) throw new Error('Name one folder')
    writeChecksums(folder)
    if (values['release-key'] !== undefined) signChecksums(folder, values['release-key'])
    else say(`${SUMS} is not signed: no --release-key`)
  } catch (cause) {
    say(cause instanceof Error ? cause.message : String(cause))
    process.exitCode = 2
  }
}
