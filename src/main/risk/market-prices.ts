import type { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { OrderSide } from '#shared/trading/order'
import { midOf } from '#shared/trading/spread'
import { positive } from './amounts.ts'

/** A quote with two sides that are not crossed, and its mid. */
export interface TwoSided {
  readonly bid: Decimal
  readonly ask: Decimal
  readonly mid: Decimal
}

/** The quote as it stands, however wide; undefined while a side is empty or it is crossed. */
export function quoteOf(row: MarketRow | undefined): TwoSided | undefined {
  const [bid, ask] = [positive(row?.bid), positive(row?.ask)]
  if (!bid || !ask || bid.gt(ask)) return undefined
  return { bid, ask, mid: midOf(bid, ask) }
}

/** The quote price that an order of this side fills at immediately. */
export const farSide = (side: OrderSide, { bid, ask }: TwoSided): Decimal => (side === 'buy' ? ask : bid)

/** The quote price where an order of this side would wait. */
export const nearSide = (side: OrderSide, { bid, ask }: TwoSided): Decimal => (side === 'buy' ? bid : ask)

/** The quote, if it sets the price; undefined for one that is too wide as well. */
export const usableQuote = (row: MarketRow | undefined): TwoSided | undefined =>
  row?.quoteProblem === undefined ? quoteOf(row) : undefined

/** The best known value of a share now: the mid of a usable quote, else the last trade or bar. */
export function marketPrice(row: MarketRow | undefined): Decimal | undefined {
  return usableQuote(row)?.mid ?? positive(row?.price) ?? positive(row?.lastTrade?.price)
}

/** What {@link marketPrice} is, for a sentence. */
export function marketName(row: MarketRow | undefined): string {
  if (usableQuote(row) !== undefined || row?.basis === undefined || row.basis === 'mid') return 'market'
  return row.basis === 'trade' ? 'last trade' : 'last bar’s close'
}

/** Distance of a price from another, in percent of that other; positive above it. */
export const percentFrom = (price: Decimal, from: Decimal): Decimal => price.minus(from).div(from).times(100)
