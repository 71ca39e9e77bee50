import { Decimal } from 'decimal.js'
import { isClosed, isTurnedAway } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import type { OrderEvent } from './event.ts'
import { applyOrderEvent, withoutReplace, type LegOf, type OrderRecord } from './order.ts'

/** How many of the latest closed orders stay in memory; older ones are in the log. */
const MAX_CLOSED = 1_000

/** An exit: of which order, and which leg. */
export interface Exit {
  readonly parentId: string
  readonly leg: LegOf['leg']
}

/** An order before and after an event. */
export interface OrderStep {
  readonly before: OrderRecord | undefined
  readonly after: OrderRecord
}

/**
 * Shares by which an order and the one it replaced may fill more than was wanted. The exchange may have counted the rest
 * anew, as it does for exits: then the order's terms have fewer shares than its draft.
 */
export function excessOver({ filledThen, state, terms, draft }: OrderRecord, old: OrderRecord): Decimal {
  if (filledThen === undefined || isTurnedAway({ state })) return new Decimal(0)
  const less = new Decimal(draft?.quantity ?? 0).minus(terms.quantity ?? 0)
  return Decimal.max(0, new Decimal(old.filledQuantity).minus(filledThen).minus(less))
}

/** The orders in memory and their links: exchange ids, exits to entries, replacements to the orders they replaced. */
export class Orders {
  readonly #orders = new Map<string, OrderRecord>()
  readonly #byExchangeId = new Map<string, string>()
  readonly #exits = new Map<string, Exit>()

  /** All open orders and the latest closed ones, oldest first. */
  get all(): ReadonlyMap<string, OrderRecord> {
    return this.#orders
  }

  /** Our id for the exchange's order id. */
  idOf(exchangeId: string): string | undefined {
    return this.#byExchangeId.get(exchangeId)
  }

  /** Which exit this order is, or replaces, and of which order. */
  exitOf(id: string): Exit | undefined {
    const replaces = this.#orders.get(id)?.replaces
    return this.#exits.get(id) ?? (replaces === undefined ? undefined : this.exitOf(replaces))
  }

  /**
   * Shares by which an order and the one it replaced may fill more than was wanted: the exchange filled them while it
   * replaced the order. Zero for any other order.
   */
  excessOf(order: OrderRecord): Decimal {
    const old = this.#orders.get(order.replaces ?? '')
    // How many shares the exchange counts for an exit is not known before it has answered.
    const isUncounted = order.exchangeId === undefined && this.exitOf(order.id) !== undefined
    return old === undefined || isUncounted ? new Decimal(0) : excessOver(order, old)
  }

  /** The order that is to replace, or has replaced, this one. */
  replacementOf({ id }: OrderRecord): OrderRecord | undefined {
    return [...this.#orders.values()].filter(({ replaces }) => replaces === id).at(-1)
  }

  /** Applies one event to its order; nothing for an event that no order can begin with. */
  apply(
    event: OrderEvent,
    place: { readonly id: string; readonly version: number; readonly at: EpochMs },
  ): OrderStep | undefined {
    const before = this.#orders.get(place.id)
    const after = applyOrderEvent(before, event, place)
    if (after === undefined) return undefined
    this.adopt(after)
    if (before === undefined) this.#forgetOldest()
    this.#link(event, after)
    return { before, after: this.#orders.get(place.id) ?? after }
  }

  /** Takes an order as is, such as one folded from its own stream. */
  adopt(order: OrderRecord): void {
    const before = this.#orders.get(order.id)
    this.#orders.set(order.id, order)
    if (order.exchangeId !== undefined) this.#byExchangeId.set(order.exchangeId, order.id)
    // Only when the legs change: the exits may have moved to the order that replaced this one.
    if (before?.legs === order.legs) return
    for (const { id, leg } of order.legs) this.#exits.set(id, { parentId: order.id, leg })
  }

  clear(): void {
    this.#orders.clear()
    this.#byExchangeId.clear()
    this.#exits.clear()
  }

  /** Updates the links between an order and the one that it replaces or that replaces it. */
  #link(event: OrderEvent, order: OrderRecord): void {
    const replaced = this.#orders.get(order.replaces ?? '')
    if (event.type === 'OrderReplaced') this.#nameSuccessor(order, this.#successorOf(order))
    if (event.type === 'OrderAccepted' || event.type === 'ExternalOrderDetected')
      this.#nameSuccessor(replaced, order)
    // The replacement never came to exist.
    if ((event.type === 'OrderRejected' || event.type === 'OrderNeverArrived') && replaced !== undefined)
      this.#orders.set(replaced.id, withoutReplace(replaced))
  }

  /** Records which order replaced the old one, whichever of the two the exchange reports first. */
  #nameSuccessor(old: OrderRecord | undefined, successor: OrderRecord | undefined): void {
    if (old?.state !== 'replaced' || old.replacedBy !== undefined || successor === undefined) return
    this.#orders.set(old.id, { ...old, replacedBy: successor.id })
  }

  #successorOf({ id }: OrderRecord): OrderRecord | undefined {
    return [...this.#orders.values()].find(
      ({ replaces, exchangeId }) => replaces === id && exchangeId !== undefined,
    )
  }

  /** Drops the oldest closed orders once there are twice as many orders as should stay. */
  #forgetOldest(): void {
    if (this.#orders.size < 2 * MAX_CLOSED) return
    const closed = [...this.#orders.values()].filter(isClosed)
    for (const { id, exchangeId, legs } of closed.slice(0, Math.max(0, closed.length - MAX_CLOSED))) {
      this.#orders.delete(id)
      this.#byExchangeId.delete(exchangeId ?? '')
      for (const leg of legs) this.#exits.delete(leg.id)
    }
  }
}
