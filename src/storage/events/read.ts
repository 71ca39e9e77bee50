import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type * as z from 'zod'
import { FIRST_OF_ORDER, MAX_PAYLOAD_LENGTH, NAMES_SYMBOLS, type auditFilter } from '#shared/trading/audit'
import type { EpochMs, StockSymbol } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { StoredEvent } from './event.ts'
import { unpackEvent, type PackedEvent } from './packed.ts'

/** Which events: those that match every given field. */
export interface EventFilter extends z.output<typeof auditFilter> {
  /** Whether each event of an order comes with the order's symbol. */
  readonly withSymbols?: boolean | undefined
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
  return rows.map(({ id, stream_id, version, event_type, payload, timestamp, hash, symbol }) => {
    const packed = [id, stream_id, version, event_type, payload, readTime(timestamp), hash] as const
    return symbol === undefined ? packed : [...packed, symbol]
  })
}

/**
 * The statement behind {@link readPackedEvents}; separate, so that the database can be asked to explain it.
 */
export function eventsQuery(reader: Reader, filter: EventFilter) {
  const { stream, streamPrefix, symbol, types, from, until } = filter
  const { withSymbols = false, afterId, beforeId, afterVersion, limit } = filter
  const stored = (at: EpochMs) => (reader.dialect === 'sqlite' ? at : new Date(at).toISOString())
  let query = reader.query
    .selectFrom('events')
    .select(['id', 'stream_id', 'version', 'event_type', 'timestamp', 'hash'])
    .select(payloadText(reader.dialect).as('payload'))
    .$if(withSymbols, (select) => select.select(symbolOfOrder(reader.dialect).as('symbol')))
    .orderBy('id', filter.direction ?? 'asc')
    .limit(limit)
  if (stream !== undefined) query = query.where('stream_id', '=', stream)
  if (streamPrefix !== undefined) query = query.where(beginsWith(reader.dialect, streamPrefix))
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  if (afterVersion !== undefined) query = query.where('version', '>', afterVersion)
  if (symbol !== undefined) query = query.where(concerns(reader.dialect, symbol))
  if (types !== undefined) query = query.where('event_type', 'in', types)
  if (from !== undefined) query = query.where('timestamp', '>=', stored(from))
  if (until !== undefined) query = query.where('timestamp', '<', stored(until))
  return query
}

/** The symbol that the first event of the row's stream names; null for streams of other things than orders. */
const symbolOfOrder = (dialect: Reader['dialect']): RawBuilder<string | null> => sql`(
  select ${
    dialect === 'sqlite'
      ? sql`coalesce(json_extract(first.payload, '$.draft.symbol'), json_extract(first.payload, '$.terms.symbol'))`
      : sql`coalesce(first.payload #>> '{draft,symbol}', first.payload #>> '{terms,symbol}')`
  } from events as first
  where first.stream_id = events.stream_id and first.version = 1 and ${oneOf('first.event_type', FIRST_OF_ORDER)})`

/**
 * Whether an event belongs to an order in this symbol, or names it. The orders are found by the index of types, and their
 * events by that of streams: without an index of symbols, 60 ms in a log of 100,000 events and 0.5 s in one of a million.
 */
const concerns = (dialect: Reader['dialect'], symbol: StockSymbol): RawBuilder<SqlBool> => sql`id in (
  select of_order.id from events as of_order where of_order.stream_id in (
    select stream_id from events where ${oneOf('event_type', FIRST_OF_ORDER)} and ${names(dialect, symbol)})
  union all
  select id from events where ${oneOf('event_type', NAMES_SYMBOLS)} and ${names(dialect, symbol)})`

const oneOf = (column: string, types: readonly string[]): RawBuilder<SqlBool> =>
  sql`${sql.ref(column)} in (${sql.join(types)})`

/**
 * Whether a payload has this symbol in a field `symbol`, or in the `of` of a difference. The text is searched: quotes in
 * values are escaped, so that it cannot stand in one.
 */
function names(dialect: Reader['dialect'], symbol: StockSymbol): RawBuilder<SqlBool> {
  const field = (name: string) => `"${name}":${dialect === 'sqlite' ? '' : ' '}"${symbol}"`
  const has = (text: string) =>
    dialect === 'sqlite' ? sql`instr(payload, ${text}) > 0` : sql`strpos(payload::text, ${text}) > 0`
  return sql`(${has(field('symbol'))} or ${has(field('of'))})`
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
