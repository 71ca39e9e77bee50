import { secretOf, type AlpacaConfig } from './config.ts'
import { Delivery, parseJson, type StreamHandlers } from './delivery.ts'
import type { ConnectionMessage, StreamStatus } from './messages.ts'
import { serverText, type ServerText } from './server-text.ts'
import { networkProblem } from './stream-problem.ts'
import { StreamSocket, type StreamOptions } from './stream-socket.ts'
import { tradeUpdate, type TradeUpdateMessage } from './trade-update.ts'
import { isWireObject, type MalformedKind, type WireObject } from './wire.ts'

/** An order-update stream's handlers. An exception in a handler is logged; the stream continues. */
export interface TradeUpdatesHandlers extends StreamHandlers<TradeUpdateMessage | ConnectionMessage> {
  /** Every update and connection change, in order of arrival. `receivedAt`: epoch ms. */
  onMessage(message: TradeUpdateMessage | ConnectionMessage, receivedAt: number): void
  /** The stream is up again after a disconnect: updates may have been missed, and REST has them. */
  onReconnected?(): void
  /** An invalid update, which was skipped: its order should be read over REST. */
  onMalformed?(kind: MalformedKind): void
}

/** The one stream that Signal listens to here. */
const STREAM = 'trade_updates'

/** What paper sends now and then to keep the connection open. */
const HEARTBEAT = '\u0001'

/**
 * Alpaca's stream of order updates: one connection that is kept up forever. Updates missed while disconnected
 * are not sent again, so the listener fills the gap over REST after
 * {@link TradeUpdatesHandlers.onReconnected}; repeats are delivered as they come. Frames are read by content,
 * because paper sends text in binary frames.
 */
export class TradeUpdatesStream {
  readonly #config: AlpacaConfig
  readonly #text: ServerText
  readonly #handlers: TradeUpdatesHandlers
  readonly #socket: StreamSocket
  readonly #delivery: Delivery<TradeUpdateMessage | ConnectionMessage>
  /**
   * Which of the two authentication messages to send; the other one if a server does not accept the first.
   */
  #form: 'authenticate' | 'auth' = 'authenticate'
  #formsTried = 0
  #authorized = false
  #listened = false
  #answerTimer: NodeJS.Timeout | undefined

  constructor(config: AlpacaConfig, handlers: TradeUpdatesHandlers, options: StreamOptions = {}) {
    secretOf(config)
    this.#config = config
    this.#text = serverText(config)
    this.#handlers = handlers
    this.#delivery = new Delivery(handlers, options.clock)
    const protocol = {
      clean: this.#text.clean,
      opened: () => this.#opened(),
      frame: (text: string, receivedAt: number) => this.#frame(text, receivedAt),
      closed: () => this.#closed(),
      report: (message: ConnectionMessage) => this.#delivery.deliver(message, message.at),
    }
    this.#socket = new StreamSocket(config.tradeUpdatesUrl, protocol, this.#delivery.log, options)
  }

  /** The connection's current status. */
  get status(): StreamStatus {
    return this.#socket.status
  }

  /** Messages and frames that were skipped, by kind. */
  get malformed(): ReadonlyMap<MalformedKind, number> {
    return this.#delivery.malformed
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

  /** Disconnects and reconnects immediately: after sleep or a network change. */
  reconnect(reason: string): void {
    this.#socket.redial(reason)
  }

  #opened(): void {
    this.#formsTried = 0
    this.#authorized = false
    this.#presentKeys()
  }

  #presentKeys(): void {
    const { apiKey } = this.#config
    const secret = secretOf(this.#config)
    this.#formsTried += 1
    this.#socket.send(
      this.#form === 'authenticate'
        ? { action: 'authenticate', data: { key_id: apiKey, secret_key: secret } }
        : { action: 'auth', key: apiKey, secret },
    )
  }

  #frame(text: string, receivedAt: number): void {
    if (text === HEARTBEAT) return
    const message = parseJson(this.#text.redact(text))
    if (message === undefined) return this.#delivery.skip('not-json')
    if (!isWireObject(message)) return this.#delivery.skip('not-an-object')
    const data = isWireObject(message['data']) ? message['data'] : {}
    switch (message['stream']) {
      case 'authorization':
        return this.#authorization(data)
      case 'listening':
        return this.#listening(data)
      case STREAM:
        return this.#update(data, receivedAt)
      default:
        return this.#delivery.skip('unknown-type')
    }
  }

  #authorization({ status, message }: WireObject): void {
    if (status === 'authorized') {
      this.#authorized = true
      this.#socket.happened({ kind: 'authenticated', at: this.#socket.now() })
      this.#socket.send({ action: 'listen', data: { streams: [STREAM] } })
      this.#answerTimer = setTimeout(
        () => this.#socket.fail(networkProblem('Alpaca did not confirm the order updates')),
        this.#socket.timing.answerTimeoutMs,
      )
      return
    }
    this.#form = this.#form === 'auth' ? 'authenticate' : 'auth'
    if (this.status === 'connected' && this.#formsTried < 2) return this.#presentKeys()
    const reason = typeof message === 'string' ? this.#text.clean(message) : 'unauthorized'
    this.#socket.fail({
      kind: 'auth',
      message: `Alpaca refused the keys for order updates (${reason}). Check that they belong to this account`,
      fatal: true,
    })
  }

  #listening({ streams }: WireObject): void {
    clearTimeout(this.#answerTimer)
    if (!Array.isArray(streams) || !streams.includes(STREAM)) {
      const message = 'Alpaca does not offer order updates to this account'
      return this.#socket.fail({ kind: 'subscription', message, fatal: true })
    }
    this.#socket.happened({ kind: 'acknowledged', entries: streams.length })
    if (this.#listened) this.#delivery.guard(() => this.#handlers.onReconnected?.())
    this.#listened = true
  }

  #update(data: WireObject, receivedAt: number): void {
    const update = tradeUpdate.safeParse(data)
    if (update.success) this.#delivery.deliver(update.data, receivedAt)
    else this.#delivery.skip('order-update')
  }

  #closed(): void {
    clearTimeout(this.#answerTimer)
    // If not authorized, the other form is tried next time: a server may ignore the one that it does not
    // know.
    if (!this.#authorized) this.#form = this.#form === 'auth' ? 'authenticate' : 'auth'
  }
}
