import type { EpochMs } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { Payload, StoredEvent } from './event.ts'

/** Which events: those after a place in the log, that fit everything that is given. */
export interface EventFilter {
  readonly stream?: string | undefined
  readonly type?: string | undefined
  /** from <= at < until. */
  readonly from?: EpochMs | undefined
  readonly until?: EpochMs | undefined
  /** Only events whose id is greater; 0 when absent. */
  readonly afterId?: number | undefined
  /** Only events whose version is greater. */
  readonly afterVersion?: number | undefined
  /** At most so many. */
  readonly limit: number
}

/** The events that fit, in the log's order; of one stream that is the order of its versions. */
export async function readEvents(reader: Reader, filter: EventFilter): Promise<readonly StoredEvent[]> {
  const { stream, type, from, until, afterId = 0, afterVersion, limit } = filter
  const stored = (at: EpochMs) => (reader.dialect === 'sqlite' ? at : new Date(at).toISOString())
  let query = reader.query
    .selectFrom('events')
    .selectAll()
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
  if (stream !== undefined) query = query.where('stream_id', '=', stream)
  if (afterVersion !== undefined) query = query.where('version', '>', afterVersion)
  if (type !== undefined) query = query.where('event_type', '=', type)
  if (from !== undefined) query = query.where('timestamp', '>=', stored(from))
  if (until !== undefined) query = query.where('timestamp', '<', stored(until))
  const rows = await query.execute()
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

/** jsonb comes parsed, SQLite's text does not. */
function readPayload(stored: unknown): Payload {
  const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- append takes objects only
  return value as Payload
}
