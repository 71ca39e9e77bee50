import type { Connection } from '#shared/market'
import type { ConnectionMessage } from '#alpaca'
import type { Bus } from './bus.ts'
import { connectionAfter } from './next-connection.ts'
import type { MarketEvents } from './market-events.ts'

export interface ConnectionStateDeps {
  readonly initial: Connection
  readonly bus: Bus<MarketEvents>
  /** The number of symbols that the server has confirmed. */
  readonly subscribed: () => number
}

/** The current state of the market-data connection; publishes each change on the bus. */
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
