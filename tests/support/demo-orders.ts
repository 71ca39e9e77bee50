import type { OrderUpdate } from '../../src/demo-market/trading/account-state.ts'
import type { SimOrder } from '../../src/demo-market/matching/order.ts'

/** An open market order to buy ten shares, unless the terms differ. */
export const order = (terms: Partial<SimOrder> = {}): SimOrder => ({
  id: 'order',
  clientOrderId: `client-${terms.id ?? 'order'}`,
  symbol: 'AAPL',
  side: 'buy',
  type: 'market',
  timeInForce: 'day',
  orderClass: '',
  positionIntent: 'buy_to_open',
  parentId: null,
  role: null,
  qty: '10',
  notional: null,
  filledQty: '0',
  filledCost: '0',
  limitPrice: null,
  stopPrice: null,
  trailPrice: null,
  trailPercent: null,
  hwm: null,
  extendedHours: false,
  status: 'new',
  triggered: false,
  reservePrice: null,
  expiresAt: null,
  createdAt: '2026-11-24T15:00:00.000000000Z',
  updatedAt: '2026-11-24T15:00:00.000000000Z',
  filledAt: null,
  expiredAt: null,
  canceledAt: null,
  failedAt: null,
  replacedAt: null,
  replaces: null,
  replacedBy: null,
  ...terms,
})

/** A change of an order, with a fill if one is given. */
export const changeOf = (
  after: SimOrder,
  fill?: { readonly qty: string; readonly price: string },
): OrderUpdate =>
  fill === undefined
    ? { event: after.status, order: after }
    : {
        event: 'fill',
        order: after,
        execution: {
          id: `fill of ${after.id} at ${fill.price}`,
          orderId: after.id,
          symbol: after.symbol,
          side: after.side,
          at: Date.parse(after.updatedAt),
          time: after.updatedAt,
          positionQty: '0',
          cumQty: after.filledQty,
          leavesQty: '0',
          complete: after.status === 'filled',
          ...fill,
        },
      }
