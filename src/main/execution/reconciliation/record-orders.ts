import type { EpochMs } from '#shared/units'
import type { Order } from '#alpaca'
import type { StreamEntry, TradingLog } from '../event-log/trading-log.ts'
import { eventsOf, type ReportContext } from './order-events.ts'
import type { AccountState } from '../state/index.ts'
import { filledOf, newestOfEach, submittedAtOf } from './exchange-order.ts'

/**
 * Notes what the exchange says of orders, as far as the books do not know it. False when the database is away: the
 * exchange still knows it then, and the next comparison notes it.
 */
export const recordOrders = (
  tradingLog: TradingLog,
  orders: readonly Order[],
  reported: { readonly now: EpochMs } & Partial<ReportContext>,
): Promise<boolean> => {
  const newest = newestOfEach(orders)
  const ids = new Map(newest.map(({ id, clientOrderId }) => [id, clientOrderId]))
  return tradingLog.record((accountState) =>
    newest.map((order): StreamEntry => {
      const id = order.clientOrderId
      const idOf = (exchangeId: string) => accountState.idOf(exchangeId) ?? ids.get(exchangeId)
      const filledBefore = filledBeforeThe(accountState, order)
      return {
        stream: `order:${id}`,
        events: eventsOf(accountState.orders.get(id), order, { idOf, filledBefore, ...reported }),
      }
    }),
  )
}

/** What of an order that is told for the first time is in the books' first positions already. */
function filledBeforeThe(accountState: AccountState, order: Order): ReportContext['filledBefore'] {
  const recorded = accountState.filledBefore(order.clientOrderId)
  if (recorded !== undefined) return recorded
  return accountState.areYoungerThan(submittedAtOf(order) ?? Number.POSITIVE_INFINITY)
    ? filledOf(order)
    : undefined
}
