/**
 * What open orders hold so that it is not used twice: the shares they would sell, the dollars they would
 * spend.
 */
import type { Decimal } from 'decimal.js'
import { leavesNotional, leavesQty, type SimOrder, type SimOrderSide, ZERO } from '../matching/index.ts'
import type { SimAccountState } from './account-state.ts'
import { isEntry, waitsForEntry } from './family.ts'

const closes = ({ positionIntent }: SimOrder): boolean => positionIntent.endsWith('_to_close')

/** The open orders that hold shares of a position: of a pair of exits, only the one that is active. */
export function closingOrders(
  accountState: SimAccountState,
  symbol: string,
  side: SimOrderSide,
): readonly SimOrder[] {
  const closing = accountState
    .openOrders()
    .filter((order) => order.symbol === symbol && order.side === side && closes(order))
    .filter((order) => !waitsForEntry(accountState, order))
  const profits = new Set(
    closing.filter(({ role }) => role === 'take_profit').map(({ id, parentId }) => parentId ?? id),
  )
  // A pending replacement holds what the order it replaces holds.
  return closing.filter(
    ({ role, parentId, status, replaces }) =>
      !(role === 'stop_loss' && profits.has(parentId ?? '')) &&
      !(status === 'pending_new' && replaces !== null),
  )
}

/** Shares bought so far by entries with exits: once the last share is bought, the exits need them all. */
const promisedShares = (accountState: SimAccountState, symbol: string, exit: SimOrderSide): Decimal =>
  accountState
    .openOrders()
    .filter((order) => order.symbol === symbol && order.side !== exit && isEntry(order))
    .reduce((sum, { filledQty }) => sum.plus(filledQty), ZERO)

/** Shares of a position that open orders would close, now or once their entry is filled. */
export const heldShares = (accountState: SimAccountState, symbol: string, side: SimOrderSide): Decimal =>
  closingOrders(accountState, symbol, side).reduce(
    (sum, order) => sum.plus(leavesQty(order) ?? ZERO),
    promisedShares(accountState, symbol, side),
  )

/** Shares of a position that no open order would close; never negative. */
export function availableShares(accountState: SimAccountState, symbol: string): Decimal {
  const { qty } = accountState.holding(symbol)
  const free = qty.abs().minus(heldShares(accountState, symbol, qty.gt(0) ? 'sell' : 'buy'))
  return free.gt(0) ? free : ZERO
}

/** Buying power, in dollars, that an order holds. */
export function reserveOf(order: SimOrder): Decimal {
  if (order.reservePrice === null) return ZERO
  return leavesQty(order)?.times(order.reservePrice) ?? leavesNotional(order)
}

/** Buying power, in dollars, that all open orders hold; for an order and its replacement, the larger one. */
export function reservedDollars(accountState: SimAccountState): Decimal {
  const open = accountState.openOrders()
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
