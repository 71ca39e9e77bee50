import * as z from 'zod'
import type { HistoricalBar } from './bar.ts'
import { barsCall, pageBound, readBarsPage, type BarsPage, type BarsRequest } from './bars.ts'
import { machineClock } from './clock.ts'
import type { AlpacaConfig } from './config.ts'
import {
  corporateActionsCall,
  MAX_ACTION_PAGES,
  readCorporateActions,
  type CorporateAction,
  type CorporateActionsRequest,
} from './corporate-actions.ts'
import { AlpacaError } from './error.ts'
import {
  latestBar,
  latestQuote,
  latestTrade,
  readLatest,
  readSnapshots,
  type LatestFeed,
  type Snapshot,
} from './latest.ts'
import { OncePerMinute, silentLog, type AlpacaLog } from './log.ts'
import type { BarMessage, QuoteMessage, TradeMessage } from './messages.ts'
import { pages } from './pages.ts'
import type { RateLimit } from './rate-limiter.ts'
import {
  asset,
  calendarDay,
  marketClock,
  type Asset,
  type AssetsRequest,
  type CalendarDay,
  type CalendarRequest,
  type MarketClock,
} from './reference.ts'
import { FIRST_RETRY_MS } from './retry.ts'
import { Transport, type Call, type CallOptions, type Query } from './transport.ts'

/** A client's options besides its configuration. */
export interface ClientOptions {
  readonly fetch?: typeof globalThis.fetch
  /** Epoch ms; this machine's if absent. */
  readonly clock?: () => number
  readonly log?: AlpacaLog
  /** For one try, from sending to the last byte of the answer; 15 s if absent. */
  readonly timeoutMs?: number
  /** Delay before a failed call is retried, doubled with every try; 500 ms if absent. */
  readonly firstRetryMs?: number
}

/** Options of the calls for latest prices. */
export interface LatestOptions extends CallOptions {
  /** The configured feed if absent; if that has no REST counterpart, what the plan allows. */
  readonly feed?: LatestFeed
}

const DEFAULT_TIMEOUT_MS = 15_000

/** The calls that read market data and reference data. Each throws {@link AlpacaError} when it fails. */
export class MarketDataClient {
  protected readonly transport: Transport
  readonly #feed: LatestFeed | undefined
  readonly #log: AlpacaLog
  readonly #clock: () => number
  readonly #mayTell = new OncePerMinute()

  constructor(config: AlpacaConfig, options: ClientOptions = {}) {
    this.#log = options.log ?? silentLog
    this.#clock = options.clock ?? machineClock
    this.#feed = config.feed === 'test' ? undefined : config.feed
    this.transport = new Transport(config, {
      fetch: options.fetch ?? globalThis.fetch,
      clock: this.#clock,
      log: this.#log,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      firstRetryMs: options.firstRetryMs ?? FIRST_RETRY_MS,
      random: Math.random,
    })
  }

  /** The scarcer of the two budgets. */
  get rateLimit(): RateLimit {
    const { trading, data } = this.rateLimits
    return trading.remaining < data.remaining ? trading : data
  }

  /** Requests left on each host; they do not share a budget. */
  get rateLimits(): { readonly trading: RateLimit; readonly data: RateLimit } {
    return { trading: this.transport.rateLimit('trading'), data: this.transport.rateLimit('data') }
  }

  /**
   * Historical bars, page by page, so that five years need no more memory than one page. Throws
   * `invalid_response` if a page token repeats or there are more pages than the range can fill.
   */
  async *bars(request: BarsRequest, options: CallOptions = {}): AsyncGenerator<BarsPage, void, undefined> {
    if (request.symbols.length === 0) return
    yield* pages(pageBound(request), async (token, requestCount) => {
      const page = await this.transport.callRaw(barsCall(request, token), readBarsPage, options)
      for (const { symbol, reason } of page.rejected) this.#skipped(`bar of ${symbol}: ${reason}`)
      return { ...page, requestCount }
    })
  }

  /** Historical bars by symbol, all pages together; symbols without any are absent. */
  async getBars(
    request: BarsRequest,
    options: CallOptions = {},
  ): Promise<ReadonlyMap<string, readonly HistoricalBar[]>> {
    const all = new Map<string, HistoricalBar[]>()
    for await (const { bars } of this.bars(request, options)) {
      for (const [symbol, found] of bars) {
        const sofar = all.get(symbol)
        if (sofar) for (const bar of found) sofar.push(bar)
        else all.set(symbol, [...found])
      }
    }
    return all
  }

  /** The latest minute bar of each symbol that has one. */
  async getLatestBars(
    symbols: readonly string[],
    options: LatestOptions = {},
  ): Promise<ReadonlyMap<string, BarMessage>> {
    return this.#latest('bars', latestBar, symbols, options)
  }

  /** The latest minute bar; `not_found` if there is none. */
  async getLatestBar(symbol: string, options: LatestOptions = {}): Promise<BarMessage> {
    return one(await this.getLatestBars([symbol], options), symbol)
  }

