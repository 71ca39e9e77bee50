import { sql } from 'kysely'
import { err, ok, type Result } from '#shared/result'
import { MAX_PAYLOAD_LENGTH } from '#shared/trading/audit'
import {
  DatabaseError,
  reading,
  transact,
  type Database,
  type Reader,
  type Transaction,
} from '../database/index.ts'
import { readEvents } from './read.ts'
import { canonicalText, hashOf, type NewEvent, type Payload, type StoredEvent } from './event.ts'

/** Somebody else has appended to the stream meanwhile: read it again and decide again. */
export interface AppendConflict {
  readonly kind: 'conflict'
  readonly stream: string
  readonly expectedVersion: number
  readonly actualVersion: number
}

export interface Append {
  readonly stream: string
  /** The stream version that the caller knows; 0 for a stream that does not exist yet. */
  readonly expectedVersion: number
  readonly events: readonly NewEvent[]
}

/** Writers of the log take turns: ids follow the order of commits, and the hash chain has one end. */
const APPEND_LOCK = 724_610_002

/** The last append of each database, which the next one waits for. */
const queues = new WeakMap<Database, Promise<unknown>>()

/**
 * Appends all of the events or none, and returns them as stored; a conflict if the stream's version is not
 * the expected one. Once it returns, the events are on disk.
 */
export function appendEvents(
  database: Database,
  append: Append,
): Promise<Result<readonly StoredEvent[], AppendConflict>> {
  // Appends wait here rather than in the database, where each would hold a connection that loads could use.
  const before = queues.get(database) ?? Promise.resolve()
  const appended = before.then(() => appendNow(database, append))
  queues.set(
    database,
    appended.catch(() => undefined),
  )
  return appended
}

async function appendNow(
  database: Database,
  append: Append,
): Promise<Result<readonly StoredEvent[], AppendConflict>> {
  // A stream never gets shorter: if it has already moved on, the lock is not needed to find that out.
  const seen = await reading(database, (reader) => readHead(reader, append.stream))
  if (seen.version > append.expectedVersion) {
    return (await reading(database, (reader) => repeated(reader, append))) ?? conflict(append, seen.version)
  }
  return transact(database, async (trx) => {
    await lock(trx)
    const head = await readHead(trx, append.stream)
    if (head.version !== append.expectedVersion)
      return (await repeated(trx, append)) ?? conflict(append, head.version)
    const stored = chained(head, append)
    await insert(trx, stored)
    return ok(stored)
  })
}

/**
 * The events as stored, if this very append was done before: its answer was lost with a process and it was
 * sent again. They are the same if type, payload and time match.
 */
async function repeated(
  reader: Reader,
  { stream, expectedVersion, events }: Append,
): Promise<Result<readonly StoredEvent[], never> | undefined> {
  const stored = await readEvents(reader, { stream, afterVersion: expectedVersion, limit: events.length })
  const isSame = events.every(({ type, payload, at }, index) => {
    const there = stored[index]
    return there?.type === type && there.at === at && canonicalText(there.payload) === canonicalText(payload)
  })
  return isSame ? ok(stored) : undefined
}

const conflict = ({ stream, expectedVersion }: Append, actualVersion: number) =>
  err<AppendConflict>({ kind: 'conflict', stream, expectedVersion, actualVersion })

async function lock(trx: Transaction): Promise<void> {
  if (trx.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${APPEND_LOCK})`.execute(trx.query)
}

/** The end of the log and of one of its streams. */
interface Head {
  readonly lastId: number
  readonly hash: string
  /** Of the stream; 0 if it does not exist. */
  readonly version: number
}

async function readHead({ query }: Reader, stream: string): Promise<Head> {
  const row = await query
    .selectFrom('event_head')
    .select([
      'last_id',
      'hash',
      (head) =>
        head
          .selectFrom('events')
          .select(({ fn }) => fn.max('version').as('version'))
          .where('stream_id', '=', stream)
          .as('version'),
    ])
    .executeTakeFirstOrThrow()
  return { lastId: row.last_id, hash: row.hash, version: row.version ?? 0 }
}

/** The events with their positions and hashes, continuing the log. */
function chained(head: Head, { stream, events }: Append): readonly StoredEvent[] {
  let { hash } = head
  return events.map(({ type, payload, at }, index) => {
    const place = { id: head.lastId + index + 1, stream, version: head.version + index + 1 }
    const event = { ...place, type, payload, at }
    hash = hashOf(hash, event)
    return { ...event, hash }
  })
}

/** Inserts events that already have positions and hashes; also used to copy a whole log. */
export async function insert(trx: Transaction, events: readonly StoredEvent[]): Promise<void> {
  const last = events.at(-1)
  if (last === undefined) return
  const rows = events.map(({ id, stream, version, type, payload, at, hash }) => ({
    id,
    stream_id: stream,
    version,
    event_type: type,
    payload: boundedText(payload),
    timestamp: trx.dialect === 'sqlite' ? at : new Date(at).toISOString(),
    hash,
  }))
  const { numInsertedOrUpdatedRows } = await trx.query.insertInto('events').values(rows).executeTakeFirst()
  // Somebody's trigger, or a rule, may skip rows without an error.
  if (numInsertedOrUpdatedRows !== BigInt(rows.length))
    throw new DatabaseError(
      'other',
      'The database did not keep an event: a trigger or a rule on its table drops it.',
    )
  await trx.query.updateTable('event_head').set({ last_id: last.id, hash: last.hash }).execute()
}

/** PostgreSQL's text of a payload has a space after each sign: the longest one must still be read afterward. */
const MOST_WRITTEN = MAX_PAYLOAD_LENGTH / 2

function boundedText(payload: Payload): string {
  const text = canonicalText(payload)
  if (text.length > MOST_WRITTEN) throw new RangeError(`An event is longer than ${MOST_WRITTEN} characters`)
  return text
}
