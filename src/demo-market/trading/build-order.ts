import type { Decimal } from 'decimal.js'
import { collaredStop, type Market, opposite, type SimOrder, trailedStop } from '../matching/index.ts'
import { newId } from './ids.ts'
import type { SimOrderDraft } from './request.ts'

/** What Alpaca reserves for a short sale, as a multiple of the ask. Source: Alpaca API, "Placing orders". */
const SHORT_CUSHION = 1.03

const textOf = (value: Decimal | undefined): string | null => value?.toFixed() ?? null

/** Dollars per share that an order that opens a position puts on hold. */
export function reservePriceOf(
  { side, type, limitPrice, stopPrice }: Pick<SimOrderDraft, 'side' | 'type' | 'limitPrice' | 'stopPrice'>,
  { ask }: Pick<Market, 'ask'>,
): Decimal {
  if (side === 'sell') {
    const cushioned = ask.times(SHORT_CUSHION)
    return limitPrice?.gt(cushioned) ? limitPrice : cushioned
  }
  if (limitPrice !== undefined) return limitPrice
  return type === 'market' || stopPrice === undefined ? ask : collaredStop(stopPrice)
}

/** What the exchange knows about an order besides the request. */
export interface Circumstances {
  readonly positionIntent: SimOrder['positionIntent']
  readonly reservePrice: Decimal | undefined
  readonly expiresAt: number | undefined
  readonly last: Decimal
  readonly time: string
}

const BLANK = {
  parentId: null,
  role: null,
  filledQty: '0',
  filledCost: '0',
  hwm: null,
  triggered: false,
  filledAt: null,
  expiredAt: null,
  canceledAt: null,
  failedAt: null,
  replacedAt: null,
  replaces: null,
  replacedBy: null,
} as const

/** The requested order, followed by its legs. */
export function buildOrders(draft: SimOrderDraft, around: Circumstances): readonly SimOrder[] {
  const { takeProfit, stopLoss, orderClass } = draft
  const isOco = orderClass === 'oco'
  const order: SimOrder = {
    ...BLANK,
    id: newId(),
    clientOrderId: draft.clientOrderId ?? newId(),
    symbol: draft.symbol,
    side: draft.side,
    type: draft.type,
    timeInForce: draft.timeInForce,
    orderClass,
    positionIntent: around.positionIntent,
    role: isOco ? 'take_profit' : null,
    qty: textOf(draft.qty),
    notional: textOf(draft.notional),
    limitPrice: textOf(isOco ? takeProfit?.limitPrice : draft.limitPrice),
    stopPrice: textOf(draft.stopPrice),
    trailPrice: textOf(draft.trailPrice),
    trailPercent: textOf(draft.trailPercent),
    extendedHours: draft.extendedHours,
    status: 'pending_new',
    reservePrice: textOf(around.reservePrice),
    expiresAt: around.expiresAt ?? null,
    createdAt: around.time,
    updatedAt: around.time,
  }
  const trailing = draft.type === 'trailing_stop' && {
    hwm: around.last.toFixed(),
    stopPrice: trailedStop(order, around.last).toFixed(),
  }
  const legs: SimOrder[] = []
  if (takeProfit && !isOco)
    legs.push(leg(order, 'take_profit', { type: 'limit', limitPrice: textOf(takeProfit.limitPrice) }))
  if (stopLoss) {
    const [stopPrice, limitPrice] = [textOf(stopLoss.stopPrice), textOf(stopLoss.limitPrice)]
    const type = limitPrice === null ? 'stop' : 'stop_limit'
    legs.push(leg(order, 'stop_loss', { type, stopPrice, limitPrice }))
  }
  return [{ ...order, ...trailing }, ...legs]
}

function leg(
  parent: SimOrder,
  role: 'take_profit' | 'stop_loss',
  terms: Partial<SimOrder> & Pick<SimOrder, 'type'>,
): SimOrder {
  const side = parent.orderClass === 'oco' ? parent.side : opposite(parent.side)
  return {
    ...parent,
    limitPrice: null,
    stopPrice: null,
    ...terms,
    id: newId(),
    clientOrderId: newId(),
    parentId: parent.id,
    role,
    side,
    positionIntent: side === 'sell' ? 'sell_to_close' : 'buy_to_close',
    status: 'held',
    reservePrice: null,
  }
}
