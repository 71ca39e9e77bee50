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

/** The quote; undefined while a side is empty or it is crossed. */
export function quoteOf(row: MarketRow | undefined): TwoSided | undefined {
  const [bid, ask] = [positive(row?.bid), positive(row?.ask)]
  if (!bid || !ask || bid.gt(ask)) return undefined
  return { bid, ask, mid: midOf(bid, ask) }
}

/** The quote price that an order of this side fills at immediately. */
export const farSide = (side: OrderSide, { bid, ask }: TwoSided): Decimal => (side === 'buy' ? ask : bid)

/** The quote price where an order of this side would wait. */
export const nearSide = (side: OrderSide, { bid, ask }: TwoSided): Decimal => (side === 'buy' ? bid : ask)

/** The best known value of a share now: the mid, else the last bar or trade. */
export function marketPrice(row: MarketRow | undefined): Decimal | undefined {
  return quoteOf(row)?.mid ?? positive(row?.price) ?? positive(row?.lastTrade?.price)
}

/** Distance of a price from another, in percent of that other; positive above it. */
export const percentFrom = (price: Decimal, from: Decimal): Decimal => price.minus(from).div(from).times(100)
