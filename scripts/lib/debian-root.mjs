/** Debian systems in folders, for tests that need another one than this machine's: installed once, kept in the user's cache. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { output, say } from './run.mjs'
import { installPackages, onPath } from './system.mjs'

const CACHE = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')

/** Where the system of that name is kept, or would be. @param {string} name */
export const debianRootPath = (name) => join(CACHE, 'signal', name)

/** The mirror from which this machine itself installs. */
function mirror() {
  const uris = output('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
    'Origin: Debian',
  ])
  const uri = uris.split('\n').find((line) => /\/debian\/?$/.test(line))
  if (!uri) throw new Error('apt has no Debian mirror; run apt-get update')
  return uri
}

/**
 * Installs a minimal Debian into a folder, unless it is there, and returns it. An interrupted install leaves nothing.
 * @param {string} folder @param {{ suite: string, packages?: readonly string[], what: string }} options
 * `what` it is for and how long it takes, for the user
 */
export function ensureDebianRoot(folder, { suite, packages = [], what }) {
  if (existsSync(folder)) return folder
  if (!onPath('debootstrap')) installPackages(['debootstrap'], `${what} needs debootstrap`)
  say(`Installing ${what} ...`)
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  try {
    const include = packages.length > 0 ? [`--include=${packages.join(',')}`] : []
    output('debootstrap', ['--variant=minbase', ...include, suite, unfinished, mirror()])
    // Others than root run programs in it.
    chmodSync(unfinished, 0o755)
    moveInto(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** Moves a finished folder into place, unless another run was faster. @param {string} from @param {string} to */
function moveInto(from, to) {
  try {
    renameSync(from, to)
  } catch (cause) {
    if (!existsSync(to)) throw cause
  }
}

/**
 * What to spawn to run a command inside a Debian folder: in a mount namespace of its own, which ends with the last of its
 * processes, so that nothing stays mounted. The environment is the caller's.
 * @param {string} folder @param {string} user one of that system @param {readonly string[]} command
 * @returns {[program: string, args: string[]]}
 */
export const insideRoot = (folder, user, command) => [
  'unshare',
  ['--mount', '--propagation', 'private', 'sh', '-c', ENTER, 'sh', folder, `${user}:${user}`, ...command],
]

const ENTER = `set -e
root=$1 user=$2
shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
exec /usr/sbin/chroot --userspec="$user" "$root" "$@"`

/** Removes the folders whose names begin with the id of a process that has ended. @param {string} parent */
export function removeAbandoned(parent) {
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    if (isAlive(Number.parseInt(name, 10))) continue
    endProcessesOf(join(parent, name))
    rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/** Kills every process that runs inside a folder, as its root, or was started with a path in it. @param {string} folder */
export function endProcessesOf(folder) {
  for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
    try {
      const places = [readlinkSync(`/proc/${pid}/root`), readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
      if (places.some((place) => place.includes(`${folder}/`))) process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
