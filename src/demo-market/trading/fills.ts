import type { Decimal } from 'decimal.js'
import type { Books } from './books.ts'
import { amount } from './exact.ts'
import { afterEndOf, afterFillOf } from './family.ts'
import type { Entry } from './ledger.ts'
import { isPending, leavesQty, type DemoOrder } from './order.ts'

/** A fill, with what follows from it for the orders that belong together. */
export function fillEntries(
  books: Books,
  order: DemoOrder,
  { price, qty, time, completes }: { price: Decimal; qty: Decimal; time: string; completes: boolean },
): readonly Entry[] {
  const left = leavesQty(order)?.minus(qty)
  const complete = left === undefined ? completes : left.lte(0)
  const after: DemoOrder = {
    ...order,
    filledQty: amount(order.filledQty).plus(qty).toFixed(),
    filledCost: amount(order.filledCost).plus(qty.times(price)).toFixed(),
    status: complete ? 'filled' : isPending(order) ? order.status : 'partially_filled',
    filledAt: time,
  }
  const fill: Entry = { event: complete ? 'fill' : 'partial_fill', order: after, fill: { price, qty } }
  return [fill, ...afterFillOf(books, after, time)]
}

/** The end of an order that was not filled, with the end of those that depend on it. */
export function endEntries(
  books: Books,
  order: DemoOrder,
  end: 'canceled' | 'expired' | 'rejected',
  time: string,
): readonly Entry[] {
  const stamp = { canceled: 'canceledAt', expired: 'expiredAt', rejected: 'failedAt' }[end]
  return [{ event: end, order: { ...order, status: end, [stamp]: time } }, ...afterEndOf(books, order, time)]
}
