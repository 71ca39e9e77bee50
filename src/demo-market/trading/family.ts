/** What happens to the other orders of a bracket, an OCO or an OTO when something happens to one of them. */
import { amount, leavesQty, type SimOrder } from '../matching/index.ts'
import type { SimAccountState } from './account-state.ts'
import type { LedgerEntry } from './ledger.ts'

/** The open orders that depend on this one. */
const openLegs = (accountState: SimAccountState, { id }: SimOrder): readonly SimOrder[] =>
  accountState.openOrders().filter(({ parentId }) => parentId === id)

/** The other exit of a pair, if it is still open. */
function openSibling(accountState: SimAccountState, order: SimOrder): SimOrder | undefined {
  if (order.role === null) return undefined
  if (order.orderClass === 'oco' && order.parentId === null) return openLegs(accountState, order)[0]
  return accountState
    .openOrders()
    .find(
      ({ id, parentId, role }) =>
        id !== order.id && role !== null && (parentId === order.parentId || id === order.parentId),
    )
}

/** Whether exits wait for it to be filled. */
export const isEntry = ({ role, orderClass }: SimOrder): boolean =>
  role === null && (orderClass === 'bracket' || orderClass === 'oto')

const canceled = (order: SimOrder, time: string): LedgerEntry => ({
  event: 'canceled',
  order: { ...order, status: 'canceled', canceledAt: time },
})

/**
 * After a fill: exits become active with the last share of their entry, and one exit makes way for the other.
 */
export function afterFillOf(
  accountState: SimAccountState,
  order: SimOrder,
  time: string,
): readonly LedgerEntry[] {
  if (isEntry(order)) return order.status === 'filled' ? inForce(openLegs(accountState, order)) : []
  const sibling = openSibling(accountState, order)
  if (sibling === undefined) return []
  if (order.status === 'filled') return [canceled(sibling, time)]
  const left = leavesQty(order) ?? amount(0)
  const qty = left.plus(sibling.filledQty).toFixed()
  return qty === sibling.qty ? [] : [{ event: 'restated', order: { ...sibling, qty } }]
}

/** After an order ended unfilled: orders that depend on it end too. */
export const afterEndOf = (
  accountState: SimAccountState,
  order: SimOrder,
  time: string,
): readonly LedgerEntry[] =>
  [...new Set([...openLegs(accountState, order), openSibling(accountState, order)])]
    .filter((other) => other !== undefined)
    .map((other) => canceled(other, time))

/** After an order was replaced: its legs follow the replacement, for the shares of both. */
export function afterReplacementOf(
  accountState: SimAccountState,
  old: SimOrder,
  fresh: SimOrder,
): readonly LedgerEntry[] {
  const qty = isEntry(old)
    ? amount(old.filledQty)
        .plus(fresh.qty ?? 0)
        .toFixed()
    : undefined
  return openLegs(accountState, old).map((leg) => ({
    event: null,
    order: { ...leg, parentId: fresh.id, qty: qty ?? leg.qty },
  }))
}

/** A triggered stop-loss becomes active and its take-profit ends, because both cannot have the shares. */
export const afterTriggerOf = (
  accountState: SimAccountState,
  order: SimOrder,
  time: string,
): readonly LedgerEntry[] => {
  const sibling = order.role === 'stop_loss' ? openSibling(accountState, order) : undefined
  return sibling === undefined ? [] : [canceled(sibling, time)]
}

/**
 * A pair's stop-loss stays held while its take-profit is open, as Alpaca shows it; its stop price is watched
 * anyway.
 */
function inForce(legs: readonly SimOrder[]): readonly LedgerEntry[] {
  const alone = legs.length === 1
  return legs
    .filter(({ role }) => alone || role === 'take_profit')
    .map((leg) => ({ event: 'new', order: { ...leg, status: 'new' } }))
}

/** Whether it is waiting for its entry to fill, so that the market does not concern it yet. */
export function waitsForEntry(accountState: SimAccountState, { parentId }: SimOrder): boolean {
  const parent = accountState.order(parentId ?? '')
  return parent !== undefined && isEntry(parent) && parent.status !== 'filled'
}

/** The status with which such an order becomes active. */
export function statusInForce(accountState: SimAccountState, order: SimOrder): 'new' | 'held' {
  const besideProfit = order.role === 'stop_loss' && !order.triggered && openSibling(accountState, order)
  return waitsForEntry(accountState, order) || besideProfit ? 'held' : 'new'
}
