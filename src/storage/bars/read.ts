import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { StoredBar } from './bar.ts'
import { midnight } from './days.ts'
import { withExact } from './exact.ts'
import { readRow, toStoredTime, type BarBatch } from './rows.ts'

/** Bars of one symbol with from <= bar_time < until. */
export interface BarRange {
  readonly symbol: string
  readonly from: EpochMs
  readonly until: EpochMs
  /** At most this many, the oldest; all if absent. */
  readonly limit?: number
}

const COLUMNS = ['bar_time', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'trade_count'] as const

/** The bars of a range, oldest first. */
export async function readBars(
  reader: Reader,
  { symbol, from, until, limit }: BarRange,
): Promise<readonly StoredBar[]> {
  const rows = await reader.query
    .selectFrom('market_bars')
    .select(COLUMNS)
    .where('symbol', '=', symbol)
    .where('bar_time', '>=', toStoredTime(reader, from))
    .where('bar_time', '<', toStoredTime(reader, until))
    .orderBy('bar_time')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
  return withExact(reader, symbol, rows.map(readRow))
}

/** The bars of a range grouped by feed, each group oldest first. */
export async function readBatches(
  reader: Reader,
  { symbol, from, until }: BarRange,
): Promise<readonly BarBatch[]> {
  const rows = await reader.query
    .selectFrom('market_bars')
    .select([...COLUMNS, 'feed'])
    .where('symbol', '=', symbol)
    .where('bar_time', '>=', toStoredTime(reader, from))
    .where('bar_time', '<', toStoredTime(reader, until))
    .orderBy('bar_time')
    .execute()
  const bars = await withExact(reader, symbol, rows.map(readRow))
  const feeds = [...new Set(rows.map(({ feed }) => feed))]
  return feeds.map((feed) => ({ symbol, feed, bars: bars.filter((_, nth) => rows[nth]?.feed === feed) }))
}

/** The last `count` bars before `until`, oldest first. */
export async function readLastBars(reader: Reader, request: LastBars): Promise<readonly StoredBar[]> {
  const { symbol, count, until } = request
  const rows = await reader.query
    .selectFrom('market_bars')
    .select(COLUMNS)
    .where('symbol', '=', symbol)
    .where('bar_time', '>=', toStoredTime(reader, await earliestOf(reader, request)))
    .where('bar_time', '<', toStoredTime(reader, until))
    .orderBy('bar_time', 'desc')
    .limit(count)
    .execute()
  return withExact(reader, symbol, rows.map(readRow).reverse())
}

interface LastBars {
  readonly symbol: string
  readonly count: number
  readonly until: EpochMs
}

/** How many days are searched for enough bars; a thin fund has 55 bars a day, and a window shows 390. */
const DAYS_LOOKED_AT = 40

/**
 * A time with at least that many bars after it. Without it the server would open every chunk of five years to
 * find the last minutes, which takes ten times as long as reading them.
 */
async function earliestOf({ query }: Reader, { symbol, count, until }: LastBars): Promise<EpochMs> {
  const lastDay = exchangeDayOf(until)
  const days = await query
    .selectFrom('bar_days')
    .select(['day', 'bars'])
    .where('symbol', '=', symbol)
    .where('day', '<=', lastDay)
    .orderBy('day', 'desc')
    .limit(DAYS_LOOKED_AT)
    .execute()
  let bars = 0
  for (const { day, bars: stored } of days) {
    // Some bars of the last day may come after `until`.
    if (day !== lastDay) bars += stored
    if (bars >= count) return midnight(day)
  }
  return 0
}
