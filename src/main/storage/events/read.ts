import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { EpochMs } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { Payload, StoredEvent } from './event.ts'

/** Which events: those that fit everything that is given. */
export interface EventFilter {
  readonly stream?: string | undefined
  /** What the stream's name begins with. Up to a colon, as in `paper:`, an index leads to them. */
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
  /** The log's order, or from its end; `asc` where absent. */
  readonly direction?: 'asc' | 'desc' | undefined
  /** At most so many, the first in that direction. */
  readonly limit: number
}

/** The events that fit, in the log's order or against it; of one stream that is the order of its versions. */
export async function readEvents(reader: Reader, filter: EventFilter): Promise<readonly StoredEvent[]> {
  const rows = await eventsQuery(reader, filter).execute()
  return rows.map((row) => ({
    id: row.id,
    stream: row.stream_id,
    version: row.version,
    type: row.event_type,
    payload: readPayload(row.payload),
    at: Number(row.timestamp),
    hash: row.hash,
  }))
}

/** The statement behind {@link readEvents}; apart, so that a database can be asked how it would answer it. */
export function eventsQuery(reader: Reader, filter: EventFilter) {
  const { stream, streamPrefix, type, from, until, afterId, beforeId, afterVersion, limit } = filter
  const stored = (at: EpochMs) => (reader.dialect === 'sqlite' ? at : new Date(at).toISOString())
  let query = reader.query
    .selectFrom('events')
    .selectAll()
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

/** The expressions must be those of the index, letter for letter (migration 4). */
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

/** jsonb comes parsed, SQLite's text does not. */
function readPayload(stored: unknown): Payload {
  const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- append takes objects only
  return value as Payload
}
