import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { basename, dirname, join, parse } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { formatCount } from '#shared/format/numbers'
import { wholePercent } from '#shared/format/percent'
import { syncFolder } from '#process/private-files'
import { DatabaseError, kindOf } from './problem.ts'

/** Copies of how many upgrades are kept beside the file. */
const KEPT = 2
/** Pages in one step, 8 MB: long enough for the disk's full rate, short enough to report and to answer between them. */
const PAGES_A_STEP = 2_000
/** What the upgrade itself may need beside the copy, bytes. */
const RESERVE = 64 * 1024 * 1024
const MEGABYTE = 1_000_000

interface UpgradeCopy {
  readonly file: string
  /** The schema that the file is about to be upgraded to. */
  readonly schema: number
  /** Called with each whole percent that is copied: 0 at the beginning, 100 once the copy is whole. */
  readonly onProgress: (percent: number) => void
}

/**
 * Copies an SQLite file to `NAME.before-schema-N` beside it, so that an upgrade can be undone. The caller holds the
 * file's write lock, so the copy is exactly what is about to be upgraded. It has its name once it is whole and on
 * disk, and is its user's alone. Throws a DatabaseError that says what to do, and then leaves no half of one.
 */
export async function copyBeforeUpgrade({ file, schema, onProgress }: UpgradeCopy): Promise<void> {
  const draft = `${copyOf(file, schema)}${DRAFT}`
  const source = new BetterSqlite3(file, { readonly: true })
  const missing = () => sizeOf(source) + RESERVE - roomBeside(file)
  let percent = 0
  try {
    removeDrafts(file)
    rmSync(copyOf(file, schema), { force: true }) // of an upgrade that a crash undid: the file is still as it was
    if (missing() > 0) throw new DatabaseError('full', describeFull(file, missing()))
    closeSync(openSync(draft, 'wx', 0o600))
    onProgress(percent)
    await source.backup(draft, {
      progress({ totalPages, remainingPages }) {
        const copied = wholePercent((totalPages - remainingPages) / totalPages)
        if (copied > percent) onProgress((percent = copied))
        return PAGES_A_STEP
      },
    })
    syncFile(draft)
    renameSync(draft, copyOf(file, schema))
    syncFolder(dirname(file))
    for (const { path } of copiesOf(file).slice(KEPT)) rmSync(path)
  } catch (cause) {
    removeDrafts(file)
    throw asCopyError(cause, file, missing)
  } finally {
    source.close()
  }
  onProgress(100)
}

/** What the name of an unfinished copy ends with. SQLite keeps a journal beside it. */
const DRAFT = '.new'

function copyOf(file: string, schema: number): string {
  const { dir, name, ext } = parse(file)
  return join(dir, `${name}.before-schema-${schema}${ext}`)
}

/** The copies beside the file, of the latest schema first, and what a crash left of unfinished ones. */
function copiesOf(
  file: string,
): readonly { readonly path: string; readonly of: number; readonly isDraft: boolean }[] {
  const { dir, name, ext } = parse(file)
  const start = `${name}.before-schema-`
  return readdirSync(dir)
    .filter((entry) => entry.startsWith(start))
    .flatMap((entry) => {
      const [, schema, rest = ''] = /^(\d+)(.*)$/.exec(entry.slice(start.length)) ?? []
      const isDraft = rest === ext + DRAFT || rest === `${ext}${DRAFT}-journal`
      return isDraft || rest === ext ? [{ path: join(dir, entry), of: Number(schema), isDraft }] : []
    })
    .toSorted((one, other) => other.of - one.of)
}

function removeDrafts(file: string): void {
  for (const { path, isDraft } of copiesOf(file)) if (isDraft) rmSync(path)
}

/** Bytes of the database, also of what is not in its file yet. */
const sizeOf = (source: BetterSqlite3.Database): number =>
  Number(source.pragma('page_count', { simple: true })) * Number(source.pragma('page_size', { simple: true }))

/** Bytes that this user may still write to the file's disk. */
function roomBeside(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const describeFull = (file: string, missing: number) =>
  `Not enough disk space to copy ${basename(file)} before this version of Signal upgrades it. ` +
  `Free ${formatCount(Math.ceil(Math.max(missing, 1) / MEGABYTE))} MB on the disk of ${dirname(file)} and restart. Nothing was changed.`

/** Everything that stops the copy stops the upgrade, which must never run without one. */
function asCopyError(cause: unknown, file: string, missing: () => number): unknown {
  if (cause instanceof DatabaseError || !(cause instanceof Error && 'code' in cause)) return cause
  const kind = kindOf(cause) ?? 'other'
  if (kind === 'full') return new DatabaseError(kind, describeFull(file, missing()), { cause })
  const message = `Couldn’t copy ${basename(file)} before this version of Signal upgrades it (${cause.message}). Make sure ${dirname(file)} is writable and restart. Nothing was changed.`
  return new DatabaseError(kind, message, { cause })
}
