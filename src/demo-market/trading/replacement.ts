import type { Decimal } from 'decimal.js'
import { amount, isOpen, leavesQty, type SimOrder, trailedStop } from '../matching/index.ts'
import { reservePriceOf } from './build-order.ts'
import type { TradingHours } from './hours.ts'
import { newId } from './ids.ts'
import { forbidden, unprocessable } from './refusals.ts'
import type { SimOrderChange } from './request.ts'
import { checkTick } from './rules.ts'

const UNSENT = ['accepted', 'pending_new']

/** Throws Alpaca's refusal if an order in that state cannot be replaced. */
export function checkReplaceable(order: SimOrder): void {
  if (!isOpen(order)) throw unprocessable('unable to replace order, order is not open')
  if (UNSENT.includes(order.status))
    throw unprocessable("unable to replace order, order isn't sent to exchange yet")
  if (order.status === 'pending_cancel' || order.status === 'pending_replace')
    throw unprocessable(`unable to replace order, order is in "${order.status}" state`)
  if (order.notional !== null) throw unprocessable('notional orders cannot be replaced')
}

const text = (value: Decimal | undefined, otherwise: string | null): string | null =>
  value?.toFixed() ?? otherwise

/** Checks that the change fits this order: only prices its type has, only whole shares. */
function checkFits(order: SimOrder, change: SimOrderChange): void {
  const { limitPrice, stopPrice, trail, qty } = change
  if (limitPrice && order.limitPrice === null)
    throw unprocessable(`limit_price is not valid for ${order.type} orders`)
  if (stopPrice && (order.stopPrice === null || order.type === 'trailing_stop'))
    throw unprocessable(`stop_price is not valid for ${order.type} orders`)
  if (trail && order.type !== 'trailing_stop')
    throw unprocessable(`trail is not valid for ${order.type} orders`)
  if (qty && order.role !== null) throw unprocessable('qty of take_profit and stop_loss cannot be replaced')
  if (qty && !qty.isInteger()) throw unprocessable('qty must be a whole number of shares')
  if (qty && order.qty !== null && !amount(order.qty).isInteger())
    throw unprocessable('qty of fractional orders cannot be replaced')
  if (change.timeInForce && change.timeInForce !== 'day' && change.timeInForce !== 'gtc')
    throw unprocessable(`invalid time_in_force for replacement: ${change.timeInForce}`)
  checkTick('limit_price', limitPrice)
  checkTick('stop_price', stopPrice)
}

const TERMS = ['qty', 'limitPrice', 'stopPrice', 'trailPrice', 'trailPercent', 'timeInForce'] as const

/**
 * The replacement of an open order. Its quantity is the requested one, otherwise the old order's unfilled
 * quantity; its own fills start at zero.
 */
export function replacementOf(
  order: SimOrder,
  change: SimOrderChange,
  around: { readonly hours: TradingHours; readonly at: number; readonly time: string; readonly ask: Decimal },
): SimOrder {
  checkFits(order, change)
  const left = leavesQty(order)?.toFixed() ?? null
  const terms = {
    qty: text(change.qty, left),
    limitPrice: text(change.limitPrice, order.limitPrice),
    stopPrice: text(change.stopPrice, order.stopPrice),
    trailPrice: text(order.trailPrice === null ? undefined : change.trail, order.trailPrice),
    trailPercent: text(order.trailPercent === null ? undefined : change.trail, order.trailPercent),
    timeInForce: change.timeInForce ?? order.timeInForce,
  }
  if (TERMS.every((term) => terms[term] === (term === 'qty' ? left : order[term])))
    throw forbidden('order parameters are not changed')
  const moved =
    order.hwm === null ? {} : { stopPrice: trailedStop({ ...order, ...terms }, amount(order.hwm)).toFixed() }
  const expires = terms.timeInForce === order.timeInForce ? order.expiresAt : undefined
  const fresh = { ...order, ...terms, ...moved }
  return {
    ...fresh,
    id: newId(),
    clientOrderId: change.clientOrderId ?? newId(),
    status: 'pending_new',
    filledQty: '0',
    filledCost: '0',
    filledAt: null,
    replaces: order.id,
    replacedBy: null,
    reservePrice: order.reservePrice === null ? null : reserveOf(fresh, around.ask),
    expiresAt: expires ?? around.hours.expiry(fresh, around.at) ?? null,
    createdAt: around.time,
  }
}

const reserveOf = (order: SimOrder, ask: Decimal): string =>
  reservePriceOf(
    {
      ...order,
      limitPrice: order.limitPrice === null ? undefined : amount(order.limitPrice),
      stopPrice: order.stopPrice === null ? undefined : amount(order.stopPrice),
    },
    { ask },
  ).toFixed()
