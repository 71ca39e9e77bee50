import type { Connection, Halt, MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'
import type { BarMessage, QuoteMessage, StatusMessage, TradeMessage } from '#alpaca'
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

/** The connection was detected as connected but mute, or is delivering again. */
export interface MuteChange {
  readonly at: EpochMs
  readonly mute: boolean
  /** A description of what was detected. */
  readonly reason: string
}

/** Everything that happens in the market and on the way from it. */
export interface MarketEvents {
  /** A quote whose bid or ask differs from the previous one. */
  quote: Received<QuoteMessage>
  bar: ReceivedBar
  /** The running bar of the day. */
  dailyBar: Received<BarMessage>
  trade: Received<TradeMessage>
  /** The last trade shown was corrected or canceled. */
  tradeRevised: { readonly symbol: string }
  status: Received<StatusMessage>
  halt: HaltChange
  /** These symbols' data was filled from a REST answer. */
  filled: { readonly symbols: readonly string[] }
  connection: Connection
  session: MarketSession
  mute: MuteChange
}
