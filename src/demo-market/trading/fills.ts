import type { Decimal } from 'decimal.js'
import { amount, isPending, leavesQty, type SimOrder } from '../matching/index.ts'
import type { SimAccountState } from './account-state.ts'
import { afterEndOf, afterFillOf } from './family.ts'
import type { LedgerEntry } from './ledger.ts'

/** A fill, and what follows from it for linked orders. */
export function fillEntries(
  accountState: SimAccountState,
  order: SimOrder,
  { price, qty, time, completes }: { price: Decimal; qty: Decimal; time: string; completes: boolean },
): readonly LedgerEntry[] {
  const left = leavesQty(order)?.minus(qty)
  const complete = left === undefined ? completes : left.lte(0)
  const after: SimOrder = {
    ...order,
    filledQty: amount(order.filledQty).plus(qty).toFixed(),
    filledCost: amount(order.filledCost).plus(qty.times(price)).toFixed(),
    status: complete ? 'filled' : isPending(order) ? order.status : 'partially_filled',
    filledAt: time,
  }
  const fill: LedgerEntry = { event: complete ? 'fill' : 'partial_fill', order: after, fill: { price, qty } }
  return [fill, ...afterFillOf(accountState, after, time)]
}

/** The end of an unfilled order, and of the orders that depend on it. */
export function endEntries(
  accountState: SimAccountState,
  order: SimOrder,
  end: 'canceled' | 'expired' | 'rejected',
  time: string,
): readonly LedgerEntry[] {
  const stamp = { canceled: 'canceledAt', expired: 'expiredAt', rejected: 'failedAt' }[end]
  return [
    { event: end, order: { ...order, status: end, [stamp]: time } },
    ...afterEndOf(accountState, order, time),
  ]
}
