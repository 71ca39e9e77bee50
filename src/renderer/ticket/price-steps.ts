import { Decimal } from 'decimal.js'
import { decimalsOf } from '#shared/format/numbers'
import type { MarketRow } from '#shared/market'
import type { OrderSide } from '#shared/trading/order'
import { roundForSide, roundToTick, tickPlaces } from '#shared/trading/tick-size'

/** The price moved by a percentage, then rounded to a tick toward its old value. */
export function movedBy(price: Decimal, percent: number): Decimal {
  const exact = price.times(new Decimal(percent).div(100).plus(1))
  return roundToTick(exact, percent > 0 ? 'down' : 'up')
}

/** A price as text for a field: to the cent, below a dollar to 0.0001, and more if it has more digits. */
export function priceText(price: Decimal | string): string {
  const exact = new Decimal(price).toFixed()
  return new Decimal(price).toFixed(Math.max(tickPlaces(exact), decimalsOf(exact)))
}

/** The near side of the quote, where an order joins those waiting; absent without a quote. */
export const joinPrice = (
  side: OrderSide,
  { bid, ask }: Pick<MarketRow, 'bid' | 'ask'>,
): string | undefined => {
  const near = side === 'buy' ? bid : ask
  return near === undefined ? undefined : priceText(near)
}

/** How far beyond the far side a crossing order may go: five cents or half a percent, whichever is less. */
const COLLAR_CENTS = new Decimal('0.05')
const COLLAR_SHARE = new Decimal('0.005')

/** A limit price that crosses to the far side, within a collar; absent without a quote. */
export function crossPrice(
  side: OrderSide,
  { bid, ask }: Pick<MarketRow, 'bid' | 'ask'>,
): string | undefined {
  const far = side === 'buy' ? ask : bid
  if (far === undefined || new Decimal(far).lte(0)) return undefined
  const way = Decimal.min(COLLAR_CENTS, new Decimal(far).times(COLLAR_SHARE))
  const collar = side === 'buy' ? new Decimal(far).plus(way) : new Decimal(far).minus(way)
  return priceText(roundForSide(collar, side))
}
