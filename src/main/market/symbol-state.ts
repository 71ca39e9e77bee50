import type { Halt } from '#shared/market'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { BarMessage, QuoteMessage, StatusMessage, TradeMessage } from '#alpaca'
import { BarHistory, type BarEffect } from './bar-history.ts'
import { endedByTrade, haltAfter } from './halts.ts'
import { FUTURE_MS, isFetched, supersedes, type Received } from './received.ts'
import { setsLastPrice } from './trade-conditions.ts'

/** What a quote did: changed the price, repeated it (bid and ask as before), or came after a newer one. */
export type QuoteEffect = 'changed' | 'unchanged' | 'late'

/** A daily bar and the trading day it belongs to. */
export interface DailyBar {
  readonly day: ExchangeDay
  readonly bar: Received<BarMessage>
}

/** Ticks of one symbol within this time count as one burst: they come in clusters, and clusters are what is rare. */
const BURST_MS = 1_000

/** All that is known of one symbol, for reading. Absent means that it never came. */
export interface SymbolView {
  readonly quote: Received<QuoteMessage> | undefined
  /** The last trade that set a price; odd lots and the like do not. */
  readonly trade: Received<TradeMessage> | undefined
  /** The running bar of the latest day that has one, and the bar of the trading day before. */
  readonly daily: DailyBar | undefined
  readonly previousDaily: DailyBar | undefined
  readonly halt: Halt | undefined
  readonly bars: Pick<BarHistory, 'newest' | 'latest'>
  /** When the stream last spoke of this symbol, repeated quotes too, and the newest stamp that it gave. */
  readonly heardAt: EpochMs | undefined
  readonly heardStamp: EpochMs | undefined
  /** When a REST answer last confirmed the quote. */
  readonly fetchedAt: EpochMs | undefined
  /** Times that the stream spoke of it since the start; what comes within one second counts as one. */
  readonly bursts: number
}

/**
 * Keeps the messages of one symbol as they came, so that each price has its provenance and nothing is calculated before
 * someone reads it. Changed by the cache alone.
 */
export class SymbolState implements SymbolView {
  quote: Received<QuoteMessage> | undefined
  trade: Received<TradeMessage> | undefined
  daily: DailyBar | undefined
  previousDaily: DailyBar | undefined
  halt: Halt | undefined
  readonly bars = new BarHistory()
  heardAt: EpochMs | undefined
  heardStamp: EpochMs | undefined
  fetchedAt: EpochMs | undefined
  bursts = 0
  #burstSince = 0

  applyQuote(next: Received<QuoteMessage>): QuoteEffect {
    if (isFetched(next)) this.fetchedAt = next.receivedAt
    else this.#heard(next.message.at, next.receivedAt)
    const present = this.quote
    if (!supersedes(next, present)) return 'late'
    // A repeated quote is kept too: its sizes and its stamp are the true ones now.
    this.quote = next
    if (present === undefined || present.source !== next.source) return 'changed'
    const { bid, ask } = next.message
    return present.message.bid === bid && present.message.ask === ask ? 'unchanged' : 'changed'
  }

  /** True when it is the last trade now. */
  applyTrade(next: Received<TradeMessage>): boolean {
    const { at, conditions } = next.message
    if (!isFetched(next)) this.#heard(at, next.receivedAt)
    if (!setsLastPrice(conditions) || !supersedes(next, this.trade)) return false
    this.trade = next
    if (this.halt !== undefined && endedByTrade(this.halt, at)) this.halt = undefined
    return true
  }

  applyBar(next: Received<BarMessage>): BarEffect {
    const { type, at } = next.message
    if (type === 'bar' && !isFetched(next)) this.#heard(at + MINUTE_MS, next.receivedAt)
    return this.bars.insert(next)
  }

  /** True when it is the day's bar now, or that of the day before. */
  applyDaily(next: DailyBar): boolean {
    const present = this.daily
    if (present === undefined || next.day > present.day) {
      if (present !== undefined) this.previousDaily = present
      this.daily = next
      return true
    }
    if (next.day === present.day) {
      // The running bar only grows, so a fetched one with less volume was overtaken on its way by the stream.
      if (isFetched(next.bar) && next.bar.message.volume < present.bar.message.volume) return false
      this.daily = next
      return true
    }
    return this.#applyEarlierDaily(next)
  }

  /** True when trading stopped or went on. */
  applyStatus({ message }: Received<StatusMessage>): boolean {
    const before = this.halt
    this.halt = haltAfter(before, message)
    return this.halt !== before
  }

  /** Puts right, or takes away when `corrected` is absent, the trade with that id if it is the last one. */
  reviseTrade(id: string, corrected?: { readonly id: string; price: number; size: number }): boolean {
    if (this.trade?.message.id !== id) return false
    this.trade = corrected && { ...this.trade, message: { ...this.trade.message, ...corrected } }
    return true
  }

  /** The official close of an earlier day comes from REST and wins over the last running bar of that day. */
  #applyEarlierDaily(next: DailyBar): boolean {
    const known = this.previousDaily
    if (known !== undefined && next.day < known.day) return false
    this.previousDaily = next
    return true
  }

  #heard(at: EpochMs, receivedAt: EpochMs): void {
    this.heardAt = receivedAt
    const stamp = Math.min(at, receivedAt + FUTURE_MS)
    if (this.heardStamp === undefined || stamp > this.heardStamp) this.heardStamp = stamp
    const since = receivedAt - this.#burstSince
    if (since < BURST_MS && since >= 0) return
    this.#burstSince = receivedAt
    this.bursts++
  }
}
