import type { Connection } from '#shared/market'
import type { ConnectionMessage } from '#alpaca'
import type { Bus } from './bus.ts'
import { connectionAfter } from './next-connection.ts'
import type { MarketEvents } from './market-events.ts'

export interface ConnectionStateDeps {
  readonly initial: Connection
  readonly bus: Bus<MarketEvents>
  /** How many symbols the server has confirmed. */
  readonly subscribed: () => number
}

/** The link to the market-data stream: its present state, and each change of it told on the bus. */
export class ConnectionState {
  readonly #deps: ConnectionStateDeps
  #connection: Connection
  #wasConnected = false

  constructor(deps: ConnectionStateDeps) {
    this.#deps = deps
    this.#connection = deps.initial
  }

  now(): Connection {
    return this.#connection
  }

  handle(message: ConnectionMessage): void {
    const { bus, subscribed } = this.#deps
    const facts = { wasConnected: this.#wasConnected, subscribed: subscribed() }
    this.#connection = connectionAfter(this.#connection, message, facts)
    if (this.#connection.status === 'connected') this.#wasConnected = true
    bus.publish('connection', this.#connection)
  }
}
