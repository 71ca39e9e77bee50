import { exchangeDayOf } from '#shared/exchange-calendar'
import type { Source } from '#shared/provenance'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type {
  BarMessage,
  CancelErrorMessage,
  CorrectionMessage,
  QuoteMessage,
  StatusMessage,
  TradeMessage,
} from '#alpaca'
import type { BarEffect } from './bar-history.ts'
import { dayView, type DayView } from './day.ts'
import type { Received } from './received.ts'
import type { Split } from './splits.ts'
import { SymbolState, type QuoteEffect, type SymbolView } from './symbol-state.ts'

/** How many symbols that are no longer watched are kept. */
const MOST_AWAY = 400

/**
 * The latest data of every symbol; the counterpart of the plan's BarCache. Written by the stream handler and
 * the warm-up, read by everyone. It holds messages as received; Decimals are created when a price is read.
 */
export class BarCache {
  readonly #states = new Map<string, SymbolState>()
  /** Symbols that were watched before, the last ones last. */
  readonly #away = new Map<string, SymbolState>()
  #day: ExchangeDay | undefined
  #lastDaily: { readonly at: EpochMs; readonly day: ExchangeDay } | undefined

  /**
   * Sets the cached symbols. Those not listed are put away; watched again, they begin with what was known, so that
   * another watchlist is never blank. Others start empty.
   */
  watch(symbols: readonly string[]): void {
    const wanted = new Set(symbols)
    for (const [symbol, state] of this.#states) if (!wanted.has(symbol)) this.#putAway(symbol, state)
    for (const symbol of wanted) this.#resume(symbol)
  }

  /**
   * Starts a trading day: from now on, day fields are for that day, and changes are measured from the close
   * before it. Without a day the latest daily bar counts as today's, as in the demo market.
   */
  startDay(day: ExchangeDay | undefined): void {
    this.#day = day
  }

  has(symbol: string): boolean {
    return this.#states.has(symbol)
  }

  /** Everything known about the symbol; undefined if it is not cached. */
  get(symbol: string): SymbolView | undefined {
    return this.#states.get(symbol)
  }

  getQuote(symbol: string): Received<QuoteMessage> | undefined {
    return this.#states.get(symbol)?.quote
  }

  /** The day's running bar, and the close that is the baseline of changes. */
  day(symbol: string): DayView {
    const state = this.#states.get(symbol)
    return state === undefined ? { today: undefined, previousClose: undefined } : dayView(state, this.#day)
  }

  allSymbols(): readonly string[] {
    return [...this.#states.keys()]
  }

  /** Sets the widest spread, as a fraction of the mid, with which the symbol's quotes set its price. */
  setWidestSpread(symbol: string, widest: number): void {
    this.#stateOf(symbol).widestSpread = widest
  }

  updateQuote(quote: Received<QuoteMessage>): QuoteEffect {
    return this.#stateOf(quote.message.symbol).applyQuote(quote)
  }

  updateBar(bar: Received<BarMessage>): BarEffect {
    return this.#stateOf(bar.message.symbol).applyBar(bar)
  }

  /**
   * True unless newer data of that day is already known. `feed`: whose trades it is made of, for a bar that was
   * fetched.
   */
  updateDailyBar(bar: Received<BarMessage>, feed: Source = bar.source): boolean {
    return this.#stateOf(bar.message.symbol).applyDaily({ day: this.#dayOf(bar.message.at), feed, bar })
  }

  /** Sets the newest official daily bar, of the consolidated tape. */
  setOfficialDailyBar(bar: Received<BarMessage>, feed: Source): void {
    this.#stateOf(bar.message.symbol).official = { day: this.#dayOf(bar.message.at), feed, bar }
  }

  /** Sets the symbol's splits whose ex-day has begun. */
  setSplits(symbol: string, splits: readonly Split[]): void {
    this.#stateOf(symbol).splits = splits
  }

  /** True if it is now the last trade. */
  updateTrade(trade: Received<TradeMessage>): boolean {
    return this.#stateOf(trade.message.symbol).applyTrade(trade)
  }

  /** True if the status halted the symbol or resumed its trading. */
  updateStatus(status: Received<StatusMessage>): boolean {
    return this.#stateOf(status.message.symbol).applyStatus(status)
  }

  /** True if the corrected or canceled trade was the last one. */
  reviseTrade(message: CorrectionMessage | CancelErrorMessage): boolean {
    const state = this.#stateOf(message.symbol)
    const { exchange } = message
    return message.type === 'correction'
      ? state.reviseTrade({ exchange, id: message.original.id }, message.corrected)
      : state.reviseTrade({ exchange, id: message.id })
  }

  #putAway(symbol: string, state: SymbolState): void {
    this.#states.delete(symbol)
    this.#away.delete(symbol)
    this.#away.set(symbol, state)
    for (const oldest of this.#away.keys()) {
      if (this.#away.size <= MOST_AWAY) return
      this.#away.delete(oldest)
    }
  }

  #resume(symbol: string): void {
    const state = this.#away.get(symbol)
    this.#away.delete(symbol)
    if (state === undefined || this.#states.has(symbol)) return void this.#stateOf(symbol)
    state.resume()
    this.#states.set(symbol, state)
  }

  #stateOf(symbol: string): SymbolState {
    const known = this.#states.get(symbol)
    if (known !== undefined) return known
    const state = new SymbolState()
    this.#states.set(symbol, state)
    return state
  }

  /** The Eastern Time day of a daily bar; all symbols share the timestamp, and finding the day is slow. */
  #dayOf(at: EpochMs): ExchangeDay {
    if (this.#lastDaily?.at !== at) this.#lastDaily = { at, day: exchangeDayOf(at) }
    return this.#lastDaily.day
  }
}
