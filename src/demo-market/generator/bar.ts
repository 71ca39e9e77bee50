import type { EpochMs } from '#shared/units'

/** A bar of the demo exchange, with the numbers that go on the wire. */
export interface SimBar {
  /** Start of the minute, or of the longer interval. */
  readonly at: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Shares. */
  readonly volume: number
  readonly trades: number
  /** Six decimals. */
  readonly vwap: number
}

/** Which trades are included: all of them (sip), or the few that IEX matched. */
export type SimFeed = 'sip' | 'iex'

/** The smallest price step: one cent, or a hundredth of a cent below one dollar (SEC rule 612). */
export const tickOf = (price: number): number => (price >= 1 ? 0.01 : 0.0001)

/** The price as the exchange can quote it: whole ticks, at least one. */
export function toTick(price: number): number {
  if (price >= 0.99995) return Math.round(price * 100) / 100
  return Math.max(1, Math.round(price * 10_000)) / 10_000
}

/** The price that many ticks above, or below if negative. */
export const stepTicks = (price: number, ticks: number): number => toTick(price + ticks * tickOf(price))

export const toSixDecimals = (amount: number): number => Math.round(amount * 1e6) / 1e6

/**
 * One bar made of several, by Alpaca's rule: first open, highest high, lowest low, last close, sums, weighted
 * VWAP.
 */
export function rollUp(bars: readonly SimBar[], at: EpochMs): SimBar | undefined {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first === undefined || last === undefined) return undefined
  let [high, low, volume, trades, dollars] = [first.high, first.low, 0, 0, 0]
  for (const bar of bars) {
    if (bar.high > high) high = bar.high
    if (bar.low < low) low = bar.low
    volume += bar.volume
    trades += bar.trades
    dollars += bar.vwap * bar.volume
  }
  const vwap = toSixDecimals(dollars / volume)
  return { at, open: first.open, high, low, close: last.close, volume, trades, vwap }
}

/** The bar adjusted for later splits: Alpaca's `adjustment=split`. */
export function splitAdjusted(bar: SimBar, factor: number): SimBar {
  if (factor === 1) return bar
  const adjusted = (price: number) => Math.round((price / factor) * 10_000) / 10_000
  return {
    at: bar.at,
    open: adjusted(bar.open),
    high: adjusted(bar.high),
    low: adjusted(bar.low),
    close: adjusted(bar.close),
    volume: Math.max(1, Math.round(bar.volume * factor)),
    trades: bar.trades,
    vwap: toSixDecimals(bar.vwap / factor),
  }
}
