import type { Decimal } from 'decimal.js'
import type { Books } from './books.ts'
import { ZERO } from './exact.ts'
import { isEntry, waitsForEntry } from './family.ts'
import { leavesNotional, leavesQty, type DemoOrder, type OrderSide } from './order.ts'

/** What open orders keep from being used twice: shares that they would sell, dollars that they would spend. */

const closes = ({ positionIntent }: DemoOrder): boolean => positionIntent.endsWith('_to_close')

/** The open orders that hold shares of a position: of a pair of exits only the one that works. */
export function closingOrders(books: Books, symbol: string, side: OrderSide): readonly DemoOrder[] {
  const closing = books
    .openOrders()
    .filter((order) => order.symbol === symbol && order.side === side && closes(order))
    .filter((order) => !waitsForEntry(books, order))
  const profits = new Set(
    closing.filter(({ role }) => role === 'take_profit').map(({ id, parentId }) => parentId ?? id),
  )
  // A replacement that is asked for holds what the order holds whose place it is to take.
  return closing.filter(
    ({ role, parentId, status, replaces }) =>
      !(role === 'stop_loss' && profits.has(parentId ?? '')) &&
      !(status === 'pending_new' && replaces !== null),
  )
}

/** Shares that entries with exits bought so far: when the last one is there, the exits need them all. */
const promisedShares = (books: Books, symbol: string, exit: OrderSide): Decimal =>
  books
    .openOrders()
    .filter((order) => order.symbol === symbol && order.side !== exit && isEntry(order))
    .reduce((sum, { filledQty }) => sum.plus(filledQty), ZERO)

/** Shares of a position that open orders would close, now or when their entry is filled. */
export const heldShares = (books: Books, symbol: string, side: OrderSide): Decimal =>
  closingOrders(books, symbol, side).reduce(
    (sum, order) => sum.plus(leavesQty(order) ?? ZERO),
    promisedShares(books, symbol, side),
  )

/** Shares of a position that no open order would close; never negative. */
export function availableShares(books: Books, symbol: string): Decimal {
  const { qty } = books.holding(symbol)
  const free = qty.abs().minus(heldShares(books, symbol, qty.gt(0) ? 'sell' : 'buy'))
  return free.gt(0) ? free : ZERO
}

/** Dollars of buying power that an order holds. */
export function reserveOf(order: DemoOrder): Decimal {
  if (order.reservePrice === null) return ZERO
  return leavesQty(order)?.times(order.reservePrice) ?? leavesNotional(order)
}

/** Dollars of buying power that all open orders hold; of an order and its replacement the larger. */
export function reservedDollars(books: Books): Decimal {
  const open = books.openOrders()
  const replaced = new Map(
    open.filter(({ status }) => status === 'pending_new').map((order) => [order.replaces, order]),
  )
  return open.reduce((sum, order) => {
    if (order.status === 'pending_new' && order.replaces !== null) return sum
    const replacement = replaced.get(order.id)
    const [own, other] = [reserveOf(order), replacement ? reserveOf(replacement) : ZERO]
    return sum.plus(own.gt(other) ? own : other)
  }, ZERO)
}
