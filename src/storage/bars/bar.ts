import { Decimal } from 'decimal.js'
import * as z from 'zod'
import type { Bar } from '#shared/market'
import { MINUTE_MS } from '#shared/time'
import { price, type EpochMs, type Price } from '#shared/units'
import { LARGEST_AMOUNT, PRICE_DIGITS, rounded, scaled, scaledText, unscaled, VWAP_DIGITS } from './scale.ts'

/**
 * A one-minute bar as storage handles it: prices in 1/10,000 and vwap in 1/1,000,000 of a dollar, as
 * integers, so that millions of bars need no decimal arithmetic. They are exact unless `exact` is there. `at`
 * is the start of the minute.
 */
export interface StoredBar {
  readonly at: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Whole shares. */
  readonly volume: number
  readonly vwap: number | null
  readonly tradeCount: number | null
  /** The bar as it came, where it has more digits than the integers: those are then rounded. */
  readonly exact?: ExactValues
}

/** The values of a bar with all their digits. */
export interface ExactValues {
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  /** Shares, with their fraction. */
  readonly volume: number
  readonly vwap: Price | null
}

/** Why a bar was refused. */
export type BarRefusal =
  | 'not a whole minute'
  | 'more digits than can be kept'
  | 'high below low'
  | 'open or close outside of low and high'
  | 'invalid volume'
  | 'invalid trade count'
  | 'unreadable'
  | 'another symbol'
  | 'outside of the asked range'
  | 'the same minute twice'

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

/** Checks a bar and scales it, or returns why it is refused. */
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
    vwap === undefined ||
    !Number.isInteger(volume)
  ) {
    const { vwap: average } = bar
    const text = (amount: number) => new Decimal(amount).toFixed()
    const values = { open: text(bar.open), high: text(bar.high), low: text(bar.low), close: text(bar.close) }
    return readExact({
      at,
      ...values,
      volume,
      tradeCount,
      vwap: average === undefined ? null : text(average),
    })
  }
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
    vwap === undefined ||
    !Number.isInteger(volume)
  )
    return readExact({ ...bar, tradeCount, vwap: bar.vwap ?? null })
  return checked({ at, open, high, low, close, volume, vwap, tradeCount })
}

/** A bar as decimal text, as it came. */
interface BarText {
  readonly at: EpochMs
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: number
  readonly vwap: string | null
  readonly tradeCount: number | null
}

/** Checks a bar that the columns cannot hold, and keeps its digits beside its rounded values. */
function readExact({ at, volume, tradeCount, ...text }: BarText): StoredBar | BarRefusal {
  const values = z
    .object({ open: price, high: price, low: price, close: price, vwap: price.nullable() })
    .safeParse(text)
  if (!values.success) return 'more digits than can be kept'
  const { open, high, low, close, vwap } = values.data
  if ([open, high, low, close, vwap ?? '0'].some((amount) => new Decimal(amount).gte(LARGEST_AMOUNT)))
    return 'more digits than can be kept'
  // Rounding hides a small contradiction.
  if (new Decimal(high).lt(low)) return 'high below low'
  if ([open, close].some((amount) => new Decimal(amount).lt(low) || new Decimal(amount).gt(high)))
    return 'open or close outside of low and high'
  if (!(Number.isFinite(volume) && volume >= 0)) return 'invalid volume'
  const bar = checked({
    at,
    open: rounded(open, PRICE_DIGITS),
    high: rounded(high, PRICE_DIGITS),
    low: rounded(low, PRICE_DIGITS),
    close: rounded(close, PRICE_DIGITS),
    volume: Math.round(volume),
    vwap: vwap === null ? null : rounded(vwap, VWAP_DIGITS),
    tradeCount,
  })
  return typeof bar === 'string' ? bar : { ...bar, exact: { open, high, low, close, volume, vwap } }
}

function checked(bar: StoredBar): StoredBar | BarRefusal {
  const { at, open, high, low, close, volume, tradeCount } = bar
  if (at % MINUTE_MS !== 0) return 'not a whole minute'
  if (high < low) return 'high below low'
  if (open < low || open > high || close < low || close > high) return 'open or close outside of low and high'
  if (!Number.isSafeInteger(volume) || volume < 0) return 'invalid volume'
  if (
    tradeCount !== null &&
    !(Number.isInteger(tradeCount) && tradeCount >= 0 && tradeCount <= LARGEST_COUNT)
  )
    return 'invalid trade count'
  return bar
}

/** The bar with its prices as exact decimal text, the form that crosses between processes. */
export function toBar(bar: StoredBar): Bar {
  const { at, tradeCount } = bar
  const { open, high, low, close, volume, vwap } = exactValues(bar)
  return {
    at,
    open,
    high,
    low,
    close,
    volume,
    ...(vwap !== null && { vwap }),
    ...(tradeCount !== null && { tradeCount }),
  }
}

const exactValues = ({ open, high, low, close, volume, vwap, exact }: StoredBar): ExactValues =>
  exact ?? {
    open: dollars(open),
    high: dollars(high),
    low: dollars(low),
    close: dollars(close),
    volume,
    vwap: vwap === null ? null : price.parse(unscaled(vwap, VWAP_DIGITS)),
  }

/** A stored price as text. */
export const dollars = (scaledPrice: number) => price.parse(unscaled(scaledPrice, PRICE_DIGITS))
