import { CLOSED_STATES, type OrderView } from '#shared/trading/order'

/** An order that may still do something, as a line of the table. */
export interface OrderLine {
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

/** The orders that are open, newest first, each with its exits right below it; exits outlive their entry. */
export function workingLines(orders: readonly OrderView[]): readonly OrderLine[] {
  const open = orders.filter((order) => !isClosed(order))
  const ids = new Set(open.map(({ id }) => id))
  const legsOf = groupedByParent(open)
  return open
    .filter(({ parentId }) => parentId === undefined || !ids.has(parentId))
    .sort(
      (one, other) =>
        other.requestedAt - one.requestedAt || byLeg(one, other) || (one.id < other.id ? -1 : 1),
    )
    .flatMap((order) => [
      { order, isBelowParent: false },
      ...[...(legsOf.get(order.id) ?? [])]
        .sort(byLeg)
        .map((leg): OrderLine => ({ order: leg, isBelowParent: true })),
    ])
}

function groupedByParent(orders: readonly OrderView[]): Map<string | undefined, OrderView[]> {
  const groups = new Map<string | undefined, OrderView[]>()
  for (const order of orders) groups.set(order.parentId, [...(groups.get(order.parentId) ?? []), order])
  return groups
}

/** Orders that are over, the one that ended last first. */
export const closedOrders = (orders: readonly OrderView[]): readonly OrderView[] =>
  orders.filter(isClosed).sort((one, other) => other.updatedAt - one.updatedAt || newestFirst(one, other))
