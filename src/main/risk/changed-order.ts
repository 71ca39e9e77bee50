import type { OrderChange, OrderDraft, OrderView } from '#shared/trading/order'
import { toQuantity } from '#shared/units'
import { exact } from './amounts.ts'

/** Fields of an order that can be changed, named as in {@link OrderChange}. */
type Changeable = 'quantity' | 'limitPrice' | 'stopPrice' | 'trail' | 'timeInForce'

/** The order's current value of each field that can be changed; absent if it has none. */
export const valuesOf = (order: OrderView): { readonly [F in Changeable]?: string | undefined } => ({
  quantity: order.quantity,
  limitPrice: order.limitPrice,
  stopPrice: order.type === 'trailing_stop' ? undefined : order.stopPrice,
  trail: order.trailPrice ?? order.trailPercent,
  timeInForce: order.timeInForce,
})

/** The unfilled rest of a changed order, as a separate order without exits. */
export function changedOrder(order: OrderView, change: OrderChange): OrderDraft {
  const quantity = change.quantity ?? order.quantity
  const left = quantity === undefined ? undefined : exact(quantity).minus(order.filledQuantity)
  const limitPrice = change.limitPrice ?? order.limitPrice
  const stopPrice = change.stopPrice ?? order.stopPrice
  const trailPrice = order.trailPrice && (change.trail ?? order.trailPrice)
  const trailPercent = order.trailPercent && (change.trail ?? order.trailPercent)
  return {
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    timeInForce: change.timeInForce ?? order.timeInForce,
    orderClass: 'simple',
    extendedHours: order.extendedHours,
    ...(left?.gt(0) && { quantity: toQuantity(left) }),
    ...(limitPrice !== undefined && { limitPrice }),
    ...(stopPrice !== undefined && order.type !== 'trailing_stop' && { stopPrice }),
    ...(trailPrice !== undefined && { trailPrice }),
    ...(trailPercent !== undefined && { trailPercent }),
  }
}
