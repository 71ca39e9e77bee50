import { Decimal } from 'decimal.js'
import type { Amount, Order, OrderRequest } from '#alpaca'

/** An order of the reference exchange, which changes while it rests there. */
export type Resting = { -readonly [Field in keyof Order]: Order[Field] } & { parentId: string | undefined }

const decimal = (amount: Amount | undefined) => (amount === undefined ? undefined : new Decimal(amount))

/** A new order from a request, in the library's terms. */
export const newOrder = (
  request: OrderRequest,
  { id, at, parentId }: { readonly id: string; readonly at: number; readonly parentId: string | undefined },
): Resting => ({
  id,
  parentId,
  clientOrderId: request.clientOrderId,
  symbol: request.symbol,
  assetId: undefined,
  assetClass: 'us_equity',
  status: 'accepted',
  side: request.side,
  type: request.type,
  timeInForce: request.timeInForce,
  orderClass: request.orderClass ?? 'simple',
  positionIntent: undefined,
  qty: decimal(request.qty),
  notional: undefined,
  filledQty: new Decimal(0),
  filledAvgPrice: undefined,
  limitPrice: decimal(request.limitPrice),
  stopPrice: decimal(request.stopPrice),
  trailPrice: undefined,
  trailPercent: undefined,
  hwm: undefined,
  extendedHours: request.extendedHours ?? false,
  replacedBy: undefined,
  replaces: undefined,
  createdAt: at,
  updatedAt: at,
  updatedTime: undefined,
  submittedAt: at,
  filledAt: undefined,
  expiredAt: undefined,
  expiresAt: undefined,
  canceledAt: undefined,
  failedAt: undefined,
  replacedAt: undefined,
  legs: [],
})
