import type { BarFeed } from '#shared/history'
import type { ExchangeDay, Price } from '#shared/units'
import { dollars, readDays } from './bars/index.ts'
import type { Reader } from './database/index.ts'

/** The regular session of one day. */
export interface DailyCandle {
  readonly day: ExchangeDay
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  /** Shares. */
  readonly volume: number
  /** Minutes with a bar. */
  readonly minutes: number
  /** The worst feed among its bars. */
  readonly feed: BarFeed
}

/** The sessions with from <= day < until that have a bar, oldest first. */
export async function readDailyCandles(
  reader: Reader,
  range: { readonly symbol: string; readonly from: ExchangeDay; readonly until: ExchangeDay },
): Promise<readonly DailyCandle[]> {
  const days = await readDays(reader, range)
  return days.flatMap(({ day, candle, volume, regularBars, feed }) => {
    if (candle === undefined || feed === undefined) return []
    const { open, high, low, close } = candle
    const prices = { open: dollars(open), high: dollars(high), low: dollars(low), close: dollars(close) }
    return [{ day, ...prices, volume, minutes: regularBars, feed }]
  })
}
