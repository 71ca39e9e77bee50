/**
 * `npm run lockfile`: completes package-lock.json after `npm install` behind a registry mirror that lacks
 * packages of other platforms. npm leaves those out, and then `npm ci` rejects the lockfile as incomplete.
 * They are added as their parents name them, for the platform in their name, with the integrity that the
 * registry states for each. Without one, nothing is written: npm would install whatever comes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { output, say } from './lib/run.mjs'

/** @typedef {{ dev?: boolean, optional?: boolean, version?: string, integrity?: string, optionalDependencies?: Record<string, string> }} Entry */

const FILE = fileURLToPath(new URL('../package-lock.json', import.meta.url))

/** Node's names for the platforms in package names. Sources: process.platform, process.arch. */
const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'x64',
  'ia32',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
]

/**
 * The packages of a lockfile, with the missing ones that its optional dependencies name.
 * @param {Record<string, Entry>} packages
 */
export function completed(packages) {
  const added = Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isThere(packages, path, name))
      .map(([name, version]) => [
        `node_modules/${name}`,
        { version, ...platformOf(name), ...(dev && { dev }), optional: true },
      ]),
  )
  const [root, ...rest] = Object.entries({ ...packages, ...Object.fromEntries(added) })
  return Object.fromEntries(
    [root, ...rest.sort(([one], [other]) => (one < other ? -1 : 1))].filter((entry) => !!entry),
  )
}

/**
 * The packages with the integrity that each lacks. Throws if it cannot be found.
 * @param {Record<string, Entry>} packages @param {(name: string, version: string) => string} integrityOf
 */
export const withIntegrity = (packages, integrityOf) =>
  Object.fromEntries(
    Object.entries(packages).map(([path, entry]) => {
      if (path === '' || entry.integrity !== undefined) return [path, entry]
      const { version, ...rest } = entry
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const integrity = integrityOf(name, String(version))
      if (!integrity.startsWith('sha512-')) throw new Error(`${name}@${version} has no integrity`)
      return [path, { version, integrity, ...rest }]
    }),
  )

/** What the registry states for a package; empty if it does not know it. @param {string} name @param {string} version */
const registryIntegrity = (name, version) =>
  output('npm', ['view', `${name}@${version}`, 'dist.integrity']).trim()

/**
 * Whether a package finds another where Node looks for it.
 * @param {object} packages @param {string} from @param {string} name
 */
function isThere(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}

/** What npm must know so that it does not install the package here. @param {string} name */
export function platformOf(name) {
  const words = name.split(/[/-]/)
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.some((word) => word === processor))
  if (words.some((word) => word.startsWith('arm') && !PROCESSORS.includes(word))) cpu.push('arm')
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.includes('gnu')
      ? ['glibc']
      : []
  return {
    ...(cpu.length > 0 && { cpu }),
    ...(os.length > 0 && { os }),
    ...(libc.length > 0 && os.includes('linux') && { libc }),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lockfile = JSON.parse(readFileSync(FILE, 'utf8'))
  const before = Object.keys(lockfile.packages).length
  try {
    lockfile.packages = withIntegrity(completed(lockfile.packages), registryIntegrity)
    writeFileSync(FILE, `${JSON.stringify(lockfile, undefined, 2)}\n`)
    console.log(`${Object.keys(lockfile.packages).length - before} packages of other platforms written in`)
  } catch (cause) {
    say(cause instanceof Error ? cause.message : String(cause))
    process.exitCode = 1
  }
}
