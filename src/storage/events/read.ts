import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { EpochMs } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { StoredEvent } from './event.ts'
import { unpackEvent, type PackedEvent } from './packed.ts'

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
export const readEvents = async (reader: Reader, filter: EventFilter): Promise<readonly StoredEvent[]> =>
  (await readPackedEvents(reader, filter)).map(unpackEvent)

/** The same, ready to cross to another process. */
export async function readPackedEvents(reader: Reader, filter: EventFilter): Promise<readonly PackedEvent[]> {
  const rows = await eventsQuery(reader, filter).execute()
  return rows.map(({ id, stream_id, version, event_type, payload, timestamp, hash }) => [
    id,
    stream_id,
    version,
    event_type,
    payload,
    Number(timestamp),
    hash,
  ])
}

/** The statement behind {@link readPackedEvents}; apart, so that a database can be asked how it would answer it. */
export function eventsQuery(reader: Reader, filter: EventFilter) {
  const { stream, streamPrefix, type, from, until, afterId, beforeId, afterVersion, limit } = filter
  const stored = (at: EpochMs) => (reader.dialect === 'sqlite' ? at : new Date(at).toISOString())
  let query = reader.query
    .selectFrom('events')
    .select(['id', 'stream_id', 'version', 'event_type', 'timestamp', 'hash'])
    .select(sql<string>`cast(payload as text)`.as('payload'))
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
