import type { EpochMs } from '#shared/units'
import type { Reader } from '../database/index.ts'
import type { StoredBar } from './bar.ts'
import { readRow, toStoredTime } from './rows.ts'

/** Bars of one symbol with from <= bar_time < until. */
export interface BarRange {
  readonly symbol: string
  readonly from: EpochMs
  readonly until: EpochMs
  /** At most so many, the oldest; all where absent. */
  readonly limit?: number
}

const COLUMNS = ['bar_time', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'trade_count'] as const

/** The bars of a range, oldest first. */
export async function readBars(
  reader: Reader,
  { symbol, from, until, limit }: BarRange,
): Promise<StoredBar[]> {
  const rows = await reader.query
    .selectFrom('market_bars')
    .select(COLUMNS)
    .where('symbol', '=', symbol)
    .where('bar_time', '>=', toStoredTime(reader, from))
    .where('bar_time', '<', toStoredTime(reader, until))
    .orderBy('bar_time')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
  return rows.map(readRow)
}

/** The last `count` bars before `until`, oldest first. */
export async function readLastBars(
  reader: Reader,
  { symbol, count, until }: { readonly symbol: string; readonly count: number; readonly until: EpochMs },
): Promise<StoredBar[]> {
  const rows = await reader.query
    .selectFrom('market_bars')
    .select(COLUMNS)
    .where('symbol', '=', symbol)
    .where('bar_time', '<', toStoredTime(reader, until))
    .orderBy('bar_time', 'desc')
    .limit(count)
    .execute()
  return rows.map(readRow).reverse()
}
