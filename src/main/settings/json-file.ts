import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { versionText } from '#shared/version'
import { replaceFile } from '#process/private-files'

/**
 * Contents of a JSON file: nothing, a value yet to be parsed, or something that is not JSON or cannot be
 * read.
 */
export type JsonFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly reason: string }

export function readJsonFile(file: string): JsonFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    return isMissing(cause) ? { kind: 'absent' } : { kind: 'unreadable', reason: messageOf(cause) }
  }
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch {
    return { kind: 'unreadable', reason: 'it is not JSON' }
  }
}

/**
 * Replaces the file in one step: after a crash at any moment it is either the old or the new one. Readable
 * only by its owner. Throws the file system's error.
 */
export function writeJsonFile(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  replaceFile(file, `${JSON.stringify(value, undefined, 2)}\n`)
}

/** Moves an unusable file out of the way and returns its new name, or undefined if that fails too. */
export function putAside(file: string, now: Date): string | undefined {
  const aside = `${file}.broken-${now.toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    renameSync(file, aside)
    return aside
  } catch {
    return undefined
  }
}

/** What the name of a folder begins with in which an upgrade keeps what the files were like before; the version follows. */
export const COPY_PREFIX = 'before-'

/** The versions whose upgrade has left a copy in a data folder, in no order. */
export const copiesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(COPY_PREFIX))
    .map((name) => name.slice(COPY_PREFIX.length))
    .filter((version) => versionText.safeParse(version).success)

/**
 * Deletes all that {@link putAside} ever made of the file, and all copies that upgrades keep of it: they may hold a
 * secret that was deleted in the file itself. Throws the file system's error.
 */
export function removeAside(file: string): void {
  const folder = dirname(file)
  for (const name of readdirSync(folder))
    if (name.startsWith(`${basename(file)}.broken-`)) rmSync(join(folder, name))
  for (const version of copiesIn(folder))
    rmSync(join(folder, COPY_PREFIX + version, basename(file)), { force: true })
}

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const isMissing = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
