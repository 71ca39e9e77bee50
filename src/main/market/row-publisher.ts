import type { MarketRow, Sparkline } from '#shared/market'
import type { Freshness } from '#shared/provenance'
import type { EpochMs, StockSymbol } from '#shared/units'
import type { QuoteMessage } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import type { Received } from './received.ts'
import { marketRow, toSparkline } from './row.ts'

/** How often to check each row's freshness and send the sizes of repeated quotes. */
const RECHECK_MS = 500

export interface RowPublisherDeps {
  readonly symbols: readonly StockSymbol[]
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly freshness: (symbol: string, now: EpochMs) => Freshness
  /** Receives the rows that changed since the last call, each complete. */
  readonly sendRows: (rows: readonly MarketRow[]) => void
  readonly sendSparklines: (sparklines: readonly Sparkline[]) => void
  /** Minimum time between two updates of one symbol, ms. */
  readonly throttleMs: number
  readonly clock: Clock
}

/** The rendered data of one symbol. */
interface Shown {
  readonly freshness: Freshness
  readonly quote: Received<QuoteMessage> | undefined
}

/**
 * Sends market data to the windows: only the newest values, at most once per throttle interval, all changed
 * symbols in one message, and nothing while no window is visible. Apart from the freshness check, no timer
 * runs while nothing changes.
 */
export class RowPublisher {
  readonly #deps: RowPublisherDeps
  readonly #clock: Clock
  readonly #changedRows = new Set<StockSymbol>()
  readonly #changedSparklines = new Set<StockSymbol>()
  readonly #shown = new Map<StockSymbol, Shown>()
  #symbols: ReadonlyMap<string, StockSymbol>
  #throttleMs: number
  #isVisible = false
  #sentAt = Number.NEGATIVE_INFINITY
  #cancelTick: (() => void) | undefined
  #stopRechecks: (() => void) | undefined

  constructor(deps: RowPublisherDeps) {
    this.#deps = deps
    this.#clock = deps.clock
    this.#throttleMs = deps.throttleMs
    this.#symbols = bySymbol(deps.symbols)
  }

  /** Starts listening; returns a function that stops it. */
  start(): () => void {
    const { bus } = this.#deps
    const stops = [
      bus.subscribe('quote', ({ message }) => this.#rowChanged(message.symbol)),
      bus.subscribe('trade', ({ message }) => this.#rowChanged(message.symbol)),
      bus.subscribe('tradeRevised', ({ symbol }) => this.#rowChanged(symbol)),
      bus.subscribe('dailyBar', ({ message }) => this.#rowChanged(message.symbol)),
      bus.subscribe('halt', ({ symbol }) => this.#rowChanged(symbol)),
      bus.subscribe('bar', ({ message }) => this.#barChanged(message.symbol)),
      bus.subscribe('filled', ({ symbols }) => symbols.forEach((symbol) => this.#barChanged(symbol))),
      bus.subscribe('session', () => this.#allChanged()), // a new day has a new baseline
      bus.subscribe('connection', () => this.#recheck()),
    ]
    return () => {
      stops.forEach((stop) => stop())
      this.setVisible(false)
    }
  }

  /** Replaces the watchlist. */
  watch(symbols: readonly StockSymbol[]): void {
    this.#symbols = bySymbol(symbols)
    for (const shown of this.#shown.keys()) if (!this.#symbols.has(shown)) this.#forget(shown)
    this.#allChanged()
  }

  setThrottle(throttleMs: number): void {
    this.#throttleMs = throttleMs
  }

  /** Whether any window is visible. Changes made while none was are sent as soon as one is. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return
    this.#isVisible = isVisible
    if (isVisible) {
      this.#stopRechecks = this.#clock.every(RECHECK_MS, () => this.#recheck())
      this.#recheck()
      this.#schedule()
    } else {
      this.#stopRechecks?.()
      this.#cancelTick?.()
      this.#cancelTick = undefined
    }
  }

  /** All current data, to paint the first frame. */
  snapshot(): { readonly rows: readonly MarketRow[]; readonly sparklines: readonly Sparkline[] } {
    const now = this.#clock.now()
    const symbols = [...this.#symbols.values()]
    return { rows: this.#rows(symbols, now), sparklines: this.#sparklines(symbols) }
  }

  #rowChanged(name: string): void {
    const symbol = this.#symbols.get(name)
    if (symbol === undefined) return
    this.#changedRows.add(symbol)
    this.#schedule()
  }

  #barChanged(name: string): void {
    const symbol = this.#symbols.get(name)
    if (symbol === undefined) return
    this.#changedSparklines.add(symbol)
    this.#rowChanged(name)
  }

  #allChanged(): void {
    for (const symbol of this.#symbols.keys()) this.#barChanged(symbol)
  }

  /**
   * Finds rows that changed without an event: their freshness, or sizes and timestamp from repeated quotes.
   */
  #recheck(): void {
    if (!this.#isVisible) return
    const now = this.#clock.now()
    for (const [name, symbol] of this.#symbols) {
      const shown = this.#shown.get(symbol)
      if (shown?.quote === this.#deps.cache.getQuote(name) && shown?.freshness === this.#freshness(name, now))
        continue
      this.#changedRows.add(symbol)
    }
    this.#schedule()
  }

  #freshness(symbol: string, now: EpochMs): Freshness {
    return this.#deps.freshness(symbol, now)
  }

  #schedule(): void {
    if (!this.#isVisible || this.#cancelTick !== undefined) return
    if (this.#changedRows.size === 0 && this.#changedSparklines.size === 0) return
    // Even the first change after a pause waits for the end of its frame, so that the whole frame is sent at
    // once.
    const wait = Math.max(0, this.#sentAt + this.#throttleMs - this.#clock.now())
    this.#cancelTick = this.#clock.after(wait, () => this.#tick())
  }

  #tick(): void {
    this.#cancelTick = undefined
    this.#sentAt = this.#clock.now()
    const rows = this.#rows([...this.#changedRows], this.#sentAt)
    const sparklines = this.#sparklines([...this.#changedSparklines])
    this.#changedRows.clear()
    this.#changedSparklines.clear()
    if (rows.length > 0) this.#deps.sendRows(rows)
    if (sparklines.length > 0) this.#deps.sendSparklines(sparklines)
  }

  #rows(symbols: readonly StockSymbol[], now: EpochMs): readonly MarketRow[] {
    return symbols.map((symbol) => this.#row(symbol, now))
  }

  #row(symbol: StockSymbol, now: EpochMs): MarketRow {
    const { cache } = this.#deps
    const view = cache.get(symbol)
    if (view === undefined) {
      this.#shown.set(symbol, { freshness: 'waiting', quote: undefined })
      return { symbol, freshness: 'waiting' }
    }
    const freshness = this.#freshness(symbol, now)
    this.#shown.set(symbol, { freshness, quote: view.quote })
    return marketRow(symbol, view, cache.day(symbol), freshness)
  }

  #sparklines(symbols: readonly StockSymbol[]): readonly Sparkline[] {
    const { cache } = this.#deps
    return symbols.flatMap((symbol) => {
      const view = cache.get(symbol)
      return view === undefined ? [] : [toSparkline(symbol, view, cache.day(symbol))]
    })
  }

  #forget(symbol: StockSymbol): void {
    this.#shown.delete(symbol)
    this.#changedRows.delete(symbol)
    this.#changedSparklines.delete(symbol)
  }
}

const bySymbol = (symbols: readonly StockSymbol[]): ReadonlyMap<string, StockSymbol> =>
  new Map(symbols.map((symbol) => [symbol, symbol]))
