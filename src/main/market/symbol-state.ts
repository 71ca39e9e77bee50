import type { Halt } from '#shared/market'
import type { Source } from '#shared/provenance'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { BarMessage, CorrectionMessage, QuoteMessage, StatusMessage, TradeMessage } from '#alpaca'
import { BarHistory, type BarEffect } from './bar-history.ts'
import { endedByTrade, haltAfter } from './halts.ts'
import { FUTURE_MS, isFetched, supersedes, type Received } from './received.ts'
import type { Split } from './splits.ts'
import { setsLastPrice } from './trade-conditions.ts'
import { NARROW } from './usual-spread.ts'

/** What a quote did: changed the price, repeated it (same bid and ask), or came after a newer one. */
export type QuoteEffect = 'changed' | 'unchanged' | 'late'

/** A daily bar and the trading day it belongs to. */
export interface DailyBar {
  readonly day: ExchangeDay
  /** Whose trades it is made of. */
  readonly feed: Source
  readonly bar: Received<BarMessage>
}

/**
 * Ticks of one symbol within this time count as one burst: they come in clusters, and clusters are the rare
 * event.
 */
const BURST_MS = 1_000

/** Read-only view of all data of one symbol. Absent means that it never came. */
export interface SymbolView {
  readonly quote: Received<QuoteMessage> | undefined
  /** The last trade that set a price; odd lots and the like do not. */
  readonly trade: Received<TradeMessage> | undefined
  /** The running bar of the latest day that has one, and the bar of the trading day before. */
  readonly daily: DailyBar | undefined
  readonly previousDaily: DailyBar | undefined
  /** The newest official daily bar that was fetched: of the consolidated tape, and never of today. */
  readonly official: DailyBar | undefined
  /** Splits whose ex-day has begun. */
  readonly splits: readonly Split[]
  readonly halt: Halt | undefined
  readonly bars: Pick<BarHistory, 'newest' | 'latest'>
  /** The widest spread, as a fraction of the mid, with which a quote sets the price. */
  readonly widestSpread: number
  /**
   * When the stream last sent anything for this symbol, including repeated quotes, and the newest timestamp
   * that it gave.
   */
  readonly heardAt: EpochMs | undefined
  readonly heardStamp: EpochMs | undefined
  /** When a REST answer last confirmed the quote. */
  readonly fetchedAt: EpochMs | undefined
  /** All data is from before the symbol was watched again, and nothing has confirmed it since. */
  readonly isLeftOver: boolean
  /** Number of bursts from the stream since the start; everything within one second counts as one. */
  readonly bursts: number
}

/** What names a trade: ids of two exchanges may be equal. */
type TradeKey = Pick<TradeMessage, 'exchange' | 'id'>

const isTrade = ({ message }: Received<TradeMessage>, { exchange, id }: TradeKey): boolean =>
  id !== '' && message.id === id && message.exchange === exchange

/**
 * Keeps the messages of one symbol as received, so that each price has its provenance and nothing is
 * calculated before it is read. Modified only by the cache.
 */
export class SymbolState implements SymbolView {
  quote: Received<QuoteMessage> | undefined
  trade: Received<TradeMessage> | undefined
  daily: DailyBar | undefined
  previousDaily: DailyBar | undefined
  official: DailyBar | undefined
  splits: readonly Split[] = []
  halt: Halt | undefined
  readonly bars = new BarHistory()
  widestSpread = NARROW
  heardAt: EpochMs | undefined
  heardStamp: EpochMs | undefined
  fetchedAt: EpochMs | undefined
  isLeftOver = false
  bursts = 0
  #burstSince = 0
  /** The trade that set the price before the last one. */
  #tradeBefore: Received<TradeMessage> | undefined

  /** The symbol is watched again: what is known is shown until it is confirmed, and a halt may have ended meanwhile. */
  resume(): void {
    this.isLeftOver = true
    this.halt = undefined
    this.heardAt = undefined
    this.heardStamp = undefined
  }

  applyQuote(next: Received<QuoteMessage>): QuoteEffect {
    this.isLeftOver = false
    if (isFetched(next)) this.fetchedAt = next.receivedAt
    else this.#heard(next.message.at, next.receivedAt)
    const present = this.quote
    if (!supersedes(next, present)) return 'late'
    // A repeated quote is kept too: its sizes and its timestamp are the current ones.
    this.quote = next
    if (present === undefined || present.source !== next.source) return 'changed'
    const { bid, ask } = next.message
    return present.message.bid === bid && present.message.ask === ask ? 'unchanged' : 'changed'
  }

  /** True if it is now the last trade. */
  applyTrade(next: Received<TradeMessage>): boolean {
    const { at, conditions } = next.message
    this.isLeftOver = false
    if (!isFetched(next)) this.#heard(at, next.receivedAt)
    if (!setsLastPrice(conditions) || !supersedes(next, this.trade)) return false
    if (this.trade !== undefined && !isTrade(this.trade, next.message)) this.#tradeBefore = this.trade
    this.trade = next
    if (this.halt !== undefined && endedByTrade(this.halt, at)) this.halt = undefined
    return true
  }

  applyBar(next: Received<BarMessage>): BarEffect {
    const { type, at } = next.message
    if (type === 'bar' && !isFetched(next)) this.#heard(at + MINUTE_MS, next.receivedAt)
    return this.bars.insert(next)
  }

  /** True if it is now the bar of the day or of the day before. */
  applyDaily(next: DailyBar): boolean {
    const present = this.daily
    if (present === undefined || next.day > present.day) {
      if (present !== undefined) this.previousDaily = present
      this.daily = next
      return true
    }
    if (next.day === present.day) {
      // The running bar only grows, so a fetched one with less volume was overtaken by the stream.
      if (isFetched(next.bar) && next.bar.message.volume < present.bar.message.volume) return false
      this.daily = next
      return true
    }
    return this.#applyEarlierDaily(next)
  }

  /** True if trading stopped or resumed. */
  applyStatus({ message }: Received<StatusMessage>): boolean {
    const before = this.halt
    this.halt = haltAfter(before, message)
    return this.halt !== before
  }

  /**
   * Corrects that trade, or removes it if `corrected` is absent or sets no price: then the one before is the last. True
   * if it was the last one.
   */
  reviseTrade(which: TradeKey, corrected?: CorrectionMessage['corrected']): boolean {
    const revised = (trade: Received<TradeMessage>) =>
      corrected !== undefined && setsLastPrice(corrected.conditions)
        ? { ...trade, message: { ...trade.message, ...corrected } }
        : undefined
    if (this.#tradeBefore !== undefined && isTrade(this.#tradeBefore, which))
      this.#tradeBefore = revised(this.#tradeBefore)
    if (this.trade === undefined || !isTrade(this.trade, which)) return false
    this.trade = revised(this.trade) ?? this.#tradeBefore
    return true
  }

  /** The official close of an earlier day comes from REST and replaces the last running bar of that day. */
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
