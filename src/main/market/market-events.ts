import type { Connection, Halt, MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'
import type { BarMessage, QuoteMessage, StatusMessage, TradeMessage } from '#alpaca'
import type { Received } from './received.ts'

/** A minute bar; `corrected` when a late trade changed one that was already sent. */
export interface ReceivedBar extends Received<BarMessage> {
  readonly corrected: boolean
}

/** Trading in a symbol stopped, or goes on again when `halt` is absent. */
export interface HaltChange {
  readonly symbol: string
  readonly at: EpochMs
  readonly halt?: Halt
}

/** The socket was found connected but mute, or is heard again. */
export interface MuteChange {
  readonly at: EpochMs
  readonly mute: boolean
  /** What was found, in words. */
  readonly reason: string
}

/** Everything that happens in the market and on the way from it. */
export interface MarketEvents {
  /** A quote whose bid or ask differs from the one before. */
  quote: Received<QuoteMessage>
  bar: ReceivedBar
  /** The running bar of the day. */
  dailyBar: Received<BarMessage>
  trade: Received<TradeMessage>
  /** The last trade shown was corrected or taken back. */
  tradeRevised: { readonly symbol: string }
  status: Received<StatusMessage>
  halt: HaltChange
  /** What is known of these symbols was filled from a REST answer. */
  filled: { readonly symbols: readonly string[] }
  connection: Connection
  session: MarketSession
  mute: MuteChange
}
