import { MINUTE_MS } from '#shared/time'
import { isClosed } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { type OrderEvent, type OrderRecord } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { recordOrders } from './record-orders.ts'
import type { TradingClient } from '../deps.ts'

/** How often the books are scanned for orders that hang. */
const SCAN_MS = 2_000
/** Waits before the looks at an order of which no answer came; then the last one again and again. */
const LOOKS_MS = [1_000, 2_000, 3_000, 4_000, 5_000, 15_000] as const
/** How often in a row the exchange must say that it has no such order. */
const ABSENT_TIMES = 5
/** An answer to a cancel or a change that takes longer is asked for. */
const SLOW_MS = 5_000
/** After this time a cancel or a change that the exchange neither does nor shows was lost on the way. */
const LOST_MS = MINUTE_MS

interface WatchDeps {
  readonly tradingLog: TradingLog
  readonly client: Pick<TradingClient, 'findOrderByClientId' | 'getOrder'>
  /** The call that sends this order has not ended yet. */
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
 * Settles orders that hang: one of which no answer came is looked up by its client_order_id until it is found or
 * proven absent; a cancel or a change of which nothing more was heard is asked after. Nothing is ever sent again.
 */
export class PendingWatch {
  readonly #deps: WatchDeps
  readonly #lookups = new Map<string, Lookup>()
  #scanning = false

  constructor(deps: WatchDeps) {
    this.#deps = deps
  }

  /** Begins to scan; returns its stop. */
  start(): () => void {
    return this.#deps.clock.every(SCAN_MS, () => void this.scan())
  }

  /**
   * Orders that a Signal which ended had noted and got no answer to: says that nobody knows yet whether they went out.
   * False while the database is away.
   */
  async recordLeftBehind(): Promise<boolean> {
    const { tradingLog, isUnderway } = this.#deps
    if (!(await tradingLog.open())) return false
    for (const order of tradingLog.accountState.orders.values())
      if (order.exchangeId === undefined && !isUnderway(order.id)) await this.#recordUnconfirmed(order)
    return true
  }

  /** Looks at every order whose look is due. */
  async scan(): Promise<void> {
    if (this.#scanning || !this.#deps.tradingLog.isOpen) return
    this.#scanning = true
    try {
      const hanging = [...this.#deps.tradingLog.accountState.orders.values()].filter((order) =>
        this.#hangs(order),
      )
      this.#forget(new Set(hanging.map(({ id }) => id)))
      for (const order of hanging) if (this.#isDue(order)) await this.#lookUp(order)
    } finally {
      this.#scanning = false
    }
  }

  #hangs(order: OrderRecord): boolean {
    if (isClosed(order) || this.#deps.isUnderway(order.id)) return false
    if (order.exchangeId === undefined) return order.state === 'requested' || order.state === 'unconfirmed'
    const askedAt = order.cancelRequestedAt ?? order.replaceRequestedAt
    return askedAt !== undefined && this.#deps.clock.now() - askedAt >= SLOW_MS
  }

  #isDue({ id }: OrderRecord): boolean {
    const lookup = this.#lookups.get(id)
    const now = this.#deps.clock.now()
    if (lookup !== undefined) return lookup.dueAt <= now
    this.#lookups.set(id, { tries: 0, absences: 0, dueAt: now + LOOKS_MS[0] })
    return false
  }

  #forget(hanging: ReadonlySet<string>): void {
    for (const id of this.#lookups.keys()) if (!hanging.has(id)) this.#lookups.delete(id)
  }

  async #lookUp(order: OrderRecord): Promise<void> {
    const { client, tradingLog, clock, log } = this.#deps
    const { id, exchangeId } = order
    await this.#recordUnconfirmed(order)
    let isAbsent = false
    try {
      const seen = await (exchangeId === undefined
        ? client.findOrderByClientId(id)
        : client.getOrder(exchangeId))
      isAbsent = seen === undefined
      if (seen !== undefined) await recordOrders(tradingLog, [seen], { now: clock.now() })
    } catch (cause) {
      log.warn({ id, err: cause }, 'An order that hangs could not be looked up') // the others are looked up all the same
    }
    const lookup = this.#next(id, isAbsent)
    if (lookup.absences >= ABSENT_TIMES) await this.#recordAbsent(id)
    else if (exchangeId !== undefined) await this.#recordLost(order)
  }

  /** A failed look proves nothing, so the exchange must say it so often in a row. */
  #next(id: string, isAbsent: boolean): Lookup {
    const before = this.#lookups.get(id) ?? { tries: 0, absences: 0 }
    const tries = before.tries + 1
    const waitMs = LOOKS_MS[Math.min(tries, LOOKS_MS.length - 1)] ?? LOOKS_MS[5]
    const lookup = {
      tries,
      absences: isAbsent ? before.absences + 1 : 0,
      dueAt: this.#deps.clock.now() + waitMs,
    }
    this.#lookups.set(id, lookup)
    return lookup
  }

  /** Recorded before it was sent, and then Signal ended: whether it went out is not known. */
  async #recordUnconfirmed({ id, state }: OrderRecord): Promise<void> {
    if (state !== 'requested') return
    await this.#record(id, (order) =>
      order.state === 'requested'
        ? {
            type: 'OrderUnconfirmed',
            payload: { version: 1, reason: 'Signal ended, or lost its database, before an answer came.' },
          }
        : undefined,
    )
  }

  async #recordAbsent(id: string): Promise<void> {
    const reason =
      'It never reached the exchange. Nothing was bought or sold; send it again if you still want it.'
    await this.#record(id, (order) =>
      order.exchangeId === undefined
        ? { type: 'OrderNeverArrived', payload: { version: 1, reason } }
        : undefined,
    )
  }

  /** The exchange goes on as if nothing had been asked. */
  async #recordLost({ id }: OrderRecord): Promise<void> {
    const isOld = (at: EpochMs | undefined) => at !== undefined && this.#deps.clock.now() - at >= LOST_MS
    const reason = 'The exchange did not act on it within a minute. The order still works; try again.'
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
