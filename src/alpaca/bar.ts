import { readTime } from './time.ts'
import { isCount, isPrice, optionalCount, optionalPrice, type WireObject } from './wire.ts'

/**
 * A historical bar. Prices are the numbers that Alpaca sent: `new Decimal(close)` gives the exact decimal.
 */
export interface HistoricalBar {
  /** Start of its interval, epoch ms. */
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Shares. */
  readonly volume: number
  /** Volume-weighted average price; undefined if no trade counted toward it. */
  readonly vwap: number | undefined
  readonly tradeCount: number | undefined
}

/**
 * Reads a bar, or returns which field is wrong. Written by hand, because a load reads tens of millions and
 * the schema takes half as long again; the test compares the two on random input.
 */
export function readBarValues({ t, o, h, l, c, v, vw, n }: WireObject): HistoricalBar | string {
  const at = typeof t === 'string' ? readTime(t) : undefined
  if (at === undefined) return 't is not a time'
  if (!isPrice(o)) return 'o is not a price'
  if (!isPrice(h)) return 'h is not a price'
  if (!isPrice(l)) return 'l is not a price'
  if (!isPrice(c)) return 'c is not a price'
  if (!isCount(v)) return 'v is not a number of shares'
  const vwap = optionalPrice(vw)
  if (Number.isNaN(vwap)) return 'vw is not a price'
  const tradeCount = optionalCount(n)
  if (Number.isNaN(tradeCount)) return 'n is not a number of trades'
  return { at, open: o, high: h, low: l, close: c, volume: v, vwap, tradeCount }
}
