import { Decimal } from 'decimal.js'
import type { FillView } from '#shared/trading/order'
import { nanosOf, type Fill } from '#alpaca'
import {
  fillsOf,
  MAX_EXECUTIONS,
  sharesIn,
  type AccountState,
  type EventOf,
  type OrderRecord,
} from '../state/index.ts'
import type { StreamEntry } from '../event-log/trading-log.ts'
import { priceOf, sharesOf } from './exchange-order.ts'

/** How far the times of one execution may differ between two of Alpaca's sources. */
const SAME_TIME_MS = 1_000

type Executions = EventOf<'OrderFillsRestated'>['payload']['executions']

/**
 * The events that put right what the account state has of orders' fills, by the exchange's own list. An order whose list
 * is not complete yet, by the order's total, stays as it is.
 */
export function restatements(accountState: AccountState, fills: readonly Fill[]): readonly StreamEntry[] {
  const byOrder = new Map<string, Fill[]>()
  for (const fill of fills) byOrder.set(fill.orderId, [...(byOrder.get(fill.orderId) ?? []), fill])
  return [...byOrder].flatMap(([exchangeId, theirs]): readonly StreamEntry[] => {
    const order = accountState.orders.get(accountState.idOf(exchangeId) ?? '')
    const executions = order && restated(accountState, order, theirs)
    if (order === undefined || executions === undefined) return []
    const payload = { version: 1 as const, executions: [...executions] }
    return [{ stream: `order:${order.id}`, events: [{ type: 'OrderFillsRestated', payload }] }]
  })
}

/** The order's executions by the exchange's list; nothing if it is incomplete or has nothing new. */
function restated(
  accountState: AccountState,
  order: OrderRecord,
  theirs: readonly Fill[],
): Executions | undefined {
  const holding = accountState.tradedHolding(order.terms.symbol)
  const ours = holding === undefined ? [] : fillsOf(holding, order.id)
  const before = new Decimal(order.filledQuantity).minus(sharesIn(ours))
  const executions = executionsAfter(before, theirs)
  const isComplete = sharesIn(executions).eq(sharesIn(ours))
  if (ours.length === 0 || !isComplete || executions.length > MAX_EXECUTIONS) return undefined
  return isSame(ours, executions) ? undefined : executions
}

/** Executions beyond an order's total of `before`, oldest first. */
function executionsAfter(before: Decimal, fills: readonly Fill[]): Executions {
  let total = new Decimal(0)
  return [...fills]
    .sort((one, other) => one.at - other.at || (one.cumQty ?? total).cmp(other.cumQty ?? total))
    .flatMap(({ id, cumQty, qty, price, at, time }) => {
      total = cumQty ?? total.plus(qty)
      return total.gt(before)
        ? [
            {
              executionId: id,
              quantity: sharesOf(qty),
              price: priceOf(price),
              filledAt: at,
              nanos: nanosOf(time),
            },
          ]
        : []
    })
}

const isSame = (ours: readonly FillView[], theirs: Executions): boolean =>
  ours.length === theirs.length &&
  ours.every(({ quantity, price, at, isSum }, nth) => {
    const their = theirs[nth]
    return (
      their !== undefined &&
      !isSum &&
      new Decimal(quantity).eq(their.quantity) &&
      new Decimal(price).eq(their.price) &&
      Math.abs(at - their.filledAt) <= SAME_TIME_MS
    )
  })
