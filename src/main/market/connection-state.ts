import type { Connection } from '#shared/market'
import type { ConnectionMessage } from '#alpaca'
import type { Bus } from './bus.ts'
import { connectionAfter, describeProblem } from './next-connection.ts'
import type { MarketEvents } from './market-events.ts'

export interface ConnectionStateDeps {
  readonly initial: Connection
  readonly bus: Bus<MarketEvents>
}

/** The current state of the market-data connection; publishes each change on the bus. */
export class ConnectionState {
  readonly #deps: ConnectionStateDeps
  #connection: Connection
  #wasConnected = false
  #refused: string | undefined

  constructor(deps: ConnectionStateDeps) {
    this.#deps = deps
    this.#connection = deps.initial
  }

  now(): Connection {
    return this.#connection
  }

  /** Why the server refused, if trying again cannot help. */
  get refused(): string | undefined {
    return this.#refused
  }

  handle(message: ConnectionMessage): void {
    const { bus } = this.#deps
    this.#refused = message.problem?.fatal === true ? describeProblem(message.problem) : undefined
    this.#connection = connectionAfter(this.#connection, message, this.#wasConnected)
    if (this.#connection.status === 'connected') this.#wasConnected = true
    bus.publish('connection', this.#connection)
  }
}
