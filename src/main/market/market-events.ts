import type { Connection, Halt, MarketSession } from '#shared/market'
import type { EpochMs, StockSymbol } from '#shared/units'
import type { BarMessage, QuoteMessage, TradeMessage } from '#alpaca'
import type { Received } from './received.ts'

/** A minute bar; `corrected` if a late trade changed a bar that was already sent. */
export interface ReceivedBar extends Received<BarMessage> {
  readonly corrected: boolean
}

/** A halt of a symbol, or its resumption if `halt` is absent. */
export interface HaltChange {
  readonly symbol: string
  readonly at: EpochMs
  readonly halt?: Halt
}

/** Everything that happens in the market and on the way from it, and what is wanted of it. */
export interface MarketEvents {
  /** A quote whose bid or ask differs from the previous one. */
  quote: Received<QuoteMessage>
  bar: ReceivedBar
  /** The running bar of the day. */
  dailyBar: Received<BarMessage>
  trade: Received<TradeMessage>
  /** The last trade shown was corrected or canceled. */
  tradeRevised: { readonly symbol: string }
  halt: HaltChange
  /** These symbols' data was filled from a REST answer. */
  filled: { readonly symbols: readonly string[] }
  connection: Connection
  session: MarketSession
  /** Other symbols are watched than before; `added` are those that come in. */
  watched: { readonly symbols: readonly StockSymbol[]; readonly added: readonly StockSymbol[] }
  /** How the windows want the market: least time between two updates of a symbol, and whether anything can be seen. */
  view: { readonly throttleMs: number; readonly isVisible: boolean }
  /** The connections are to be made anew: the machine woke or changed its network, or the trader asks for it. */
  refresh: { readonly reason: string; readonly isAsked: boolean }
}
