import type { PositionExit, PositionView } from '#shared/trading/account'
import type { OrderView } from '#shared/trading/order'
import { firstOrders } from './order-list.ts'

/** A position, or one of its exits below it, as a line of the table. */
export interface PositionLine {
  /** The symbol; for an exit, the first order in its chain of replacements. */
  readonly key: string
  readonly position: PositionView
  /** Set on an exit's line, with its order. */
  readonly exit?: { readonly view: PositionExit; readonly order: OrderView }
}

/** The positions, each followed by its exits if it is expanded. */
export function positionLines(
  positions: readonly PositionView[],
  orders: readonly OrderView[],
  expanded: ReadonlySet<string>,
): readonly PositionLine[] {
  const byId = new Map(orders.map((order) => [order.id, order]))
  const firstOf = firstOrders(orders)
  return positions.flatMap((position) => {
    const line: PositionLine = { key: position.symbol, position }
    if (!expanded.has(position.symbol)) return [line]
    const exits = position.exits.flatMap((view) => {
      const order = byId.get(view.orderId)
      return order === undefined ? [] : [{ key: firstOf(order).id, position, exit: { view, order } }]
    })
    return [line, ...exits]
  })
}
