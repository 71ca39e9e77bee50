import type { Connection, MarketSession } from '#shared/market'
import type { StockSymbol } from '#shared/units'
import type { BarMessage, QuoteMessage, TradeMessage } from '#alpaca'
import type { Received } from './received.ts'

/** A minute bar, or its correction by a late trade. */
export type ReceivedBar = Received<BarMessage>

/** Events of the market and of the connection to it, and the app's wishes to them. */
export interface MarketEvents {
  /** A quote whose bid or ask differs from the previous one. */
  quote: Received<QuoteMessage>
  bar: ReceivedBar
  /** The running bar of the day. */
  dailyBar: Received<BarMessage>
  trade: Received<TradeMessage>
  /** The last trade shown was corrected or canceled. */
  tradeRevised: { readonly symbol: string }
  /** The symbol was halted or trades again. */
  halt: { readonly symbol: string }
  /** These symbols' data was filled from a REST answer. */
  filled: { readonly symbols: readonly string[] }
  connection: Connection
  session: MarketSession
  /** The watched symbols changed; `added` are the new ones. */
  watched: { readonly symbols: readonly StockSymbol[]; readonly added: readonly StockSymbol[] }
  /** Least time between two updates of a symbol, and whether any window is visible. */
  view: { readonly throttleMs: number; readonly isVisible: boolean }
  /** Reconnect: the machine woke or changed its network, or the trader asked for it (`isAsked`). */
  refresh: { readonly reason: string; readonly isAsked: boolean }
}
