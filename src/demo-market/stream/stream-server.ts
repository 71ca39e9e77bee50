import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { MINUTE_MS } from '#shared/time'
import type { SimExchange, QuoteBoard } from '../exchange/index.ts'
import type { Fault, FaultBoard } from '../faults.ts'
import { FAKEPACA } from '../generator/index.ts'
import type { KeyCheck } from '../keys.ts'
import type { SentLedger } from '../sent.ts'
import { jsonCodec, msgpackCodec } from './codec.ts'
import { LiveTape, type Interest } from './live-tape.ts'
import { malformedFrame } from './malformed.ts'
import { STREAM_FEEDS, type StreamFeed } from './messages.ts'
import { MinuteMarks } from './minute-marks.ts'
import { StreamConnection } from './stream-connection.ts'
import type { StreamErrorCode } from './stream-error.ts'

const TICK_MS = 20
/** The test stream quotes every five seconds, as Alpaca's does. */
const TEST_RATE = 0.2
const DELAY_MS = { iex: 0, sip: 0, delayed_sip: 15 * MINUTE_MS, test: 0 } as const

/** The stream's parts and settings. */
export interface StreamOptions {
  readonly exchange: SimExchange
  readonly quotes: QuoteBoard
  readonly faults: FaultBoard
  readonly ledger: SentLedger
  readonly seed: number
  /** Quotes per second, of all symbols together. */
  readonly rate: number
  /** Symbols that always share the rate. */
  readonly symbols: readonly string[]
  /** How many connections may be authenticated on one feed at a time. */
  readonly connectionLimit: number
  readonly areKeys: KeyCheck
  readonly log: (line: string) => void
}

/** The market-data stream: its connections, and the tape of every feed that has a listener. */
export class StreamServer {
  readonly #options: StreamOptions
  readonly #connections = new Set<StreamConnection>()
  readonly #tapes: ReadonlyMap<StreamFeed, { live: LiveTape; marks: MinuteMarks }>
  readonly #stopTicking: () => void

  constructor(options: StreamOptions) {
    this.#options = options
    const { exchange, quotes, rate, seed } = options
    const now = exchange.clock.now()
    this.#tapes = new Map(
      STREAM_FEEDS.map((feed) => {
        const at = now - DELAY_MS[feed]
        const live = new LiveTape(exchange, quotes, {
          feed,
          rate: feed === 'test' ? TEST_RATE : rate,
          seed,
          at,
        })
        return [feed, { live, marks: new MinuteMarks(exchange, feed === 'iex' ? 'iex' : 'sip', at) }]
      }),
    )
    this.#stopTicking = exchange.clock.every(TICK_MS, () => this.#tick())
  }

  /** Takes over a socket that was upgraded for that feed. */
  accept(socket: WebSocket, feed: StreamFeed, { headers }: IncomingMessage): void {
    const { exchange, faults, ledger, log } = this.#options
    const codec = headers['content-type'] === 'application/msgpack' ? msgpackCodec : jsonCodec
    const connection = new StreamConnection(socket, feed, codec, {
      clock: exchange.clock,
      faults,
      ledger,
      log,
      refusalOf: (...asked) => this.#refusalOf(...asked),
    })
    this.#connections.add(connection)
    socket.on('close', () => this.#connections.delete(connection))
    const [key, secret] = [headers['apca-api-key-id'], headers['apca-api-secret-key']]
    connection.greet(key === undefined ? undefined : { key, secret })
  }

  /** Applies a fault's immediate effect to the open streams. */
  injectFault(fault: Fault): void {
    for (const connection of this.#connections) this.#inflict(fault, connection)
  }

  /** Resumes streams that were stalled or muted. */
  recover(): void {
    for (const connection of this.#connections) {
      connection.stalled = false
      connection.muted.clear()
    }
  }

  /** Ends every connection immediately. */
  cutAll(): void {
    for (const connection of this.#connections) connection.terminate()
  }

  stop(): void {
    this.#stopTicking()
    this.cutAll()
  }

  #inflict(fault: Fault, connection: StreamConnection): void {
    const { exchange, ledger } = this.#options
    switch (fault.kind) {
      case 'drop':
      case 'unreachable':
        return connection.terminate()
      case 'close':
        return connection.close(fault.code)
      case 'stream-error':
        return connection.fail(fault.code)
      case 'stall':
        connection.stalled = true
        return
      case 'mute':
        connection.muted.add(fault.symbol ?? '*')
        return
      case 'malformed': {
        ledger.malformedFrames++
        const [symbol = 'AAPL'] = connection.subscriptions.symbols()
        return connection.sendRaw(malformedFrame(fault.form, symbol, exchange.clock.now()))
      }
      case 'storm': {
        const at = exchange.clock.now() - DELAY_MS[connection.feed]
        const live = this.#tapes.get(connection.feed)?.live
        return connection.deliverAtOnce(live?.storm(at, fault.quotes, this.#interestIn([connection])) ?? [])
      }
      default: // the others take effect when somebody connects, authenticates or subscribes
    }
  }

  #refusalOf(asking: StreamConnection, key: unknown, secret: unknown): StreamErrorCode | undefined {
    const { faults, connectionLimit, areKeys } = this.#options
    const ordered = faults.take('refuse-auth')
    if (ordered !== undefined) return ordered.code
    if (!areKeys(key, secret)) return 402
    if (asking.feed === 'sip' && faults.active('basic-plan')) return 409
    const held = [...this.#connections].filter(
      ({ feed, authenticated }) => feed === asking.feed && authenticated,
    )
    return held.length >= connectionLimit ? 406 : undefined
  }

  #tick(): void {
    for (const [feed, { live, marks }] of this.#tapes) {
      const listening = [...this.#connections].filter((connection) => connection.feed === feed)
      const at = this.#options.exchange.clock.now() - DELAY_MS[feed]
      const symbols = this.#symbolsOn(feed, listening)
      const interest = this.#interestIn(listening)
      const faults = this.#options.faults
      const messages = [
        ...marks.run(at, symbols, interest, {
          duplicate: faults.active('duplicate-bars') !== undefined,
          late: faults.active('late-bars') !== undefined,
        }),
        ...live.run(at, symbols, interest),
      ]
      if (messages.length > 0) for (const connection of listening) connection.deliver(messages)
    }
  }

  #symbolsOn(feed: StreamFeed, listening: readonly StreamConnection[]): readonly string[] {
    if (listening.length === 0) return []
    if (feed === 'test') return [FAKEPACA.symbol]
    const symbols = new Set(this.#options.symbols)
    for (const { subscriptions } of listening)
      for (const symbol of subscriptions.symbols()) symbols.add(symbol)
    symbols.delete(FAKEPACA.symbol)
    return [...symbols]
  }

  #interestIn(listening: readonly StreamConnection[]): Interest {
    return (channel, symbol) => listening.some(({ subscriptions }) => subscriptions.has(channel, symbol))
  }
}
