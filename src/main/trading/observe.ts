import type { EpochMs } from '#shared/units'
import type { Order } from '../alpaca/index.ts'
import type { Entry, Journal } from './journal.ts'
import { eventsOf, type Told } from './events-of.ts'
import { newestOfEach } from './exchange-order.ts'

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
      return { stream: `order:${id}`, events: eventsOf(books.orders.get(id), order, { idOf, ...told }) }
    }),
  )
}
