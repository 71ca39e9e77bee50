import { MINUTE_MS } from '#shared/time'
import { isClosed } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import type { Order } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { type OrderEvent, type OrderRecord } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { recordOrders } from './record-orders.ts'
import type { TradingClient } from '../deps.ts'

/** How often to scan for orders that hang. */
const SCAN_MS = 2_000
/** Delays before each lookup of an order that hangs; the last one repeats. */
const LOOKUP_DELAYS_MS = [1_000, 2_000, 3_000, 4_000, 5_000, 15_000] as const
/** How many times in a row the exchange must say that it has no such order. */
const ABSENT_TIMES = 5
/** A cancel or replacement that takes longer is looked up. */
const SLOW_MS = 5_000
/** A cancel or replacement that the exchange has not acted on by then was lost on the way. */
const LOST_MS = MINUTE_MS

interface WatchDeps {
  readonly tradingLog: TradingLog
  readonly client: Pick<TradingClient, 'findOrderByClientId' | 'getOrder'>
  /** Whether the call that sends this order is still running. */
  readonly isUnderway: (id: string) => boolean
  readonly clock: Clock
  readonly log: Log
}

interface Lookup {
  readonly tries: number
  readonly absences: number
  readonly dueAt: EpochMs
}

/**
 * Settles orders that hang: one without an answer is looked up by its client_order_id until it is found or proven
 * absent; one whose cancel or replacement shows no result is looked up too. Nothing is ever sent again.
 */
export class PendingWatch {
  readonly #deps: WatchDeps
  readonly #lookups = new Map<string, Lookup>()
  #scanning = false

  constructor(deps: WatchDeps) {
    this.#deps = deps
  }

  /** Starts scanning; returns its stop. */
  start(): () => void {
    return this.#deps.clock.every(SCAN_MS, () => void this.scan())
  }

  /**
   * Marks as unconfirmed the orders that an earlier run of Signal recorded and got no answer to.
   * False while the database is away.
   */
  async recordLeftBehind(): Promise<boolean> {
    const { tradingLog, isUnderway } = this.#deps
    if (!(await tradingLog.open())) return false
    for (const order of tradingLog.accountState.orders.values())
      if (order.exchangeId === undefined && !isUnderway(order.id)) await this.#recordUnconfirmed(order)
    return true
  }

  /** Looks up every order whose lookup is due. */
  async scan(): Promise<void> {
    if (this.#scanning || !this.#deps.tradingLog.isOpen) return
    this.#scanning = true
    try {
      const hanging = this.#deps.tradingLog.accountState.openOrders.filter((order) => this.#hangs(order))
      this.#forget(new Set(hanging.map(({ id }) => id)))
      for (const order of hanging) if (this.#isDue(order)) await this.#lookUp(order)
    } finally {
      this.#scanning = false
    }
  }

  #hangs(order: OrderRecord): boolean {
    if (this.#deps.isUnderway(order.id)) return false
    if (order.exchangeId === undefined) return order.state === 'requested' || order.state === 'unconfirmed'
    const askedAt = order.cancelRequestedAt ?? order.replaceRequestedAt
    return askedAt !== undefined && this.#deps.clock.now() - askedAt >= SLOW_MS
  }

  #isDue({ id }: OrderRecord): boolean {
    const lookup = this.#lookups.get(id)
    const now = this.#deps.clock.now()
    if (lookup !== undefined) return lookup.dueAt <= now
    this.#lookups.set(id, { tries: 0, absences: 0, dueAt: now + LOOKUP_DELAYS_MS[0] })
    return false
  }

  #forget(hanging: ReadonlySet<string>): void {
    for (const id of this.#lookups.keys()) if (!hanging.has(id)) this.#lookups.delete(id)
  }

  async #lookUp(order: OrderRecord): Promise<void> {
    const { client, tradingLog, clock, log } = this.#deps
    const { id, exchangeId } = order
    await this.#recordUnconfirmed(order)
    let found: Order | undefined
    let isAbsent = false
    try {
      found = await (exchangeId === undefined ? client.findOrderByClientId(id) : client.getOrder(exchangeId))
      isAbsent = found === undefined
      if (found !== undefined) await recordOrders(tradingLog, [found], { now: clock.now() })
    } catch (cause) {
      log.warn({ id, err: cause }, 'An order that hangs could not be looked up') // continue with the others
    }
    const lookup = this.#next(id, isAbsent)
    if (lookup.absences >= ABSENT_TIMES) await this.#recordAbsent(id)
    else if (exchangeId !== undefined && found !== undefined) await this.#recordLost(order, found)
  }

  /** Counts one lookup and schedules the next. A failed one proves nothing, so it resets the count of absences. */
  #next(id: string, isAbsent: boolean): Lookup {
    const before = this.#lookups.get(id) ?? { tries: 0, absences: 0 }
    const tries = before.tries + 1
    const waitMs = LOOKUP_DELAYS_MS[Math.min(tries, LOOKUP_DELAYS_MS.length - 1)] ?? LOOKUP_DELAYS_MS[5]
    const lookup = {
      tries,
      absences: isAbsent ? before.absences + 1 : 0,
      dueAt: this.#deps.clock.now() + waitMs,
    }
    this.#lookups.set(id, lookup)
    return lookup
  }

  /** It was recorded, but Signal ended or lost its database before an answer came: it may have been sent. */
  async #recordUnconfirmed({ id, state }: OrderRecord): Promise<void> {
    if (state !== 'requested') return
    await this.#record(id, (order) =>
      order.state === 'requested'
        ? {
            type: 'OrderUnconfirmed',
            payload: { version: 1, reason: 'Signal closed, or lost its database, before Alpaca replied.' },
          }
        : undefined,
    )
  }

  async #recordAbsent(id: string): Promise<void> {
    const reason = 'Not received by Alpaca. Nothing was bought or sold; send it again if you still want it.'
    await this.#record(id, (order) =>
      order.exchangeId === undefined
        ? { type: 'OrderNeverArrived', payload: { version: 1, reason } }
        : undefined,
    )
  }

  /** The exchange shows no sign of the cancel or replacement. As long as it reports one as pending, it is. */
  async #recordLost({ id }: OrderRecord, { status }: Order): Promise<void> {
    if (status === 'pending_cancel' || status === 'pending_replace') return
    const isOld = (at: EpochMs | undefined) => at !== undefined && this.#deps.clock.now() - at >= LOST_MS
    const reason = 'No response from Alpaca in 1 min. Order still open; try again.'
    await this.#record(id, ({ cancelRequestedAt, replaceRequestedAt }) => {
      if (isOld(cancelRequestedAt)) return { type: 'OrderCancelRejected', payload: { version: 1, reason } }
      return isOld(replaceRequestedAt)
        ? { type: 'OrderReplaceRejected', payload: { version: 1, reason } }
        : undefined
    })
  }

  async #record(id: string, decide: (order: OrderRecord) => OrderEvent | undefined): Promise<void> {
    await this.#deps.tradingLog.record((accountState) => {
      const order = accountState.orders.get(id)
      const event = order && !isClosed(order) ? decide(order) : undefined
      return event === undefined ? [] : [{ stream: `order:${id}`, events: [event] }]
    })
  }
}
