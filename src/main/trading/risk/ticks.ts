import { Decimal } from 'decimal.js'
import type { OrderSide } from '#shared/trading/order'
import { exact } from './amounts.ts'

const CENT = exact('0.01')
const SMALLEST = exact('0.0001')

/** The least step of a price of this size (SEC rule 612): a cent, below a dollar a hundredth of one. */
export const tickOf = (price: Decimal): Decimal => (price.lt(1) ? SMALLEST : CENT)

/** Whether the exchange takes the price. */
export const isOnTick = (price: Decimal): boolean => price.mod(tickOf(price)).isZero()

/** The price on the tick below or above; never less than the least price there is. */
export function roundToTick(price: Decimal, towards: 'down' | 'up'): Decimal {
  const rounding = towards === 'down' ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL
  const tick = tickOf(price)
  return Decimal.max(price.div(tick).toDecimalPlaces(0, rounding).times(tick), SMALLEST)
}

/** Rounded so that the order costs no more than was said: a buy down, a sale up. */
export const roundForSide = (price: Decimal, side: OrderSide): Decimal =>
  roundToTick(price, side === 'buy' ? 'down' : 'up')
