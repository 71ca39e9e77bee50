import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { MAX_PAYLOAD_LENGTH } from '#shared/trading/audit'
import type { EpochMs } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { StoredEvent } from './event.ts'
import { unpackEvent, type PackedEvent } from './packed.ts'

/** Which events: those that match every given field. */
export interface EventFilter {
  readonly stream?: string | undefined
  /** The beginning of the stream's name. Up to a colon, as in `paper:`, an index finds them. */
  readonly streamPrefix?: string | undefined
  readonly type?: string | undefined
  /** from <= at < until. */
  readonly from?: EpochMs | undefined
  readonly until?: EpochMs | undefined
  /** afterId < id < beforeId. */
  readonly afterId?: number | undefined
  readonly beforeId?: number | undefined
  /** Only events whose version is greater. */
  readonly afterVersion?: number | undefined
  /** The log's order or reversed; `asc` if absent. */
  readonly direction?: 'asc' | 'desc' | undefined
  /** At most this many, the first in that direction. */
  readonly limit: number
}

/** The matching events, in the log's order or reversed; within one stream that is the order of versions. */
export const readEvents = async (reader: Reader, filter: EventFilter): Promise<readonly StoredEvent[]> =>
  (await readPackedEvents(reader, filter)).map(unpackEvent)

/** The matching events, ready to cross to another process. */
export async function readPackedEvents(reader: Reader, filter: EventFilter): Promise<readonly PackedEvent[]> {
  const rows = await eventsQuery(reader, filter).execute()
  return rows.map(({ id, stream_id, version, event_type, payload, timestamp, hash }) => [
    id,
    stream_id,
    version,
    event_type,
    payload,
    readTime(timestamp),
    hash,
  ])
}

/**
 * The statement behind {@link readPackedEvents}; separate, so that the database can be asked to explain it.
 */
export function eventsQuery(reader: Reader, filter: EventFilter) {
  const { stream, streamPrefix, type, from, until, afterId, beforeId, afterVersion, limit } = filter
  const stored = (at: EpochMs) => (reader.dialect === 'sqlite' ? at : new Date(at).toISOString())
  let query = reader.query
    .selectFrom('events')
    .select(['id', 'stream_id', 'version', 'event_type', 'timestamp', 'hash'])
    .select(payloadText(reader.dialect).as('payload'))
    .orderBy('id', filter.direction ?? 'asc')
    .limit(limit)
  if (stream !== undefined) query = query.where('stream_id', '=', stream)
  if (streamPrefix !== undefined) query = query.where(beginsWith(reader.dialect, streamPrefix))
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  if (afterVersion !== undefined) query = query.where('version', '>', afterVersion)
  if (type !== undefined) query = query.where('event_type', '=', type)
  if (from !== undefined) query = query.where('timestamp', '>=', stored(from))
  if (until !== undefined) query = query.where('timestamp', '<', stored(until))
  return query
}

/**
 * The payload's text, cut where it is longer than allowed: one character more shows that, without reading all of it. In
 * SQLite it is cut as bytes, because a text would end at a NUL for SQLite, and what somebody put behind it would not be
 * read.
 */
function payloadText(dialect: Reader['dialect']): RawBuilder<string> {
  const most = MAX_PAYLOAD_LENGTH + 1
  return dialect === 'sqlite'
    ? sql<string>`cast(substr(cast(payload as blob), 1, ${sql.lit(BYTES_A_CHARACTER * most)}) as text)`
    : sql<string>`substr(cast(payload as text), 1, ${sql.lit(most)})`
}

/** At most, in UTF-8. */
const BYTES_A_CHARACTER = 4

/** The farthest time of a Date, epoch ms. Source: ECMAScript, "Time Values". */
const FARTHEST = 8.64e15

/**
 * A row's time. What is no time, as SQLite may hold in any column of a table that was changed, becomes 0, which has
 * another hash.
 */
const readTime = (stored: unknown): EpochMs =>
  typeof stored === 'number' && Math.abs(stored) <= FARTHEST ? stored : 0

/** The expressions must match those of the index, letter for letter (migration 4). */
function beginsWith(dialect: Reader['dialect'], prefix: string): RawBuilder<SqlBool> {
  const colon = prefix.indexOf(':')
  const whole = sql<SqlBool>`substr(stream_id, 1, length(cast(${prefix} as text))) = ${prefix}`
  if (colon < 0) return whole
  const scope = prefix.slice(0, colon)
  const inScope =
    dialect === 'sqlite'
      ? sql<SqlBool>`substr(stream_id, 1, instr(stream_id, ':')) = ${`${scope}:`}`
      : sql<SqlBool>`split_part(stream_id, ':', 1) = ${scope}`
  return colon === prefix.length - 1 ? inScope : sql<SqlBool>`(${inScope} and ${whole})`
}
