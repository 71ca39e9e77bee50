import { isClosed } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import type { OrderEvent } from './event.ts'
import { applyOrderEvent, withoutReplace, type LegOf, type OrderRecord } from './order.ts'

/** Closed orders that are kept at hand; older ones are in the log. */
const MOST_CLOSED = 1_000

/** Which exit of which order. */
export interface Exit {
  readonly parentId: string
  readonly leg: LegOf['leg']
}

/** An order before and after an event. */
export interface OrderStep {
  readonly before: OrderRecord | undefined
  readonly after: OrderRecord
}

/** The orders at hand, with what ties them together: the exchange's ids, exits to entries, successors to predecessors. */
export class Orders {
  readonly #orders = new Map<string, OrderRecord>()
  readonly #byExchangeId = new Map<string, string>()
  readonly #exits = new Map<string, Exit>()

  /** Oldest first: all that are open, and the last that are closed. */
  get all(): ReadonlyMap<string, OrderRecord> {
    return this.#orders
  }

  /** Our id of an order that the exchange calls so. */
  idOf(exchangeId: string): string | undefined {
    return this.#byExchangeId.get(exchangeId)
  }

  /** The order that this one is an exit of, or has the place of an exit of. */
  exitOf(id: string): Exit | undefined {
    const replaces = this.#orders.get(id)?.replaces
    return this.#exits.get(id) ?? (replaces === undefined ? undefined : this.exitOf(replaces))
  }

  /** The orders one event further; nothing for an event that no order can begin with. */
  apply(
    event: OrderEvent,
    place: { readonly id: string; readonly version: number; readonly at: EpochMs },
  ): OrderStep | undefined {
    const before = this.#orders.get(place.id)
    const after = applyOrderEvent(before, event, place)
    if (after === undefined) return undefined
    this.adopt(after)
    if (before === undefined) this.#forgetOldest()
    this.#tie(event, after)
    return { before, after: this.#orders.get(place.id) ?? after }
  }

  /** Takes an order as it is, such as one that was folded from its stream alone. */
  adopt(order: OrderRecord): void {
    const before = this.#orders.get(order.id)
    this.#orders.set(order.id, order)
    if (order.exchangeId !== undefined) this.#byExchangeId.set(order.exchangeId, order.id)
    // Not anew with each event: the exits may have gone over to the order that replaced this one.
    if (before?.legs === order.legs) return
    for (const { id, leg } of order.legs) this.#exits.set(id, { parentId: order.id, leg })
  }

  clear(): void {
    this.#orders.clear()
    this.#byExchangeId.clear()
    this.#exits.clear()
  }

  /** What an order's event says of the order in whose place it stands, or that stands in its place. */
  #tie(event: OrderEvent, order: OrderRecord): void {
    const replaced = this.#orders.get(order.replaces ?? '')
    if (event.type === 'OrderReplaced') this.#nameSuccessor(order, this.#successorOf(order))
    if (event.type === 'OrderAccepted' || event.type === 'ExternalOrderDetected')
      this.#nameSuccessor(replaced, order)
    // The order that was to take the place never came to be.
    if ((event.type === 'OrderRejected' || event.type === 'OrderNeverArrived') && replaced !== undefined)
      this.#orders.set(replaced.id, withoutReplace(replaced))
  }

  /** Of two orders one took the other's place; which of them the exchange tells of first is all the same. */
  #nameSuccessor(old: OrderRecord | undefined, successor: OrderRecord | undefined): void {
    if (old?.state !== 'replaced' || old.replacedBy !== undefined || successor === undefined) return
    this.#orders.set(old.id, { ...old, replacedBy: successor.id })
  }

  #successorOf({ id }: OrderRecord): OrderRecord | undefined {
    return [...this.#orders.values()].find(
      ({ replaces, exchangeId }) => replaces === id && exchangeId !== undefined,
    )
  }

  /** Of the closed orders only the last ones are kept at hand. */
  #forgetOldest(): void {
    if (this.#orders.size < 2 * MOST_CLOSED) return
    const closed = [...this.#orders.values()].filter(isClosed)
    for (const { id, exchangeId, legs } of closed.slice(0, Math.max(0, closed.length - MOST_CLOSED))) {
      this.#orders.delete(id)
      this.#byExchangeId.delete(exchangeId ?? '')
      for (const leg of legs) this.#exits.delete(leg.id)
    }
  }
}
