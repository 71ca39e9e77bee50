import { Decimal } from 'decimal.js'
import type { OrderSide } from './order.ts'

/** The lowest price an order can have, US dollars. */
const LEAST_PRICE = new Decimal('0.0001')

/** Digits after the point that an order's price may have (SEC Rule 612): two from $1.00, four below. */
export const tickPlaces = (price: Decimal.Value): 2 | 4 => (new Decimal(price).lt(1) ? 4 : 2)

/** Whether an order may have this price. */
export const isOnTick = (price: Decimal): boolean => price.decimalPlaces() <= tickPlaces(price)

/** The price on the tick below or above; never below the lowest price. */
export function roundToTick(price: Decimal, towards: 'down' | 'up'): Decimal {
  const rounding = towards === 'down' ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL
  return atLeastOneTick(price.toDecimalPlaces(tickPlaces(price), rounding))
}

/** The price on the nearest tick. */
export const nearestTick = (price: Decimal): Decimal =>
  atLeastOneTick(price.toDecimalPlaces(tickPlaces(price)))

/** The price rounded so that the order never costs more: a buy down, a sale up. */
export const roundForSide = (price: Decimal, side: OrderSide): Decimal =>
  roundToTick(price, side === 'buy' ? 'down' : 'up')

/** A price moved by ticks, up or down. One off the tick goes to the next tick first; never below one tick. */
export function stepTicks(price: Decimal, ticks: number): Decimal {
  const direction = Math.sign(ticks)
  let at = roundToTick(price, direction > 0 ? 'down' : 'up')
  for (let left = Math.abs(ticks); left > 0; left -= 1) {
    const places = direction < 0 && at.eq(1) ? 4 : tickPlaces(at)
    at = at.plus(new Decimal(10).pow(-places).times(direction))
  }
  return atLeastOneTick(at)
}

const atLeastOneTick = (price: Decimal): Decimal => (price.lt(LEAST_PRICE) ? LEAST_PRICE : price)
