import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * A piece of somebody else's work in the package: its license by SPDX's name, and the text that has to come with it.
 * @typedef {{ readonly name: string, readonly version: string, readonly license: string, readonly text: string }} Work
 */
/**
 * A package whose code is in the built app, as Vite writes it down: `text` only if the package has a license file.
 * @typedef {{ readonly name: string, readonly version: string, readonly identifier?: string, readonly text?: string }} Bundled
 */

/** Where Vite leaves what it bundled, in each part of the built app. Not to be shipped. Source: build.license of Vite. */
const BUNDLED = join('.vite', 'licenses.json')
const PARTS = ['main', 'preload', 'renderer']

/** Packages that are shipped and in no list of modules: a native addon, a font, and what Tailwind puts into the styles. */
const BESIDE_THE_BUNDLES = ['better-sqlite3', '@fontsource-variable/inter', 'tailwindcss']

/** Whose packages under the MIT license have no text in them, only its name. Source: LICENSE in their repositories. */
const COPYRIGHTS = new Map([['react-remove-scroll-bar', 'Copyright (c) 2025 Anton Korzunov']])

/** Source: the head of sqlite3.h. */
const SQLITE_BLESSING = `The author disclaims copyright to this source code.  In place of
a legal notice, here is a blessing:

   May you do good and not evil.
   May you find forgiveness for yourself and forgive others.
   May you share freely, never taking more than you give.`

const INTRODUCTION = `Signal contains the following works of others, each under its own license.

Electron, and Chromium and Node.js in it, come with their licenses in files of their own beside the program
(LICENSE.electron.txt, LICENSES.chromium.html).`

const LINE = '-'.repeat(80)

/**
 * The packages whose code is in the built app in a folder such as `out`, each once. Throws if a part was not built.
 * @param {string} out @returns {readonly Bundled[]}
 */
export function bundledPackages(out) {
  /** @type {readonly Bundled[]} */
  const all = PARTS.flatMap((part) => {
    const file = join(out, part, BUNDLED)
    if (!existsSync(file)) throw new Error(`${file} is missing: build the app first`)
    return JSON.parse(readFileSync(file, 'utf8'))
  })
  return [...new Map(all.map((one) => [`${one.name}@${one.version}`, one])).values()].sort(byName)
}

/**
 * Every work of others that is shipped, Electron aside, in the order of their names. Throws naming those whose license, or its
 * text, is unknown. `node` is the folder of the Node package that a package with a Node of its own has.
 * @param {{ root: string, bundled: readonly Bundled[], node?: string }} options @returns {readonly Work[]}
 */
export function shippedWorks({ root, bundled, node }) {
  const folderOf = (/** @type {string} */ name) => join(root, 'node_modules', name)
  const beside = BESIDE_THE_BUNDLES.map((name) => readPackage(folderOf(name)))
  const ownNode = node === undefined ? [] : [{ ...readPackage(node), name: 'Node.js' }]
  const works = [
    ...[...bundled, ...beside, ...ownNode].map(({ name, version, identifier = '', text = '' }) => ({
      name,
      version,
      license: identifier,
      text: text || licenseInReadme(folderOf(name)) || mitText(root, identifier, COPYRIGHTS.get(name)),
    })),
    { name: 'SQLite', version: sqliteVersion(root), license: 'blessing', text: SQLITE_BLESSING },
  ]
  const unknown = works.filter(({ license, text }) => license === '' || text === '')
  if (unknown.length > 0)
    throw new Error(
      `License or its text unknown: ${unknown.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    )
  return works.sort(byName)
}

/**
 * The file THIRD-PARTY-LICENSES: name, version, license and its full text of each work.
 * @param {Parameters<typeof shippedWorks>[0]} options
 */
export const thirdPartyLicenses = (options) =>
  [
    INTRODUCTION,
    ...shippedWorks(options).map(
      ({ name, version, license, text }) => `${LINE}\n${name} ${version} (${license})\n\n${text}`,
    ),
  ].join('\n\n') + '\n'

/** The version of the SQLite in better-sqlite3. @param {string} root */
export function sqliteVersion(root) {
  const Database = createRequire(join(root, 'package.json'))('better-sqlite3')
  const database = new Database(':memory:')
  try {
    return String(database.prepare('select sqlite_version()').pluck().get())
  } finally {
    database.close()
  }
}

/** @param {string} folder @returns {Bundled} */
function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  return { name, version, identifier: license, ...(file && { text: readText(join(folder, file)) }) }
}

/** The license that a package has in its README instead of a file; empty if there is none. @param {string} folder */
function licenseInReadme(folder) {
  const readme = existsSync(folder) && readdirSync(folder).find((entry) => /^readme/i.test(entry))
  const [, text = ''] = readme ? readText(join(folder, readme)).split(/^#+ *licen[cs]e *$/im) : []
  return /^copyright .*permission is hereby granted/ims.test(text) ? text.trim() : ''
}

/** The MIT license of somebody, by our own copy of its text; empty if it is another. @param {string} root @param {string} license @param {string} [copyright] */
const mitText = (root, license, copyright) =>
  license === 'MIT' && copyright ? readText(join(root, 'LICENSE')).replace(/^Copyright.*$/m, copyright) : ''

/** @param {string} file */
const readText = (file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim()

/** @param {{ name: string, version: string }} one @param {{ name: string, version: string }} other */
const byName = (one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)
/** @param {{ name: string, version: string }} work */
const nameOf = ({ name, version }) => `${name.toLowerCase()} ${version}`