  /** The latest best bid and ask of each symbol that has one. */
  async getLatestQuotes(
    symbols: readonly string[],
    options: LatestOptions = {},
  ): Promise<ReadonlyMap<string, QuoteMessage>> {
    return this.#latest('quotes', latestQuote, symbols, options)
  }

  /** The latest best bid and ask; `not_found` if there is none. */
  async getLatestQuote(symbol: string, options: LatestOptions = {}): Promise<QuoteMessage> {
    return one(await this.getLatestQuotes([symbol], options), symbol)
  }

  /** The latest price-setting trade of each symbol; never an odd lot. */
  async getLatestTrades(
    symbols: readonly string[],
    options: LatestOptions = {},
  ): Promise<ReadonlyMap<string, TradeMessage>> {
    return this.#latest('trades', latestTrade, symbols, options)
  }

  /** The latest trade; `not_found` if there is none. */
  async getLatestTrade(symbol: string, options: LatestOptions = {}): Promise<TradeMessage> {
    return one(await this.getLatestTrades([symbol], options), symbol)
  }

  /** Latest trade, quote, minute bar, and the bars of today and the day before, for each known symbol. */
  async getSnapshots(
    symbols: readonly string[],
    options: LatestOptions = {},
  ): Promise<ReadonlyMap<string, Snapshot>> {
    if (symbols.length === 0) return new Map()
    const call = this.#dataCall('/v2/stocks/snapshots', symbols, options)
    const read = (json: unknown) => readSnapshots(json, (symbol) => this.#skipped(`snapshot of ${symbol}`))
    return this.transport.callRaw(call, read, options)
  }

  /** The snapshot of one symbol; `not_found` if the symbol is unknown. */
  async getSnapshot(symbol: string, options: LatestOptions = {}): Promise<Snapshot> {
    return one(await this.getSnapshots([symbol], options), symbol)
  }

  /** Splits, symbol changes and cash dividends, all pages together; an invalid one is skipped. */
  async getCorporateActions(
    request: CorporateActionsRequest,
    options: CallOptions = {},
  ): Promise<readonly CorporateAction[]> {
    if (request.symbols.length === 0) return []
    const all: CorporateAction[] = []
    const walk = pages(MAX_ACTION_PAGES, (token) =>
      this.transport.callRaw(corporateActionsCall(request, token), readCorporateActions, options),
    )
    for await (const { actions, rejected } of walk) {
      all.push(...actions)
      for (const reason of rejected) this.#skipped(`corporate action: ${reason}`)
    }
    return all
  }

  /** Trading days with their hours; closed days are omitted. */
  async getCalendar(request: CalendarRequest, options: CallOptions = {}): Promise<readonly CalendarDay[]> {
    const query = { start: request.start, end: request.end }
    return this.transport.call(trading('/v2/calendar', query), z.array(calendarDay), options)
  }

  /** The exchange's time, and whether it is open. */
  async getClock(options: CallOptions = {}): Promise<MarketClock> {
    return this.transport.call(trading('/v2/clock'), marketClock, options)
  }

  /** All matching US stocks, some 11,000; an invalid one is skipped. */
  async getAssets(request: AssetsRequest = {}, options: CallOptions = {}): Promise<readonly Asset[]> {
    const { status = 'active', exchange } = request
    const query = { status, asset_class: 'us_equity', exchange }
    const list = await this.transport.call(trading('/v2/assets', query), z.array(z.unknown()), options)
    return list.flatMap((item) => {
      const read = asset.safeParse(item)
      if (!read.success) this.#skipped('asset')
      return read.success ? [read.data] : []
    })
  }

  /** One asset by its symbol, id or CUSIP. */
  async getAsset(symbol: string, options: CallOptions = {}): Promise<Asset> {
    return this.transport.call(trading(`/v2/assets/${encodeURIComponent(symbol)}`), asset, options)
  }

  async #latest<T>(
    key: 'bars' | 'quotes' | 'trades',
    read: Parameters<typeof readLatest<T>>[2],
    symbols: readonly string[],
    options: LatestOptions,
  ): Promise<ReadonlyMap<string, T>> {
    if (symbols.length === 0) return new Map()
    const call = this.#dataCall(`/v2/stocks/${key}/latest`, symbols, options)
    const skipped = (symbol: string) => this.#skipped(`latest of ${key} of ${symbol}`)
    return this.transport.callRaw(call, (json) => readLatest(json, key, read, skipped), options)
  }

  #dataCall(path: string, symbols: readonly string[], { feed = this.#feed }: LatestOptions): Call {
    return { host: 'data', method: 'GET', path, query: { symbols: symbols.join(','), feed } }
  }

  #skipped(what: string): void {
    const heldBack = this.#mayTell.mayTell('skipped', this.#clock())
    if (heldBack !== undefined)
      this.#log.warn(
        { what: this.transport.clean(what), heldBack },
        'Left out what makes no sense in an answer',
      )
  }
}

const trading = (path: string, query: Query = {}): Call => ({ host: 'trading', method: 'GET', path, query })

function one<T>(latest: ReadonlyMap<string, T>, symbol: string): T {
  const found = latest.get(symbol)
  if (found === undefined) throw new AlpacaError('not_found', `Unknown at Alpaca: ${symbol}`)
  return found
}
