import { entriesOf, listsOf, symbolOf, type ChannelLists, type ChannelEntry } from './channels.ts'
import { secretOf, type AlpacaConfig } from './config.ts'
import { isControl, readControl, type ControlMessage } from './control.ts'
import { Delivery, parseJson, type StreamHandlers } from './delivery.ts'
import type { ConnectionMessage, MarketDataMessage, StreamProblem, StreamStatus } from './messages.ts'
import { readMessage } from './read-message.ts'
import { serverText, type CleanText } from './server-text.ts'
import { networkProblem, reactionTo } from './stream-problem.ts'
import { StreamSocket, type StreamOptions } from './stream-socket.ts'
import { Subscriptions } from './subscriptions.ts'
import { isWireObject, type MalformedKind } from './wire.ts'

/** A market-data stream's handlers. An exception in a handler is logged; the stream continues. */
export interface MarketDataHandlers extends StreamHandlers<MarketDataMessage | ConnectionMessage> {
  /** Every valid message, in order of arrival. `receivedAt`: epoch ms, the same for all of a frame. */
  onMessage(message: MarketDataMessage | ConnectionMessage, receivedAt: number): void
  /** An invalid message or frame, which was skipped. */
  onMalformed?(kind: MalformedKind): void
}

/** Data messages received since the start, by type. */
export type ReceivedCounts = Readonly<Record<MarketDataMessage['type'], number>>

/** How many symbols a report of rejected entries names. */
const NAMED = 10

/**
 * Alpaca's market-data stream: one connection that is kept up forever, with the desired subscriptions. They
 * can be changed at any time, even while disconnected; {@link subscriptions} has what the server confirmed.
 * Stops only when closed, or on a problem that a retry cannot fix (rejected keys, a feed that is not in the
 * plan).
 */
