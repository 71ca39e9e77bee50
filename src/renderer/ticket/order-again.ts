import { Decimal } from 'decimal.js'
import { describeTerms } from '#shared/trading/describe-order'
import type { OrderDraft, OrderView } from '#shared/trading/order'
import { toPrice, toQuantity } from '#shared/units'

/** The rest of a closed order, or all of a filled one, as a new one. */
export interface OrderAgain {
  readonly draft: OrderDraft
  /** What the new one lacks of the old one, in words. */
  readonly missing?: string
}

type Legs = Pick<OrderDraft, 'takeProfit' | 'stopLoss'>

/**
 * The unfilled rest of a closed order, or all of a filled one, with all its terms and exits. Alpaca cancels both exits of a position when one
 * of them is canceled, so that either brings back both.
 */
export function orderAgain(order: OrderView, orders: readonly OrderView[]): OrderAgain {
  const legs = legsOf(order, orders)
  const { symbol, side, timeInForce, extendedHours, type, orderClass } = order
  const { limitPrice, stopPrice, trailPrice, trailPercent } = order
  const terms = { symbol, side, timeInForce, extendedHours, ...restOf(order) }
  const isExit = order.parentId !== undefined || orderClass === 'oco'
  const count = Object.keys(legs).length
  if (isExit && count === 2) return { draft: { ...terms, type: 'limit', orderClass: 'oco', ...legs } }
  const own = { ...terms, type, limitPrice, stopPrice, trailPrice, trailPercent }
  if (!isExit && orderClass !== 'simple' && count === (orderClass === 'oto' ? 1 : 2)) {
    return { draft: { ...own, orderClass, ...legs } }
  }
  const isWhole = isExit ? orderClass !== 'oco' : orderClass === 'simple'
  return {
    draft: { ...own, orderClass: 'simple' },
    ...(!isWhole && { missing: `${describeTerms(order)}: its exits are unknown. Add them before sending.` }),
  }
}

/** The exits of an entry, or both exits of a position if this is one of them and the other was canceled too. */
function legsOf(order: OrderView, orders: readonly OrderView[]): Legs {
  const { id, parentId, orderClass } = order
  const isOcoTarget = orderClass === 'oco' && parentId === undefined
  const ofSame = orders.filter((one) => one.parentId === (parentId ?? id) && one.replacedBy === undefined)
  const parent = orderClass === 'oco' ? orders.find((one) => one.id === parentId) : undefined
  const exits = [...ofSame, ...(isOcoTarget ? [order] : []), ...(parent ? [parent] : [])].filter(
    ({ state }) => parentId === undefined || state === 'canceled',
  )
  const stop = exits.find(({ leg }) => leg === 'stop-loss')
  const target = exits.find((one) => one !== stop && one.limitPrice !== undefined)
  return {
    ...(target?.limitPrice !== undefined && { takeProfit: { limitPrice: target.limitPrice } }),
    ...(stop?.stopPrice !== undefined && {
      stopLoss: { stopPrice: stop.stopPrice, limitPrice: stop.limitPrice },
    }),
  }
}

/** What was not filled, or all of it if everything was: shares, or dollars of an order in dollars. */
function restOf({ state, quantity, notional, filledQuantity, averageFillPrice }: OrderView) {
  if (state === 'filled') return { quantity, notional }
  if (quantity !== undefined) return { quantity: toQuantity(new Decimal(quantity).minus(filledQuantity)) }
  const spent = new Decimal(filledQuantity).times(averageFillPrice ?? 0)
  return { notional: toPrice(Decimal.max(0, new Decimal(notional ?? 0).minus(spent)).toDecimalPlaces(2)) }
}
