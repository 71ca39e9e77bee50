import { Decimal } from 'decimal.js'
import { amount, lesser, sharesFor, ZERO } from './exact.ts'
import { leavesNotional, leavesQty, signOf, type SimOrder, type SimOrderSide } from './order.ts'

/** The market an order meets: the best bid and ask with the shares left of them, and the last price. */
export interface Market {
  readonly bid: Decimal
  readonly ask: Decimal
  readonly bidSize: Decimal
  readonly askSize: Decimal
  readonly last: Decimal
}

/**
 * An order's place in the queue at its price; it has none until it has met a quote without being marketable.
 */
export interface QueuePlace {
  /** Shares ahead of it; absent while nobody quotes its price. */
  readonly ahead?: Decimal
}

/** A fill to execute. */
export interface Match {
  readonly price: Decimal
  readonly qty: Decimal
  /** Whether it used up displayed size; a trade at a resting order's price does not. */
  readonly takes: boolean
}

/** Shares that trade when the tape touches a price once. */
const TOUCH = amount(100)

/** The limit of a buy stop, above its stop price. Source: Alpaca API, "Placing orders". */
export function collaredStop(stop: Decimal): Decimal {
  const limit = stop.times(stop.lt(50) ? 1.04 : 1.025)
  return limit.toDecimalPlaces(limit.gte(1) ? 2 : 4, Decimal.ROUND_DOWN)
}

/** The worst price that an order accepts; undefined if it accepts any. */
export function limitOf({ type, side, limitPrice, stopPrice }: SimOrder): Decimal | undefined {
  if (limitPrice !== null) return amount(limitPrice)
  const isCollared = type === 'stop' && side === 'buy' && stopPrice !== null
  return isCollared ? collaredStop(amount(stopPrice)) : undefined
}

/** Whether the order is waiting for its stop price. */
export const waitsForStop = ({ type, triggered }: SimOrder): boolean =>
  !triggered && (type === 'stop' || type === 'stop_limit' || type === 'trailing_stop')

/** Whether the last price is at or beyond the order's stop price. */
export const reachesStop = ({ side, stopPrice }: SimOrder, { last }: Market): boolean =>
  stopPrice !== null && last.minus(stopPrice).times(signOf(side)).gte(0)

/** A trailing stop's new best price and stop price after the last price, if that moved them. */
export function trailed(order: SimOrder, { last }: Market): Pick<SimOrder, 'hwm' | 'stopPrice'> | undefined {
  const better = order.hwm === null || last.minus(order.hwm).times(signOf(order.side)).lt(0)
  return better ? { hwm: last.toFixed(), stopPrice: trailedStop(order, last).toFixed() } : undefined
}

/** The stop price that a trailing order keeps from its best price. */
export function trailedStop(
  { side, trailPrice, trailPercent }: Pick<SimOrder, 'side' | 'trailPrice' | 'trailPercent'>,
  best: Decimal,
): Decimal {
  const distance = trailPrice === null ? best.times(trailPercent ?? 0).div(100) : amount(trailPrice)
  const stop = best.plus(distance.times(signOf(side)))
  return stop.toDecimalPlaces(stop.gte(1) ? 2 : 4, Decimal.ROUND_HALF_UP)
}

/** Shares that the order still wants at that price. */
export const wanted = (order: SimOrder, price: Decimal): Decimal =>
  leavesQty(order) ?? sharesFor(leavesNotional(order), price)

/** What the other side of the market shows. */
export const farSide = (
  side: SimOrderSide,
  market: Market,
): { readonly price: Decimal; readonly size: Decimal } =>
  side === 'buy' ? { price: market.ask, size: market.askSize } : { price: market.bid, size: market.bidSize }

const nearSide = (side: SimOrderSide, market: Market) =>
  side === 'buy' ? { price: market.bid, size: market.bidSize } : { price: market.ask, size: market.askSize }

/**
 * The market's effect on an order in force: the fill, if any, and its place in the queue. It fills against
 * the far side up to the shares shown there: at that price when the order comes to the market, at its own
 * limit when the market comes to the order. Until then it waits behind those who quoted its price earlier,
 * and each time the tape touches its price, it moves forward.
 */
export function meet(
  order: SimOrder,
  market: Market,
  place: QueuePlace | undefined,
): { readonly match?: Match; readonly place?: QueuePlace } {
  const limit = limitOf(order)
  const far = farSide(order.side, market)
  const sign = signOf(order.side)
  if (limit === undefined || far.price.minus(limit).times(sign).lte(0)) {
    const price = place === undefined || limit === undefined ? far.price : limit
    return filled(lesser(wanted(order, price), far.size), price, true, place)
  }
  const near = nearSide(order.side, market)
  const beyond = market.last.minus(limit).times(sign)
  if (beyond.lt(0)) return filled(lesser(wanted(order, limit), TOUCH), limit, false, place)
  const atOrInside = near.price.minus(limit).times(sign)
  const ahead = place?.ahead ?? (atOrInside.eq(0) ? near.size : atOrInside.lt(0) ? ZERO : undefined)
  if (beyond.gt(0) || ahead === undefined) return { place: ahead === undefined ? {} : { ahead } }
  const reached = TOUCH.minus(ahead)
  if (reached.lte(0)) return { place: { ahead: ahead.minus(TOUCH) } }
  return filled(lesser(wanted(order, limit), reached), limit, false, { ahead: ZERO })
}

function filled(qty: Decimal, price: Decimal, takes: boolean, place: QueuePlace | undefined) {
  const next = place === undefined ? {} : { place }
  return qty.gt(0) ? { match: { price, qty, takes }, ...next } : next
}
