import { isOpen, type SimOrder } from '../matching/index.ts'
import type { SimAccountState } from './account-state.ts'
import type { OrderWire } from './order-wire.ts'
import { readInstant, readLimit, readWord } from './query.ts'
import { unprocessable } from './refusals.ts'

const DEFAULT_LIMIT = 50
const MOST = 500

/** Which orders a query selects, by Alpaca's rules. */
function readFilter(query: URLSearchParams): (order: SimOrder) => boolean {
  const status = readWord(query, 'status', ['open', 'closed', 'all']) ?? 'open'
  const side = readWord(query, 'side', ['buy', 'sell'])
  const [after, until] = [readInstant(query, 'after') ?? -Infinity, readInstant(query, 'until') ?? Infinity]
  const symbols = new Set((query.get('symbols') ?? '').split(',').filter((symbol) => symbol !== ''))
  return (order) => {
    const at = Date.parse(order.createdAt)
    return (
      (status === 'all' || isOpen(order) === (status === 'open')) &&
      (side === undefined || order.side === side) &&
      (symbols.size === 0 || symbols.has(order.symbol)) &&
      at > after &&
      at < until
    )
  }
}

/** The part of the list beyond the order where the previous page ended. */
function walkedOn(
  orders: readonly SimOrder[],
  accountState: SimAccountState,
  query: URLSearchParams,
): readonly SimOrder[] {
  const [before, after] = [query.get('before_order_id') ?? '', query.get('after_order_id') ?? '']
  if (before !== '' && after !== '')
    throw unprocessable('only one of before_order_id and after_order_id is accepted')
  if (before === '' && after === '') return orders
  if (query.has('after') || query.has('until'))
    throw unprocessable('before_order_id and after_order_id are not accepted with after and until')
  const all = accountState.orders()
  const from = all.findIndex(({ id }) => id === (before || after))
  if (from < 0) throw unprocessable(`order not found for ${before || after}`)
  const side = new Set(before === '' ? all.slice(from + 1) : all.slice(0, from))
  return orders.filter((order) => side.has(order))
}

/**
 * The orders that a query selects, in wire format. As at Alpaca, a nested list shows legs only inside their entry, so that
 * the exits of an entry that is over are in no list of open ones; a flat list of open orders leaves out those that are held.
 */
export function listOrders(
  accountState: SimAccountState,
  wire: OrderWire,
  query: URLSearchParams,
): readonly object[] {
  const limit = readLimit(query, 'limit', DEFAULT_LIMIT, MOST)
  const direction = readWord(query, 'direction', ['asc', 'desc']) ?? 'desc'
  const nested = query.get('nested') === 'true'
  const fitting = walkedOn(accountState.orders().filter(readFilter(query)), accountState, query)
  const isOpenList = (query.get('status') ?? 'open') === 'open'
  const told = fitting.filter(({ parentId, status }) =>
    nested ? parentId === null : !(isOpenList && status === 'held'),
  )
  const sorted = direction === 'asc' ? told : [...told].reverse()
  return sorted.slice(0, limit).map((order) => (nested ? wire.nested(order) : wire.flat(order)))
}
