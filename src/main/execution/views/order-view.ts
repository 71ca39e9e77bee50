import type { OrderView } from '#shared/trading/order'
import { stateOf, type Books, type OrderRecord } from '../state/index.ts'

/** An order as it is shown. */
export function orderView(record: OrderRecord, books: Books): OrderView {
  const { id, terms, exchangeId, filled, averagePrice, requestedAt, updatedAt } = record
  const { replaces, replacedBy, problem } = record
  const exit = books.legOf(id)
  const entry = exit && books.orders.get(exit.parentId)
  return {
    id,
    ...terms,
    state: stateOf(record),
    filledQuantity: filled,
    requestedAt,
    updatedAt,
    origin: (entry ?? record).draft === undefined ? 'elsewhere' : 'signal',
    ...(exchangeId !== undefined && { exchangeId }),
    ...(averagePrice !== undefined && { averageFillPrice: averagePrice }),
    ...(exit && exit),
    ...(replaces !== undefined && { replaces }),
    ...(replacedBy !== undefined && { replacedBy }),
    ...(problem !== undefined && { problem }),
  }
}
