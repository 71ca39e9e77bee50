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
 * Everything that belongs to one account and its market: what is known of it, and the parts that live as long as it
 * does. Changing the account means closing this session and opening another, so that nothing of one stands beside the
 * other.
 */
export class AccountSession {
  readonly #deps: AccountSessionDeps
  readonly #context: SessionContext
  readonly #stops: Stop[]
  #view: { readonly throttleMs: number; readonly isVisible: boolean }
  #handlers: SessionHandlers
  #market: MarketConnection | undefined

  constructor(deps: AccountSessionDeps) {
    const { mode, throttleMs, isVisible, clock } = deps
    this.#deps = deps
    this.#view = { throttleMs, isVisible }
    this.#handlers = {
      ...handlersBy(sessionContract, (area, name) => {
        throw new Error(`no part answers ${area}.${name}`)
      }),
      trading: withoutTrading(mode, clock.now()),
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

  /** Dials a market, once: fills the cache by REST while the stream connects. */
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

  /** Whose money is traded here. */
  get mode(): Mode {
    return this.#deps.mode
  }

  /** Answers the contract's calls by the parts; without a market those about trading say why nothing can be sent. */
  get handlers(): SessionHandlers {
    return this.#handlers
  }

  /** Everything that can be traded; nothing while there is no market. */
  async assets(): Promise<readonly Asset[]> {
    return (await this.#market?.assets()) ?? []
  }

  /** Replaces the watch list. */
  watch(symbols: readonly StockSymbol[]): void {
    this.#context.watched.setList(symbols)
  }

  /** How the windows want the market: least time between two updates of a symbol, and whether anything can be seen. */
  show(change: { readonly throttleMs?: number; readonly isVisible?: boolean }): void {
    this.#view = { ...this.#view, ...change }
    this.#context.bus.publish('view', this.#view)
  }

  /** Hangs up and dials anew: the machine woke or changed its network. */
  refresh(reason: string): void {
    this.#context.bus.publish('refresh', { reason, isAsked: false })
  }

  /** Hangs up and ends everything; nothing is told afterwards. */
  async close(): Promise<void> {
    await Promise.all(this.#stops.map(async (stop) => stop()))
  }
}
