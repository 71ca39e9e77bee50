import { sql } from 'kysely'
import { err, ok, type Result } from '#shared/result'
import type { EpochMs } from '#shared/units'
import { transact, type Database, type Transaction } from '../database/index.ts'
import { canonicalText, hashOf, type NewEvent, type StoredEvent } from './event.ts'

/** Somebody else has appended to the stream meanwhile: read it again, and decide again. */
export interface AppendConflict {
  readonly kind: 'conflict'
  readonly stream: string
  readonly expectedVersion: number
  readonly actualVersion: number
}

export interface Append {
  readonly stream: string
  /** The stream's version as the caller knows it; 0 for a stream that does not exist yet. */
  readonly expectedVersion: number
  readonly events: readonly NewEvent[]
}

/** Writers of the whole log take turns: ids follow the order of commits, and the chain has one end. */
const APPEND_LOCK = 724_610_002

/**
 * Appends all of the events or none, and answers them as stored; a conflict when the stream's version is not the
 * expected one. Once it has answered, the events are on the disk.
 */
export function appendEvents(
  database: Database,
  append: Append,
  now: () => EpochMs = Date.now,
): Promise<Result<readonly StoredEvent[], AppendConflict>> {
  return transact(database, async (trx) => {
    await lock(trx)
    const actualVersion = await versionOf(trx, append.stream)
    if (actualVersion !== append.expectedVersion) {
      const { stream, expectedVersion } = append
      return err({ kind: 'conflict' as const, stream, expectedVersion, actualVersion })
    }
    const stored = await chained(trx, append, now())
    if (stored.length > 0) await insert(trx, stored)
    return ok(stored)
  })
}

async function lock(trx: Transaction): Promise<void> {
  if (trx.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${APPEND_LOCK})`.execute(trx.query)
}

async function versionOf({ query }: Transaction, stream: string): Promise<number> {
  const { version } = await query
    .selectFrom('events')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('stream_id', '=', stream)
    .executeTakeFirstOrThrow()
  return version ?? 0
}

/** The events with their places and hashes, following the last of the log. */
async function chained(trx: Transaction, append: Append, now: EpochMs): Promise<readonly StoredEvent[]> {
  const head = await trx.query.selectFrom('event_head').selectAll().executeTakeFirstOrThrow()
  let hash = head.hash
  return append.events.map(({ type, payload, at = now }, index) => {
    const event = {
      id: head.last_id + index + 1,
      stream: append.stream,
      version: append.expectedVersion + index + 1,
      type,
      payload,
      at,
    }
    hash = hashOf(hash, event)
    return { ...event, hash }
  })
}

/** Also used when a whole log is copied: the events bring their places and hashes along. */
export async function insert(trx: Transaction, events: readonly StoredEvent[]): Promise<void> {
  const last = events.at(-1)
  if (last === undefined) return
  const rows = events.map(({ id, stream, version, type, payload, at, hash }) => ({
    id,
    stream_id: stream,
    version,
    event_type: type,
    payload: canonicalText(payload),
    timestamp: trx.dialect === 'sqlite' ? at : new Date(at).toISOString(),
    hash,
  }))
  await trx.query.insertInto('events').values(rows).execute()
  await trx.query.updateTable('event_head').set({ last_id: last.id, hash: last.hash }).execute()
}
