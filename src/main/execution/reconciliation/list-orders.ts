import { AlpacaError, type Listing, type Order, type OrdersRequest } from '#alpaca'
import type { EpochMs } from '#shared/units'
import type { TradingClient } from '../deps.ts'
import { withLegs } from './exchange-order.ts'

/** The most orders that Alpaca lists per page. */
const PAGE = 500

interface ListRequest extends Pick<OrdersRequest, 'status' | 'nested' | 'symbols'> {
  /** Goes no further back than to orders submitted then, by the exchange's clock. Absent: to the beginning. */
  readonly since?: EpochMs | undefined
  /** Called with each page; true ends the list there. */
  readonly isEnough?: (page: readonly Order[]) => boolean
}

/**
 * Orders, newest first, page by page to the end. Each page begins after the last order of the one before, by its id:
 * any number of orders may have been submitted in the same instant.
 */
export async function listOrders(
  client: Pick<TradingClient, 'listOrders'>,
  { since, isEnough = () => false, ...request }: ListRequest,
): Promise<Listing<Order>> {
  const found = new Map<string, Order>()
  const unreadable: Listing<Order>['unreadable'][number][] = []
  const ids = new Set<string | undefined>()
  let before: string | undefined
  for (;;) {
    const page = await client.listOrders({
      ...request,
      limit: PAGE,
      direction: 'desc',
      ...(before !== undefined && { beforeOrderId: before }),
    })
    const { size } = ids
    for (const order of page.rows) found.set(order.id, order)
    for (const { id } of [...page.rows, ...page.unreadable]) ids.add(id)
    unreadable.push(...page.unreadable)
    const last = page.rows.at(-1)
    // Whether Alpaca counts the exits within an entry is not documented.
    const isLast = page.rows.flatMap(withLegs).length + page.unreadable.length < PAGE
    const isFarEnough = since !== undefined && (last?.submittedAt ?? Infinity) < since
    if (isLast || isFarEnough || isEnough(page.rows)) return { rows: [...found.values()], unreadable }
    before = last?.id ?? page.unreadable.at(-1)?.id
    if (before === undefined || ids.size === size)
      throw new AlpacaError('invalid_response', 'Alpaca’s reply is invalid: a page of orders came twice')
  }
}
