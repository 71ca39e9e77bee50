import { isClosed, type OrderView } from '#shared/trading/order'
import { describeExcess } from './describe-excess.ts'
import { stateOf, type AccountState, type OrderRecord } from '../state/index.ts'

/** An order as shown. */
export function orderView(record: OrderRecord, accountState: AccountState): OrderView {
  const { id, terms, exchangeId, filledQuantity, averagePrice, requestedAt, updatedAt } = record
  const { replaces, replacedBy } = record
  const pendingSince = isClosed(record) ? undefined : (record.cancelRequestedAt ?? record.replaceRequestedAt)
  const problem = record.problem ?? describeExcess(record, accountState.excessOf(record))
  const exit = accountState.legOf(id)
  const entry = exit && accountState.orders.get(exit.parentId)
  return {
    id,
    ...terms,
    state: stateOf(record),
    filledQuantity: filledQuantity,
    requestedAt,
    updatedAt,
    origin: (entry ?? record).draft === undefined ? 'external' : 'signal',
    ...(exchangeId !== undefined && { exchangeId }),
    ...(averagePrice !== undefined && { averageFillPrice: averagePrice }),
    ...(exit && exit),
    ...(replaces !== undefined && { replaces }),
    ...(replacedBy !== undefined && { replacedBy }),
    ...(pendingSince !== undefined && { pendingSince }),
    ...(problem !== undefined && { problem }),
  }
}
