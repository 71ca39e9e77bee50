import type { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { OrderSide } from '#shared/trading/order'
import { exact, positive } from './amounts.ts'

/** Both sides of the quote; nothing while one is empty or they are crossed. */
export interface TwoSided {
  readonly bid: Decimal
  readonly ask: Decimal
  readonly mid: Decimal
}

/** The quote, where both of its sides mean anything. */
export function quoteOf(row: MarketRow | undefined): TwoSided | undefined {
  const [bid, ask] = [positive(row?.bid), positive(row?.ask)]
  if (!bid || !ask || bid.gt(ask)) return undefined
  return { bid, ask, mid: bid.plus(ask).div(2) }
}

/** The side of the quote that an order of this side takes. */
export const farSide = (side: OrderSide, { bid, ask }: TwoSided): Decimal => (side === 'buy' ? ask : bid)

/** Where an order of this side would wait in line. */
export const nearSide = (side: OrderSide, { bid, ask }: TwoSided): Decimal => (side === 'buy' ? bid : ask)

/** What a share is worth now, as well as it is known: the mid, else the last bar or trade. */
export function marketPrice(row: MarketRow | undefined): Decimal | undefined {
  return quoteOf(row)?.mid ?? positive(row?.price) ?? positive(row?.lastTrade?.price)
}

/** How far a price lies from another, in percent of that: above it is positive. */
export const percentFrom = (price: Decimal, from: Decimal): Decimal => price.minus(from).div(from).times(100)

/** In hundredths of a percent of the mid. */
export const spreadBps = ({ bid, ask, mid }: TwoSided): Decimal =>
  exact(ask).minus(bid).div(mid).times(10_000)
