import type { EpochMs } from '#shared/units'
import type { Order } from '#alpaca'
import type { Entry, Journal } from '../event-log/trading-log.ts'
import { eventsOf, type Told } from './order-events.ts'
import type { Books } from '../state/index.ts'
import { filledOf, newestOfEach, submittedAtOf } from './exchange-order.ts'

/**
 * Notes what the exchange says of orders, as far as the books do not know it. False when the database is away: the
 * exchange still knows it then, and the next comparison notes it.
 */
export const observe = (
  journal: Journal,
  orders: readonly Order[],
  told: { readonly now: EpochMs } & Partial<Told>,
): Promise<boolean> => {
  const newest = newestOfEach(orders)
  const ids = new Map(newest.map(({ id, clientOrderId }) => [id, clientOrderId]))
  return journal.write((books) =>
    newest.map((order): Entry => {
      const id = order.clientOrderId
      const idOf = (exchangeId: string) => books.idOf(exchangeId) ?? ids.get(exchangeId)
      const filledBefore = filledBeforeThe(books, order)
      return {
        stream: `order:${id}`,
        events: eventsOf(books.orders.get(id), order, { idOf, filledBefore, ...told }),
      }
    }),
  )
}

/** What of an order that is told for the first time is in the books' first positions already. */
function filledBeforeThe(books: Books, order: Order): Told['filledBefore'] {
  const noted = books.filledBefore(order.clientOrderId)
  if (noted !== undefined) return noted
  return books.areYoungerThan(submittedAtOf(order) ?? Number.POSITIVE_INFINITY) ? filledOf(order) : undefined
}
