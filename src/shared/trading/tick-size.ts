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

const CENT = new Decimal('0.01')

/** One tick at a price, US dollars. */
export const tickSize = (price: Decimal.Value): Decimal => (tickPlaces(price) === 4 ? LEAST_PRICE : CENT)

/** A price moved by ticks, up or down. One off the tick goes to the next tick first; never below one tick. */
export function stepTicks(price: Decimal, ticks: number): Decimal {
  const isUp = ticks > 0
  const start = roundToTick(price, isUp ? 'down' : 'up')
  const [near, far] = isUp ? [tickSize(start), CENT] : [start.gt(1) ? CENT : LEAST_PRICE, LEAST_PRICE]
  const isCrossing = isUp ? start.lt(1) : start.gt(1)
  const untilDollar = isCrossing ? start.minus(1).abs().div(near) : new Decimal(Math.abs(ticks))
  const before = Decimal.min(Math.abs(ticks), untilDollar)
  const way = before.times(near).plus(new Decimal(Math.abs(ticks)).minus(before).times(far))
  return atLeastOneTick(isUp ? start.plus(way) : start.minus(way))
}

const atLeastOneTick = (price: Decimal): Decimal => (price.lt(LEAST_PRICE) ? LEAST_PRICE : price)
