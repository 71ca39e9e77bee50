import type { TradeUpdateMessage, TradeUpdatesHandlers } from '#alpaca'
import type { Clock } from '#process/clock'
import type { TradeUpdatesConnection } from '../../../src/main/execution/deps.ts'
import type { ExchangeEvent } from './reference-exchange.ts'

export const UPDATE_FATES = ['lose', 'duplicate', 'delay', 'swap'] as const
export type UpdateFate = (typeof UPDATE_FATES)[number]

const DELIVERED_AFTER_MS = 2
const DELAYED_BY_MS = 30_000
const REDIAL_MS = 1_000

/**
 * The stream of order updates between the exchange and its listener; it may drop, lose, repeat, delay and
 * swap them.
 */
export class UpdateLine {
  readonly #clock: Clock
  readonly #fates: UpdateFate[] = []
  #handlers: TradeUpdatesHandlers | undefined
  #overtaken: TradeUpdateMessage | undefined
  #isNetworkUp = true
  #isUp = false
  #wasUp = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Sets the fate of the next updates. */
  bend(fate: UpdateFate): void {
    this.#fates.push(fate)
  }

  /** From here on everything is delivered. */
  straighten(): void {
    this.#fates.length = 0
    this.#overtaken = undefined
  }

  /** Replaces the listener. */
  open(handlers: TradeUpdatesHandlers): TradeUpdatesConnection {
    this.#handlers = handlers
    this.#isUp = false
    this.#wasUp = false
    return {
      connect: () => this.#dial(handlers),
      reconnect: () => this.drop(),
      close: async () => this.hangUp(),
    }
  }

  hangUp(): void {
    this.#handlers = undefined
    this.#isUp = false
  }

  setNetwork(isUp: boolean): void {
    this.#isNetworkUp = isUp
    if (!isUp) this.drop()
  }

  /** Breaks the connection; it reconnects after a while. */
  drop(): void {
    const handlers = this.#handlers
    if (handlers === undefined || !this.#isUp) return
    this.#isUp = false
    this.#tellStatus(handlers, 'disconnected')
    this.#clock.after(REDIAL_MS, () => this.#dial(handlers))
  }

  publish({ event, order, execution }: ExchangeEvent): void {
    const at = this.#clock.now()
    const message: TradeUpdateMessage = {
      type: 'tradeUpdate',
      event,
      order,
      at,
      time: execution?.time ?? new Date(at).toISOString(),
      executionId: execution?.id,
      previousExecutionId: execution?.previousId,
      price: execution?.price,
      qty: execution?.qty,
      positionQty: undefined,
    }
    const fate = this.#fates.shift()
    if (fate === 'lose') return
    if (fate === 'swap' && this.#overtaken === undefined) {
      this.#overtaken = message
      return
    }
    const all = [
      message,
      ...(this.#overtaken ? [this.#overtaken] : []),
      ...(fate === 'duplicate' ? [message] : []),
    ]
    this.#overtaken = undefined
    for (const one of all) this.#deliver(one, fate === 'delay' ? DELAYED_BY_MS : DELIVERED_AFTER_MS)
  }

  #deliver(message: TradeUpdateMessage, afterMs: number): void {
    if (!this.#isUp) return
    const handlers = this.#handlers
    this.#clock.after(afterMs, () => {
      if (this.#isUp && handlers === this.#handlers) handlers?.onMessage(message, this.#clock.now())
    })
  }

  #dial(handlers: TradeUpdatesHandlers): void {
    if (handlers !== this.#handlers || this.#isUp) return
    if (!this.#isNetworkUp) {
      this.#clock.after(REDIAL_MS, () => this.#dial(handlers))
      return
    }
    this.#isUp = true
    this.#tellStatus(handlers, 'subscribed')
    if (this.#wasUp) handlers.onReconnected?.()
    this.#wasUp = true
  }

  #tellStatus(handlers: TradeUpdatesHandlers, status: 'subscribed' | 'disconnected'): void {
    const at = this.#clock.now()
    handlers.onMessage({ type: 'connection', status, at, attempt: 0 }, at)
  }
}
