import type { BarFeed } from '#shared/history'
import type { ExchangeDay } from '#shared/units'
import type { Reader } from '../database/index.ts'

/** A stored day: its regular session as a candle, prices in 1/10,000 dollars, and counts of bars. */
export interface StoredDay {
  readonly day: ExchangeDay
  /** Undefined if the regular session has no bar. */
  readonly candle:
    { readonly open: number; readonly high: number; readonly low: number; readonly close: number } | undefined
  /** Shares of the regular session. */
  readonly volume: number
  /** Includes pre- and post-market. */
  readonly bars: number
  readonly regularBars: number
  /** The worst feed among the regular session's bars. */
  readonly feed: BarFeed | undefined
}

/** Whether any bar of the symbol is stored. */
export async function hasBars({ query }: Reader, symbol: string): Promise<boolean> {
  const row = await query.selectFrom('bar_days').select('day').where('symbol', '=', symbol).limit(1).execute()
  return row.length > 0
}

/** Days with from <= day < until that have bars, oldest first. */
export async function readDays(
  { query }: Reader,
  {
    symbol,
    from,
    until,
  }: { readonly symbol: string; readonly from: ExchangeDay; readonly until: ExchangeDay },
): Promise<readonly StoredDay[]> {
  const rows = await query
    .selectFrom('bar_days')
    .selectAll()
    .where('symbol', '=', symbol)
    .where('day', '>=', from)
    .where('day', '<', until)
    .orderBy('day')
    .execute()
  return rows.map(({ day, open, high, low, close, volume, bars, regular_bars, feed }) => ({
    day,
    candle:
      open === null || high === null || low === null || close === null
        ? undefined
        : { open, high, low, close },
    volume,
    bars,
    regularBars: regular_bars,
    feed: feed ?? undefined,
  }))
}
