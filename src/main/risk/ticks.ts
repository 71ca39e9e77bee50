import { Decimal } from 'decimal.js'
import type { OrderSide } from '#shared/trading/order'
import { exact } from './amounts.ts'

const SMALLEST = exact('0.0001')

/** Digits behind the point that the exchange takes (SEC rule 612): two, and four below a dollar. */
const placesOf = (price: Decimal): number => (price.lt(1) ? 4 : 2)

/** Whether the exchange takes the price. */
export const isOnTick = (price: Decimal): boolean => price.decimalPlaces() <= placesOf(price)

/** The price on the tick below or above; never less than the least price there is. */
export function roundToTick(price: Decimal, towards: 'down' | 'up'): Decimal {
  const rounding = towards === 'down' ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL
  return Decimal.max(price.toDecimalPlaces(placesOf(price), rounding), SMALLEST)
}

/** Rounded so that the order costs no more than was said: a buy down, a sale up. */
export const roundForSide = (price: Decimal, side: OrderSide): Decimal =>
  roundToTick(price, side === 'buy' ? 'down' : 'up')