export class MarketDataStream {
  readonly #config: AlpacaConfig
  readonly #clean: CleanText
  readonly #socket: StreamSocket
  readonly #subscriptions = new Subscriptions()
  readonly #delivery: Delivery<MarketDataMessage | ConnectionMessage>
  readonly #received = {
    quote: 0,
    trade: 0,
    bar: 0,
    updatedBar: 0,
    dailyBar: 0,
    correction: 0,
    cancelError: 0,
    status: 0,
    luld: 0,
    imbalance: 0,
  }
  #answerTimer: NodeJS.Timeout | undefined

  constructor(config: AlpacaConfig, handlers: MarketDataHandlers, options: StreamOptions = {}) {
    secretOf(config)
    this.#config = config
    this.#clean = serverText(config).clean
    this.#delivery = new Delivery(handlers, options.clock)
    const protocol = {
      clean: this.#clean,
      opened: () => {}, // the server greets first
      frame: (text: string, receivedAt: number) => this.#frame(text, receivedAt),
      closed: () => this.#closed(),
      report: (message: ConnectionMessage) => this.#delivery.deliver(message, message.at),
    }
    this.#socket = new StreamSocket(config.wsUrl, protocol, this.#delivery.log, options)
  }

  /** The connection's current status. */
  get status(): StreamStatus {
    return this.#socket.status
  }

  /** What the server confirmed on this connection; empty while there is none. */
  get subscriptions(): ChannelLists {
    return listsOf(this.#subscriptions.confirmed)
  }

  /** What was subscribed, without what the server rejected. It is requested again after a reconnect. */
  get desired(): ChannelLists {
    return listsOf(this.#subscriptions.desired)
  }

  /** Data messages received since the start. */
  get received(): ReceivedCounts {
    return { ...this.#received }
  }

  /** Messages and frames that were skipped, by kind. */
  get malformed(): ReadonlyMap<MalformedKind, number> {
    return this.#delivery.malformed
  }

  /** Bytes received since the start, excluding the socket's own overhead. */
  get bytes(): number {
    return this.#socket.bytes
  }

  /** How often the stream has reconnected. */
  get reconnects(): number {
    return this.#socket.reconnects
  }

  /** Connects, unless it is already connected or connecting. Progress is reported by connection messages. */
  connect(): void {
    this.#socket.connect()
  }

  /** Disconnects for good; resolves once the socket is closed. */
  async close(): Promise<void> {
    await this.#socket.close()
  }

  /**
   * Disconnects and reconnects immediately: after sleep, a network change, or on a socket that is open but
   * silent.
   */
  reconnect(reason: string): void {
    this.#socket.redial(reason)
  }

  /**
   * Adds symbols to channels. What the plan or the feed rejects is undone and reported by a connection
   * message.
   */
  subscribe(channels: ChannelLists): void {
    this.#subscriptions.want(entriesOf(channels))
    this.#sendNext()
  }

  /** Removes symbols from channels. Their data may still arrive for a moment. */
  unsubscribe(channels: ChannelLists): void {
    this.#subscriptions.unwant(entriesOf(channels))
    this.#sendNext()
  }

  #frame(text: string, receivedAt: number): void {
    const items = parseJson(text)
    if (items === undefined) return this.#delivery.skip('not-json')
    if (!Array.isArray(items)) return this.#delivery.skip('not-an-array')
    for (const item of items as readonly unknown[]) this.#item(item, receivedAt)
  }

  #item(item: unknown, receivedAt: number): void {
    if (!isWireObject(item)) return this.#delivery.skip('not-an-object')
    if (isControl(item)) {
      const control = readControl(item)
      return control ? this.#control(control) : this.#delivery.skip('control')
    }
    const message = readMessage(item)
    if (typeof message === 'string') return this.#delivery.skip(message)
    this.#received[message.type] += 1
    this.#delivery.deliver(message, receivedAt)
  }

  #control(control: ControlMessage): void {
    switch (control.kind) {
      case 'connected':
        return this.#socket.send({
          action: 'auth',
          key: this.#config.apiKey,
          secret: secretOf(this.#config),
        })
      case 'authenticated':
        return this.#authenticated()
      case 'subscription':
        return this.#acknowledged(entriesOf(control.channels))
      case 'error':
        return this.#refused(control.code, control.message)
      default:
        return control satisfies never
    }
  }

  #authenticated(): void {
    this.#socket.happened({ kind: 'authenticated', at: this.#socket.now() })
    this.#sendNext()
  }

  #acknowledged(confirmed: readonly ChannelEntry[]): void {
    const declined = this.#subscriptions.acknowledge(confirmed)
    this.#socket.happened({ kind: 'acknowledged', entries: confirmed.length })
    if (declined.length > 0) {
      this.#complain({ kind: 'invalid-request', message: 'Alpaca left out symbols', fatal: false }, declined)
    }
    this.#answered()
  }

  #refused(code: number, message: string): void {
    const reaction = reactionTo(code, this.#clean(message))
    switch (reaction.kind) {
      case 'authenticated':
        return this.#authenticated()
      case 'hang-up':
        return this.#socket.fail(reaction.problem)
      case 'roll-back':
        return this.#undone(this.#subscriptions.rollBack(), reaction.problem)
      case 'suspect-symbols':
        return this.#undone(this.#subscriptions.suspectSymbols(), reaction.problem)
      case 'suspect-channels':
        return this.#undone(this.#subscriptions.suspectChannels(), reaction.problem)
      default:
        return reaction satisfies never
    }
  }

  #undone(entries: readonly ChannelEntry[], problem: StreamProblem): void {
    if (this.status === 'connected') return this.#socket.fail(problem) // the authentication message was rejected
    if (entries.length > 0) this.#complain(problem, entries)
    this.#answered()
  }

  /** Reports what was rejected, naming as many symbols as fit in a sentence. */
  #complain(problem: StreamProblem, entries: readonly ChannelEntry[]): void {
    const symbols = [...new Set(entries.map(symbolOf))]
    const more = symbols.length > NAMED ? ` and ${symbols.length - NAMED} more` : ''
    const message = `${problem.message}: ${symbols.slice(0, NAMED).join(', ')}${more}`
    this.#delivery.log.warn({ code: problem.code, entries }, message)
    this.#socket.report({ ...problem, message })
  }

  #answered(): void {
    clearTimeout(this.#answerTimer)
    this.#sendNext()
  }

  #sendNext(): void {
    if (this.status !== 'authenticated' && this.status !== 'subscribed') return
    const change = this.#subscriptions.takeNext()
    if (!change) return
    this.#socket.send({ action: change.action, ...listsOf(change.entries) })
    this.#answerTimer = setTimeout(
      () => this.#socket.fail(networkProblem('Alpaca did not answer a change of subscriptions')),
      this.#socket.timing.answerTimeoutMs,
    )
  }

  #closed(): void {
    clearTimeout(this.#answerTimer)
    this.#subscriptions.disconnect()
  }
}
