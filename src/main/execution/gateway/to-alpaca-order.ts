import { defined } from '#shared/defined'
import type { OrderChange, OrderDraft } from '#shared/trading/order'
import type { ReplaceRequest, OrderRequest } from '#alpaca'

/** An order in Alpaca's form, with our id. */
export function toOrderRequest(id: string, draft: OrderDraft): OrderRequest {
  const { quantity, takeProfit, stopLoss, orderClass, ...rest } = draft
  return defined({
    ...rest,
    clientOrderId: id,
    qty: quantity,
    // An OCO order's target is its take profit; the order itself has no price.
    limitPrice: orderClass === 'oco' ? undefined : draft.limitPrice,
    orderClass: orderClass === 'simple' ? undefined : orderClass,
    takeProfit,
    stopLoss: stopLoss && defined(stopLoss),
  })
}

/** A change in Alpaca's form; the replacement gets our id. */
export const toOrderChange = (id: string, { quantity, ...change }: OrderChange): ReplaceRequest =>
  defined({ ...change, qty: quantity, clientOrderId: id })
