import { isClosed, type OrderView } from '#shared/trading/order'

/** An open order as a line of the table. */
export interface OrderLine {
  /**
   * Id of the first order in its chain of replacements, so that a change moves neither the line nor the
   * focus.
   */
  readonly key: string
  readonly order: OrderView
  /** It is an exit of the order above it. */
  readonly isBelowParent: boolean
  /** It is an exit of a position, which shows it too. */
  readonly isExit: boolean
}

/** Whether an exit is inactive because its entry above it is not filled. The order above an OCO's stop is its target. */
export const waitsForEntry = ({ order, isBelowParent }: OrderLine): boolean =>
  isBelowParent && order.state === 'held' && order.orderClass !== 'oco'

const LEG_ORDER = { 'take-profit': 0, 'stop-loss': 1 } as const

const byLeg = (one: OrderView, other: OrderView): number =>
  LEG_ORDER[one.leg ?? 'take-profit'] - LEG_ORDER[other.leg ?? 'take-profit']

const newestFirst = (one: OrderView, other: OrderView): number =>
  other.requestedAt - one.requestedAt || (one.id < other.id ? -1 : 1)

/**
 * The open orders, newest first, each with its exits right below it; exits outlive their entry. `exits` are the ids of
 * the exits of positions. While an
 * order is being replaced, its line stands for both, unless the replacement is unconfirmed.
 */
export function workingLines(orders: readonly OrderView[], exits: ReadonlySet<string>): readonly OrderLine[] {
  const firstOf = firstOrders(orders)
  const open = orders.filter((order) => !isClosed(order))
  const ids = new Set(open.map(({ id }) => id))
  const legsOf = groupedByParent(open)
  const lineOf = (order: OrderView, isBelowParent: boolean): OrderLine => ({
    key: firstOf(order).id,
    order,
    isBelowParent,
    isExit: exits.has(order.id),
  })
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
      lineOf(order, false),
      ...[...(legsOf.get(order.id) ?? [])]
        .filter(({ replaces }) => !ids.has(replaces ?? ''))
        .sort(byLeg)
        .map((leg) => lineOf(leg, true)),
    ])
}

/** Finds the first order in a chain of replacements, as far as it is known. */
export function firstOrders(orders: readonly OrderView[]): (order: OrderView) => OrderView {
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

/** Closed orders, the last closed first. */
export const closedOrders = (orders: readonly OrderView[]): readonly OrderView[] =>
  orders.filter(isClosed).sort((one, other) => other.updatedAt - one.updatedAt || newestFirst(one, other))
