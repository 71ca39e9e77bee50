import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { insideRoot } from '../../../scripts/lib/debian-root.mjs'
import { output } from '../../../scripts/lib/run.mjs'
import { isRootOnDebian } from '../../../scripts/lib/system.mjs'

/** The reason why no Debian can be laid into a folder here; undefined if it can. */
export function whyNoDebian(): string | undefined {
  if (!isRootOnDebian || process.arch !== 'x64') return 'a Debian is laid only as root on Debian, on x64'
  const mounts = spawnSync('unshare', ['--mount', 'true'])
  return mounts.status === 0 ? undefined : 'this root may not mount, as in a container without privileges'
}

/** A Debian system in a folder, in which Signal is installed or is to be. */
export interface Debian {
  readonly folder: string
}

/** Its ordinary users; each test that leaves something behind has one of its own, or a home folder of its own. */
export const USERS = ['ann', 'ben', 'eve'] as const
export type User = (typeof USERS)[number]

/** Where the package puts the app. */
export const APP_FOLDER = '/usr/lib/signal-trading'

/** Where Signal keeps its data, from the home folder. */
export const DATA_FOLDER = join('.config', 'signal-trading')

const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What other tests write to meanwhile, and where mounts go. */
const NOT_COPIED = ['home', 'tmp', 'proc', 'dev']

/**
 * Copies one with Signal installed, for tests that install or remove something; its users have empty home folders. It ends
 * with the run of all tests.
 */
export function copyOf({ folder }: Debian, name: string): Debian {
  const copy = { folder: `${folder}-${name}` }
  mkdirSync(copy.folder, { mode: 0o755 })
  for (const each of readdirSync(folder).filter((each) => !NOT_COPIED.includes(each)))
    output('cp', ['-a', '--reflink=auto', join(folder, each), copy.folder])
  for (const each of NOT_COPIED) mkdirSync(join(copy.folder, each))
  chmodSync(join(copy.folder, 'tmp'), 0o1777)
  for (const user of USERS) asRoot(copy, 'install', '-d', '-o', user, '-g', user, `/home/${user}`)
  return copy
}

/** Runs a command in it as root, and returns its output; throws with it if it fails. */
export function asRoot({ folder }: Debian, ...command: readonly string[]): string {
  const env = { PATH: ROOT_PATH, HOME: '/root', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  const [program, args] = insideRoot(folder, 'root', command)
  return execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs a command in it as an ordinary user, to its end. */
export function asUser(
  { folder }: Debian,
  user: User,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly code: number | null; readonly output: string } {
  const [program, args] = insideRoot(folder, user, command)
  const { status, stdout, stderr } = spawnSync(program, args, {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: `/home/${user}`, LC_ALL: 'C.UTF-8', ...env },
    encoding: 'utf8',
  })
  return { code: status, output: stdout + stderr }
}

/** Installs a package file as the README says, with nothing but what it depends on. */
export function install(debian: Debian, packageFile: string): string {
  const file = join('/tmp', basename(packageFile))
  cpSync(packageFile, join(debian.folder, file))
  try {
    return asRoot(debian, 'apt-get', 'install', '-y', '--no-install-recommends', '--allow-downgrades', file)
  } finally {
    rmSync(join(debian.folder, file))
  }
}

/** Creates a user of that name with a home folder and nothing else. */
export const addUser = (debian: Debian, name: string): void =>
  void asRoot(debian, 'useradd', '--create-home', name)

/** Creates a folder that belongs to a user, and returns its path inside. */
export function folderOf({ folder }: Debian, user: User, path: string): string {
  const home = statSync(join(folder, 'home', user))
  mkdirSync(join(folder, path), { recursive: true })
  chownSync(join(folder, path), home.uid, home.gid)
  return path
}

/** The entry of Signal in the desktop's menu, by its keys. */
export function desktopEntry({ folder }: Debian): Readonly<Record<string, string>> {
  const text = readFileSync(join(folder, 'usr/share/applications/signal-trading.desktop'), 'utf8')
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
  )
}

/** What the desktop starts: the entry's command without its places for files. Source: Desktop Entry Specification. */
export const commandOfEntry = (debian: Debian): readonly string[] =>
  (desktopEntry(debian)['Exec'] ?? '').split(' ').filter((word) => !/^%[a-zA-Z]$/.test(word))
