import type { Bar } from '#shared/market'
import { MINUTE_MS } from '#shared/time'
import { price, type EpochMs } from '#shared/units'
import { PRICE_DIGITS, scaled, scaledText, unscaled, VWAP_DIGITS } from './scale.ts'

/**
 * A one-minute bar as storage handles it: prices in 1/10,000 and vwap in 1/1,000,000 of a dollar, as exact
 * integers, so that millions of bars need no decimal arithmetic and lose no digit. `at` is the start of the
 * minute.
 */
export interface StoredBar {
  readonly at: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Shares. */
  readonly volume: number
  readonly vwap: number | null
  readonly tradeCount: number | null
}

/** Why a bar was refused. */
export type BarRefusal =
  | 'not a whole minute'
  | 'more digits than can be kept'
  | 'high below low'
  | 'open or close outside of low and high'
  | 'volume is no whole number'
  | 'trade count is no whole number'
  | 'unreadable'
  | 'another symbol'
  | 'outside of the asked range'

/** A bar as a feed sends it, with its prices as numbers. */
interface SentBar {
  readonly at: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly vwap?: number | undefined
  readonly tradeCount?: number | undefined
}

/** The largest value of PostgreSQL's integer type. */
const LARGEST_COUNT = 2 ** 31 - 1

/** Checks a bar and makes it exact, or returns why it is refused. */
export function readBar(bar: SentBar): StoredBar | BarRefusal {
  const { at, volume, tradeCount = null } = bar
  const open = scaled(bar.open, PRICE_DIGITS)
  const high = scaled(bar.high, PRICE_DIGITS)
  const low = scaled(bar.low, PRICE_DIGITS)
  const close = scaled(bar.close, PRICE_DIGITS)
  const vwap = bar.vwap === undefined ? null : scaled(bar.vwap, VWAP_DIGITS)
  if (
    open === undefined ||
    high === undefined ||
    low === undefined ||
    close === undefined ||
    vwap === undefined
  )
    return 'more digits than can be kept'
  return checked({ at, open, high, low, close, volume, vwap, tradeCount })
}

/** Checks a bar whose prices are text. */
export function readBarText(bar: Bar): StoredBar | BarRefusal {
  const { at, volume, tradeCount = null } = bar
  const [open, high, low, close] = [bar.open, bar.high, bar.low, bar.close].map((text) =>
    scaledText(text, PRICE_DIGITS),
  )
  const vwap = bar.vwap === undefined ? null : scaledText(bar.vwap, VWAP_DIGITS)
  if (
    open === undefined ||
    high === undefined ||
    low === undefined ||
    close === undefined ||
    vwap === undefined
  )
    return 'more digits than can be kept'
  return checked({ at, open, high, low, close, volume, vwap, tradeCount })
}

function checked(bar: StoredBar): StoredBar | BarRefusal {
  const { at, open, high, low, close, volume, tradeCount } = bar
  if (at % MINUTE_MS !== 0) return 'not a whole minute'
  if (high < low) return 'high below low'
  if (open < low || open > high || close < low || close > high) return 'open or close outside of low and high'
  if (!Number.isSafeInteger(volume) || volume < 0) return 'volume is no whole number'
  if (
    tradeCount !== null &&
    !(Number.isInteger(tradeCount) && tradeCount >= 0 && tradeCount <= LARGEST_COUNT)
  )
    return 'trade count is no whole number'
  return bar
}

/** The bar with its prices as exact decimal text, the form that crosses between processes. */
export function toBar({ at, open, high, low, close, volume, vwap, tradeCount }: StoredBar): Bar {
  return {
    at,
    open: dollars(open),
    high: dollars(high),
    low: dollars(low),
    close: dollars(close),
    volume,
    ...(vwap !== null && { vwap: price.parse(unscaled(vwap, VWAP_DIGITS)) }),
    ...(tradeCount !== null && { tradeCount }),
  }
}

/** A stored price as text. */
export const dollars = (scaledPrice: number) => price.parse(unscaled(scaledPrice, PRICE_DIGITS))
