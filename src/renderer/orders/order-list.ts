import { CLOSED_STATES, type OrderView } from '#shared/trading/order'

/** An order that may still do something, as a line of the table. */
export interface OrderLine {
  /** The order that this one took the place of at last, so that a change moves neither the line nor the keyboard. */
  readonly key: string
  readonly order: OrderView
  /** It is an exit of the order above it. */
  readonly isBelowParent: boolean
}

/** An exit that does nothing yet: the order above it is not filled. */
export const waitsForEntry = ({ order, isBelowParent }: OrderLine): boolean =>
  isBelowParent && order.state === 'held'

const LEG_ORDER = { 'take-profit': 0, 'stop-loss': 1 } as const

const byLeg = (one: OrderView, other: OrderView): number =>
  LEG_ORDER[one.leg ?? 'take-profit'] - LEG_ORDER[other.leg ?? 'take-profit']

const newestFirst = (one: OrderView, other: OrderView): number =>
  other.requestedAt - one.requestedAt || (one.id < other.id ? -1 : 1)

/** Nothing is expected of it any more. */
export const isClosed = ({ state }: OrderView): boolean => CLOSED_STATES.has(state)

/**
 * The orders that are open, newest first, each with its exits right below it; exits outlive their entry.
 * While a change is under way the order that it is about stands for both.
 */
export function workingLines(orders: readonly OrderView[]): readonly OrderLine[] {
  const firstOf = firstOrders(orders)
  const open = orders.filter((order) => !isClosed(order))
  const ids = new Set(open.map(({ id }) => id))
  const legsOf = groupedByParent(open)
  return open
    .filter(({ parentId }) => parentId === undefined || !ids.has(parentId))
    .filter(({ replaces, state }) => !ids.has(replaces ?? '') || state === 'unconfirmed')
    .sort(
      (one, other) =>
        firstOf(other).requestedAt - firstOf(one).requestedAt ||
        byLeg(one, other) ||
        (firstOf(one).id < firstOf(other).id ? -1 : 1),
    )
    .flatMap((order) => [
      { key: firstOf(order).id, order, isBelowParent: false },
      ...[...(legsOf.get(order.id) ?? [])]
        .filter(({ replaces }) => !ids.has(replaces ?? ''))
        .sort(byLeg)
        .map((leg): OrderLine => ({ key: firstOf(leg).id, order: leg, isBelowParent: true })),
    ])
}

/** The order at the beginning of a chain of changes, as far as it is known. */
function firstOrders(orders: readonly OrderView[]): (order: OrderView) => OrderView {
  const byId = new Map(orders.map((order) => [order.id, order]))
  const firstOf = (order: OrderView): OrderView => {
    const before = byId.get(order.replaces ?? '')
    return before === undefined || !isClosed(before) ? order : firstOf(before)
  }
  return firstOf
}

function groupedByParent(orders: readonly OrderView[]): Map<string | undefined, OrderView[]> {
  const groups = new Map<string | undefined, OrderView[]>()
  for (const order of orders) groups.set(order.parentId, [...(groups.get(order.parentId) ?? []), order])
  return groups
}

/** Orders that are over, the one that ended last first. */
export const closedOrders = (orders: readonly OrderView[]): readonly OrderView[] =>
  orders.filter(isClosed).sort((one, other) => other.updatedAt - one.updatedAt || newestFirst(one, other))
