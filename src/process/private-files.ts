import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, sep } from 'node:path'

/** What group and others may do. */
const OTHERS = 0o077
const STICKY = 0o1000

/** Makes all files that this process creates from now on, also those of libraries, its user's alone. */
export function keepFilesPrivate(): void {
  process.umask(OTHERS)
}

/**
 * Removes the permissions of group and others from a folder of Signal's own and all that is in it; links are not
 * followed. Returns why not if the system refuses or the folder isn't Signal's own: the home folder, one that contains
 * it, another user's, or a shared one such as /tmp. Does nothing on Windows, where a profile's folders are its user's already.
 */
export function makePrivate(folder: string): string | undefined {
  if (process.platform === 'win32') return undefined
  try {
    const { uid, mode } = statSync(folder)
    const real = realpathSync(folder)
    const wayHome = relative(real, realPath(homedir()))
    if (wayHome === '') return 'it is the home folder'
    if (wayHome.split(sep)[0] !== '..') return 'it holds the home folder'
    if (uid !== process.getuid?.()) return 'it belongs to another user'
    if ((mode & STICKY) !== 0) return 'it is a folder for everybody'
    takeOff(real)
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

/** Where a path leads; the path itself if nothing is there. */
const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

function takeOff(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  // Gone meanwhile, or neither a file nor a folder.
  if (stat === undefined || !(stat.isDirectory() || stat.isFile())) return
  if ((stat.mode & OTHERS) !== 0) chmodSync(path, stat.mode & 0o700)
  if (stat.isDirectory()) for (const name of readdirSync(path)) takeOff(join(path, name))
}

/**
 * Replaces a file in one step: after a crash at any moment it is either the old or the new one, and its user's
 * alone. The draft beside it is always a new file: a link that somebody put in its place is not followed, and
 * no file with looser permissions is filled. Throws the file system's error.
 */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.new`
  rmSync(draft, { force: true })
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeFileSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, file)
}

/** Makes new names in a folder survive a power loss; Windows cannot open folders, and does without. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
