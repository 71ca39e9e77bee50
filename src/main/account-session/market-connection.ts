import type { Source } from '#shared/provenance'
import type { Feed } from '#shared/settings'
import {
  AlpacaClient,
  foreignHost,
  MarketDataStream,
  type AlpacaConfig,
  type Asset,
  type ConnectionMessage,
  type MarketDataHandlers,
  type RateLimit,
} from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { StreamHandler } from '../market/index.ts'
import { FREE_PLAN_LIMIT, subscriptionFor, withoutThose } from './subscription.ts'

interface MarketConnectionDeps {
  readonly config: AlpacaConfig
  readonly symbols: readonly string[]
  readonly handler: StreamHandler
  readonly onConnection: (message: ConnectionMessage) => void
  readonly onMalformed: (kind: string) => void
  readonly clock: Clock
  readonly log: Log
}

/** The connection to one market: its REST client, and its stream, kept up from the start until closed. */
export class MarketConnection {
  readonly client: AlpacaClient
  readonly feed: Feed
  readonly #config: AlpacaConfig
  readonly #stream: MarketDataStream
  /** The server refused for a reason that only a new attempt can find fixed. */
  #isRefused = false
  #symbols: readonly string[]
  #assets: readonly Asset[] | undefined

  constructor({ config, symbols, handler, onConnection, onMalformed, clock, log }: MarketConnectionDeps) {
    this.#config = config
    this.feed = config.feed === 'iex' ? 'iex' : 'sip'
    const now = () => clock.now()
    this.client = new AlpacaClient(config, { clock: now, log })
    const handlers: MarketDataHandlers = {
      onMessage: (message, receivedAt) => {
        if (message.type !== 'connection') return handler.handle(message, receivedAt)
        this.#isRefused = message.problem?.fatal === true
        onConnection(message)
        if (message.problem?.kind === 'symbol-limit') this.#settleForFewer()
      },
      onMalformed,
      log,
    }
    this.#stream = new MarketDataStream(config, handlers, { clock: now })
    this.#symbols = symbols
    this.#stream.subscribe(subscriptionFor(symbols, config.feed))
    this.#stream.connect()
  }

  /** Number of symbols whose quotes the server confirmed. */
  get subscribed(): number {
    return this.#stream.subscriptions.quotes?.length ?? 0
  }

  get bytes(): number {
    return this.#stream.bytes
  }

  get rateLimit(): RateLimit {
    return this.client.rateLimit
  }

  /** Replaces the watchlist; symbols on both lists stay subscribed. */
  watch(symbols: readonly string[]): void {
    this.#symbols = symbols
    const wanted = subscriptionFor(symbols, this.#config.feed)
    this.#stream.unsubscribe(withoutThose(this.#stream.desired, wanted))
    this.#stream.subscribe(wanted)
  }

  /** Subscribes to the first symbols only, after the whole list was rejected as too long for the plan. */
  #settleForFewer(): void {
    if (this.subscribed > 0 || this.#symbols.length <= FREE_PLAN_LIMIT) return
    this.#stream.subscribe(subscriptionFor(this.#symbols.slice(0, FREE_PLAN_LIMIT), this.#config.feed))
  }

  /** Closes and reopens the connection immediately, even after a refusal, which the stream takes as final. */
  reconnect(reason: string): void {
    if (this.#isRefused) this.#stream.connect()
    else this.#stream.reconnect(reason)
  }

  /** All assets that can be traded, fetched once. */
  async assets(): Promise<readonly Asset[]> {
    this.#assets ??= await this.client.getAssets()
    return this.#assets
  }

  async close(): Promise<void> {
    await this.#stream.close()
  }
}

/** The source to show for prices of a config's stream: a feed's name only if it comes from Alpaca's own host. */
export function sourceOf(config: AlpacaConfig): Source {
  const host = foreignHost(config, 'wsUrl')
  if (host !== undefined) return `host:${config.feed}@${host}`
  return config.feed
}
