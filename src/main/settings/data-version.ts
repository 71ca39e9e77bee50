import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { isNewer, versionText } from '#shared/version'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { replaceFile } from '#process/private-files'
import { whyUnwritable } from './data-folder.ts'
import { copiesIn, COPY_PREFIX, messageOf, putAside, readJsonFile, writeJsonFile } from './json-file.ts'

const versionFile = z.object({ version: versionText })

/** No file of ours grows to that size, bytes; what does in a folder that the user chose is somebody else's. */
const MOST_BYTES = 1_000_000
/** Copies of how many versions are kept. */
const KEPT_COPIES = 2

const fileIn = (dataDir: string): string => join(dataDir, 'version.json')

/** The version that last used a data folder; nothing if no version noted itself there, or why it can't be read. */
function readVersion(dataDir: string): { readonly version?: string; readonly problem?: string } {
  const stored = readJsonFile(fileIn(dataDir))
  if (stored.kind === 'absent') return {}
  if (stored.kind === 'unreadable') return { problem: stored.reason }
  const parsed = versionFile.safeParse(stored.value)
  if (parsed.success) return parsed.data
  return {
    problem: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '),
  }
}

/** The version of Signal that last used a data folder; undefined if that isn't known. */
export const lastVersion = (dataDir: string): string | undefined => readVersion(dataDir).version

/**
 * Why this version must not use the data of a folder, and what to do; undefined if it may. To be asked before anything
 * of the folder is read or written: an older version could misread a newer one's files, and write over what it misread.
 */
export function whyDataTooNew(dataDir: string, version: string): string | undefined {
  const last = lastVersion(dataDir)
  if (last === undefined || !isNewer(last, version)) return undefined
  return (
    `The data in ${dataDir} were last used by Signal ${last}, and this is Signal ${version}, which could misread them. ` +
    `Install Signal ${last} or newer, or set SIGNAL_DATA_DIR to another folder.`
  )
}

interface TakeOverDeps {
  readonly dataDir: string
  /** This one. */
  readonly version: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * Notes in a data folder that this version uses it. If an older one did, its small files are copied first, so that one
 * can go back. Returns what to warn the trader of.
 */
export function takeOverData({ dataDir, version, clock, log }: TakeOverDeps): readonly string[] {
  const { version: last, problem } = readVersion(dataDir)
  if (last === version || whyUnwritable(dataDir) !== undefined) return []
  const warnings: string[] = []
  if (problem !== undefined) {
    const aside = putAside(fileIn(dataDir), new Date(clock.now()))
    const backup = aside === undefined ? '' : ` Backed up as ${aside}.`
    warnings.push(`The version that last used the data couldn't be read (${problem}).${backup}`)
  }
  try {
    copySmallFiles(dataDir, version)
  } catch (cause) {
    const copy = join(dataDir, COPY_PREFIX + version)
    warnings.push(
      `The settings of ${last === undefined ? 'an earlier Signal' : `Signal ${last}`} couldn't be copied to ${copy} (${messageOf(cause)}).`,
    )
  }
  try {
    writeJsonFile(fileIn(dataDir), { version })
  } catch (cause) {
    log.error({ reason: messageOf(cause) }, 'The version cannot be noted in the data folder')
  }
  return warnings
}

/** Copies the folder's JSON files to one of its own, in one step. */
function copySmallFiles(dataDir: string, version: string): void {
  const names = readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => name)
    .filter((name) => statSync(join(dataDir, name)).size < MOST_BYTES)
  if (names.length === 0) return
  const copy = join(dataDir, COPY_PREFIX + version)
  const draft = `${copy}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  try {
    for (const name of names) replaceFile(join(draft, name), readFileSync(join(dataDir, name)))
    rmSync(copy, { recursive: true, force: true }) // of an earlier upgrade to this version
    renameSync(draft, copy)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  const versions = copiesIn(dataDir).toSorted((one, other) => (isNewer(one, other) ? -1 : 1))
  for (const old of versions.slice(KEPT_COPIES)) rmSync(join(dataDir, COPY_PREFIX + old), { recursive: true })
}
