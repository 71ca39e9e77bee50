import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ path: string, isFolder: boolean, mode: number, uid: number }} Entry `path` from the folder, with `/` */

/**
 * All files and folders in a folder, the folder first. Throws if there is a link, or anything else that is
 * neither.
 * @param {string} folder @param {string} [path] @returns {Entry[]}
 */
export function entriesOf(folder, path = '') {
  const stat = lstatSync(join(folder, path))
  if (!stat.isFile() && !stat.isDirectory())
    throw new Error(`${join(folder, path)} is neither file nor folder`)
  const entry = { path, isFolder: stat.isDirectory(), mode: stat.mode, uid: stat.uid }
  if (!entry.isFolder) return [entry]
  const names = readdirSync(join(folder, path)).sort()
  return [entry, ...names.flatMap((name) => entriesOf(folder, path === '' ? name : `${path}/${name}`))]
}

/**
 * Makes everything in a folder this user's alone, executable where it was, nothing setuid. Throws if it is
 * another user's and we may not take it over.
 * @param {string} folder
 */
export function takeOver(folder) {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.path)
    if (entry.uid !== uid) chownSync(path, uid, gid)
    chmodSync(path, entry.isFolder || (entry.mode & 0o100) !== 0 ? 0o700 : 0o600)
  }
}

/**
 * What a folder holds, as one hash: the name of every file, whether it can be executed, and its content.
 * @param {string} folder
 */
export function treeHash(folder) {
  const hash = createHash('sha512')
  for (const { path, isFolder, mode } of entriesOf(folder)) {
    if (isFolder) continue
    const content = createHash('sha512')
      .update(readFileSync(join(folder, path)))
      .digest('hex')
    hash.update(`${JSON.stringify(path)} ${(mode & 0o100) !== 0} ${content}\n`)
  }
  return hash.digest('base64')
}
