import { amountKind } from './order-rules.ts'
import { isClosed, type OrderState, type OrderView } from './order.ts'

/** Why an order cannot be changed now. */
export type ReplaceObstacle = 'closed' | 'waits-for-entry' | 'busy' | 'not-confirmed' | 'not-whole'

/** States in which Alpaca accepts no change of an order. */
const BUSY: ReadonlySet<OrderState> = new Set([
  'requested',
  'unconfirmed',
  'accepted',
  'done-for-day',
  'pending-cancel',
  'pending-replace',
])

/**
 * Why an order cannot be changed (Alpaca, "Replace order", as of 2026-06); undefined if it can. An exit waits
 * while its entry is open; an OCO's stop has none.
 */
export function replaceObstacle(order: OrderView, isEntryOpen: boolean): ReplaceObstacle | undefined {
  if (isClosed(order)) return 'closed'
  if (order.state === 'held' && isEntryOpen && order.orderClass !== 'oco') return 'waits-for-entry'
  if (BUSY.has(order.state)) return 'busy'
  if (order.exchangeId === undefined) return 'not-confirmed'
  return order.quantity === undefined || amountKind(order) !== 'whole' ? 'not-whole' : undefined
}
