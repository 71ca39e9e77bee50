import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { OrderSide } from '#shared/trading/order'
import { decimalsOf, quoteDecimals } from '../ui/numerals.ts'

const ONE_CENT = new Decimal('0.01')
const SMALLEST = new Decimal('0.0001')

/** The minimum price increment at this price (SEC rule 612). */
const tickOf = (price: Decimal): Decimal => (price.lt(1) ? SMALLEST : ONE_CENT)

/** The price rounded to the tick below or above. */
export function roundToTick(price: Decimal, towards: 'down' | 'up'): Decimal {
  const rounding = towards === 'down' ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL
  return price.div(tickOf(price)).toDecimalPlaces(0, rounding).times(tickOf(price))
}

/** A price moved by a number of ticks; never below one tick. Below a dollar the ticks are finer. */
export function stepped(price: Decimal, ticks: number): Decimal {
  const direction = Math.sign(ticks)
  let at = roundToTick(price, direction > 0 ? 'down' : 'up')
  for (let left = Math.abs(ticks); left > 0; left -= 1) {
    const tick = direction < 0 && at.eq(1) ? SMALLEST : tickOf(at)
    at = at.plus(tick.times(direction))
  }
  return Decimal.max(at, SMALLEST)
}

/** The price moved by a percentage, then rounded to a tick toward its old value. */
export function movedBy(price: Decimal, percent: number): Decimal {
  const exact = price.times(new Decimal(percent).div(100).plus(1))
  return Decimal.max(SMALLEST, roundToTick(exact, percent > 0 ? 'down' : 'up'))
}

/** A price as text for a field: to the cent, below a dollar to 0.0001, and more if it has more digits. */
export function priceText(price: Decimal | string): string {
  const exact = new Decimal(price).toFixed()
  return new Decimal(price).toFixed(Math.max(quoteDecimals(exact), decimalsOf(exact)))
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
  return priceText(roundToTick(collar, side === 'buy' ? 'down' : 'up'))
}
