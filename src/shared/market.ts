import type { Freshness, Provenance, Source } from './provenance.ts'
import type { EpochMs, ExchangeDay, Price, SignedDecimal, StockSymbol } from './units.ts'

/** A one-minute bar; `at` is the start of the minute. A minute without trades has no bar. */
export interface Bar {
  readonly at: EpochMs
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  /** Shares. */
  readonly volume: number
  readonly vwap?: Price
  readonly tradeCount?: number
}

/** A trading halt of one symbol, as the exchange announced it. */
export interface Halt {
  readonly code: string
  /** The exchange's reason in words, such as "Halt News Pending". */
  readonly reason: string
  readonly at: EpochMs
}

/** What a previous close is. */
export interface CloseSource {
  /** `sip`: the official close of all exchanges; `iex`: the last trade on IEX alone. */
  readonly feed: Source
  readonly day: ExchangeDay
  /** The splits between that day and today, such as "4-for-1", which the price is adjusted for. */
  readonly split?: string
}

/** Everything the grid shows for one symbol. Absent means unknown, and is shown that way. */
export interface MarketRow {
  readonly symbol: StockSymbol
  /** Mid of a usable quote, else the last trade, else the close of the last bar (see {@link basis}). */
  readonly price?: Price
  readonly basis?: 'mid' | 'trade' | 'bar'
  /** Why the quote, which is shown anyway, sets no price; absent while it is usable or there is none. */
  readonly quoteProblem?: 'one-sided' | 'crossed' | 'wide'
  /** Provenance of {@link price}. */
  readonly origin?: Provenance
  readonly freshness: Freshness
  readonly bid?: Price
  readonly ask?: Price
  /** Shares at the best bid and ask. */
  readonly bidSize?: number
  readonly askSize?: number
  /** ask - bid, exact; absent while a side is empty or the quote is crossed. */
  readonly spread?: Price
  /**
   * What the stock last traded at: the last trade, or the close of a bar that ended after it (on Alpaca's free plan a
   * long watchlist has no streamed trades). Also while the quote sets {@link price}.
   */
  readonly last?: Price
  readonly lastTrade?: { readonly price: Price; readonly size: number; readonly at: EpochMs }
  readonly bar?: Bar
  /** The bar was corrected by a late trade (Alpaca's updatedBars). */
  readonly barCorrected?: boolean
  readonly dayOpen?: Price
  readonly dayHigh?: Price
  readonly dayLow?: Price
  /** Shares traded today. */
  readonly dayVolume?: number
  /** In shares of today: adjusted for splits since. */
  readonly previousClose?: Price
  readonly previousCloseOf?: CloseSource
  /**
   * {@link last}, or {@link price} while it is unknown, - previousClose, and the same in percent, rounded to 2
   * places.
   */
  readonly change?: SignedDecimal
  readonly changePercent?: SignedDecimal
  readonly halt?: Halt
}

/**
 * The closes of the last 60 one-minute bars, oldest first, with the previous session's close as the baseline.
 */
export interface Sparkline {
  readonly symbol: StockSymbol
  readonly closes: readonly { readonly at: EpochMs; readonly close: Price }[]
  readonly previousClose?: Price
  /** Average true range of the last 14 minutes with a trade, US dollars; absent while fewer are known. */
  readonly atr?: Price
}

/**
 * A phase of the exchange's day. `overnight`: 20:00 to 04:00 ET before each trading day, when no exchange is open but
 * stocks that are `overnight_tradable` trade at an overnight venue. Source: Alpaca, "24/5 Trading", 2026-10-12.
 */
export type SessionPhase = 'overnight' | 'pre' | 'regular' | 'after' | 'closed'

/** The current session of the exchange's day. */
export interface MarketSession {
  readonly phase: SessionPhase
  /** The trading day it belongs to, or the next one while closed. */
  readonly day: ExchangeDay
  /** When the phase ends; absent in the demo market, which never closes. */
  readonly until?: EpochMs
  /** The phase after that. */
  readonly next?: SessionPhase
  /** The exchange closes at 13:00 today. */
  readonly earlyClose: boolean
  /** Why it is closed, such as "Thanksgiving Day" or "weekend". */
  readonly closedFor?: string
}

/** The connection to the market-data stream as the trader sees it. */
export interface Connection {
  readonly status: 'not-configured' | 'connecting' | 'connected' | 'reconnecting' | 'disconnected'
  readonly since: EpochMs
  /** When the next attempt is due. */
  readonly retryAt?: EpochMs
  /** What is wrong and what to do, in words. */
  readonly problem?: string
}
