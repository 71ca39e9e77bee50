import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT } from '../lib/build.mjs'

/** What is built of the app; reports of tests lie beside it. */
const BUILT = ['main', 'preload', 'renderer'].map((part) => join('out', part))

/** The only package that is not bundled, and what of it runs. */
const ADDON = 'better-sqlite3'
const ADDON_FILES = ['package.json', 'LICENSE', 'lib']

/** The Node that the CI flavor brings for its storage process, in the app's resources. */
export const OWN_NODE = process.platform === 'win32' ? 'node.exe' : 'node'

/**
 * @typedef {{ readonly noticeUrl: string, readonly publicKey: string }} ReleaseSource where notices of newer versions are, and
 * the key that signs them: base64 of its DER
 */

/**
 * Lays a folder with exactly what runs: the built output without its maps, the native addon for this system, and a
 * package.json that says no more than Electron and Signal need.
 * @param {import('./target.mjs').Target} target @param {string} folder @param {ReleaseSource | undefined} release
 */
export function layStaging({ manifest, platform, arch, productName }, folder, release) {
  const { name, version, description, license, author, main, dependencies } = manifest
  mkdirSync(folder, { recursive: true })
  for (const part of BUILT)
    cpSync(join(ROOT, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.endsWith('.map') && basename(path) !== '.vite',
    })
  const addon = join('node_modules', ADDON)
  for (const file of [...ADDON_FILES, join('prebuilds', `${platform}-${arch}.node`)])
    cpSync(join(ROOT, addon, file), join(folder, addon, file), { recursive: true })
  const staged = {
    name,
    productName,
    version,
    description,
    license,
    author,
    main,
    /** Electron makes the window class and the Wayland id of it. */
    desktopName: `${name}.desktop`,
    dependencies: { [ADDON]: dependencies[ADDON] },
    ...(release && { release }),
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(staged, undefined, 2)}\n`)
}

/** The Node of this checkout, for the CI flavor. */
export function ownNode() {
  const folder = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', OWN_NODE)
  if (!existsSync(folder)) throw new Error(`${folder} is missing: run npm ci`)
  return folder
}

/** Names of files below a folder, relative to it, sorted. @param {string} folder @returns {readonly string[]} */
export const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
