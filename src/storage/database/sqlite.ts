import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { DatabaseAddress } from './address.ts'
import { asDatabaseError } from './problem.ts'
import type { DatabaseConnection } from './session.ts'
import type { Tables } from './tables.ts'

/**
 * How long to wait for another program's lock on the file before a write fails, ms. The process blocks, so it
 * is short.
 */
const LOCK_TIMEOUT_MS = 5_000

/**
 * Opens or creates the file. Uses a write-ahead log, so that readers never wait for a load; every commit is
 * flushed to disk, so that a recorded order survives a power cut (about 1 ms per commit, one commit per
 * page).
 */
export function connectSqlite(address: Extract<DatabaseAddress, { dialect: 'sqlite' }>): DatabaseConnection {
  let raw: BetterSqlite3.Database | undefined
  try {
    mkdirSync(dirname(address.file), { recursive: true })
    raw = new BetterSqlite3(address.file, { timeout: LOCK_TIMEOUT_MS })
    raw.pragma('journal_mode = wal')
    raw.pragma('synchronous = full')
    raw.pragma('foreign_keys = on')
    // 64 MB: the inner pages of an index over 8 million bars, so that a load does not reread what it wrote.
    raw.pragma('cache_size = -65536')
    assertWritable(raw)
  } catch (cause) {
    raw?.close()
    throw translated(cause, address)
  }
  const opened = raw
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: opened }) })
  return { dialect: 'sqlite', address, query, raw: opened, close: async () => void opened.close() }
}

/**
 * Writes something and rolls it back: fails if the file or folder is read-only. The write lock alone would
 * not fail, because SQLite lets a file that it could only open for reading start a transaction that reads.
 */
function assertWritable(raw: BetterSqlite3.Database): void {
  raw.exec('begin immediate; pragma user_version = 0; rollback')
}

function translated(cause: unknown, address: DatabaseAddress): unknown {
  // better-sqlite3's own error for a missing folder has no code.
  if (cause instanceof TypeError && /directory does not exist/.test(cause.message)) {
    return asDatabaseError(Object.assign(new Error(cause.message), { code: 'EACCES' }), address)
  }
  return asDatabaseError(cause, address)
}

/**
 * Renames a damaged file and its log, in the same folder; never deletes them. Returns the new path. The stamp
 * makes it unique.
 */
export function setAside(file: string, stamp: string): string {
  const aside = `${file}.damaged-${stamp.replace(/[:.]/g, '-')}`
  renameSync(file, aside)
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  }
  return aside
}
