import type { EpochMs } from '#shared/units'
import type { Order } from '#alpaca'
import type { StreamEntry, TradingLog } from '../event-log/trading-log.ts'
import { eventsOf, type ReportContext } from './order-events.ts'
import type { AccountState } from '../state/index.ts'
import { filledOf, newestOfEach, submittedAtOf } from './exchange-order.ts'

/**
 * Records what the exchange reports about orders and the account state lacks. False if the database is away: the
 * exchange still has it, and the next comparison records it.
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
      const filledBefore = filledAtBeginning(accountState, order)
      return {
        stream: `order:${id}`,
        events: eventsOf(accountState.orders.get(id), order, { idOf, filledBefore, ...reported }),
      }
    }),
  )
}

/** What a newly reported order had filled when the account state began; its opening positions include that. */
function filledAtBeginning(accountState: AccountState, order: Order): ReportContext['filledBefore'] {
  const recorded = accountState.filledBefore(order.clientOrderId)
  if (recorded !== undefined) return recorded
  return accountState.areYoungerThan(submittedAtOf(order) ?? Number.POSITIVE_INFINITY)
    ? filledOf(order)
    : undefined
}
