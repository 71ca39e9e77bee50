import { handlersBy } from '#shared/rpc/pass-on'
import type { Mode } from '#shared/settings'
import type { StockSymbol } from '#shared/units'
import type { AlpacaConfig, Asset } from '#alpaca'
import { withoutTrading } from '../execution/index.ts'
import { StreamHandler } from '../market/index.ts'
import { createContext } from './create-context.ts'
import { MarketConnection, sourceOf } from './market-connection.ts'
import { CONNECTED_PARTS, SESSION_PARTS } from './parts.ts'
import {
  sessionContract,
  type AccountSessionDeps,
  type SessionContext,
  type SessionHandlers,
  type Stop,
} from './session-context.ts'

/**
 * Everything that belongs to one account and its market: its state, and the parts that live as long.
 * To change the account, this session is closed and another opened, so that the two never mix.
 */
export class AccountSession {
  readonly #deps: AccountSessionDeps
  readonly #context: SessionContext
  readonly #stops: Stop[]
  #view: { readonly throttleMs: number; readonly isVisible: boolean }
  #handlers: SessionHandlers
  #market: MarketConnection | undefined

  constructor(deps: AccountSessionDeps) {
    const { mode, throttleMs, isVisible, whyClosed, clock } = deps
    this.#deps = deps
    this.#view = { throttleMs, isVisible }
    this.#handlers = {
      ...handlersBy(sessionContract, (area, name) => {
        throw new Error(`no part answers ${area}.${name}`)
      }),
      trading: withoutTrading(mode, clock.now(), whyClosed),
    }
    const context = createContext(deps, {
      market: () => this.#market,
      answer: (area, handlers) => {
        this.#handlers = { ...this.#handlers, [area]: handlers }
      },
    })
    this.#context = context
    this.#stops = SESSION_PARTS.map((start) => start(context))
    context.bus.publish('view', this.#view)
  }

  /** Connects to a market, once: fills the cache by REST while the stream connects. */
  connect(config: AlpacaConfig): void {
    const { mode, clock, log } = this.#deps
    const { cache, bus, metrics, connection, watched } = this.#context
    const source = mode === 'demo' ? 'demo' : sourceOf(config)
    const connected = new MarketConnection({
      config,
      symbols: watched.all,
      handler: new StreamHandler({ cache, bus, meter: metrics, source, log }),
      onConnection: (message) => connection.handle(message),
      onMalformed: (kind) => metrics.trackError(kind, clock.now()),
      clock,
      log,
    })
    this.#market = connected
    const context = { ...this.#context, config, connected }
    this.#stops.push(...CONNECTED_PARTS.map((start) => start(context)))
  }

  /** The mode of this account: demo, paper or live. */
  get mode(): Mode {
    return this.#deps.mode
  }

  /** Handlers of the contract's calls; without a market those about trading say why nothing can be sent. */
  get handlers(): SessionHandlers {
    return this.#handlers
  }

  /** All assets that can be traded; none while not connected. */
  async assets(): Promise<readonly Asset[]> {
    return (await this.#market?.assets()) ?? []
  }

  /** Replaces the watchlist. */
  watch(symbols: readonly StockSymbol[]): void {
    this.#context.watched.setList(symbols)
  }

  /** Sets the least time between two updates of a symbol, and whether any window is visible. */
  show(change: { readonly throttleMs?: number; readonly isVisible?: boolean }): void {
    this.#view = { ...this.#view, ...change }
    this.#context.bus.publish('view', this.#view)
  }

  /** Reconnects, because the machine woke or changed its network. */
  refresh(reason: string): void {
    this.#context.bus.publish('refresh', { reason, isAsked: false })
  }

  /** Disconnects and ends all parts; nothing is reported afterward. */
  async close(): Promise<void> {
    await Promise.all(this.#stops.map(async (stop) => stop()))
  }
}
