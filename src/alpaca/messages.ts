/**
 * What the market-data stream delivers, normalised once. Prices are the numbers that Alpaca sent, untouched:
 * `new Decimal(price)` gives the exact decimal. Source of the fields: Alpaca API, "Real-time stock data".
 */

interface Stamped {
  readonly symbol: string
  /** Alpaca's stamp, RFC 3339 with up to nine digits of a second. */
  readonly time: string
  /** The same in epoch milliseconds. */
  readonly at: number
}

/** Best bid and ask. A price of 0 says that this side is empty. Sizes are shares. */
export interface QuoteMessage extends Stamped {
  readonly type: 'quote'
  readonly bid: number
  readonly bidSize: number
  readonly ask: number
  readonly askSize: number
}

/** A minute bar (bar), its correction after a late trade (updatedBar), or the running bar of the day (dailyBar). */
export interface BarMessage extends Stamped {
  readonly type: 'bar' | 'updatedBar' | 'dailyBar'
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly vwap?: number
  readonly tradeCount?: number
}

/** A trade as it was reported. */
export interface TradeMessage extends Stamped {
  readonly type: 'trade'
  /** Alpaca's trade id; a 64-bit number, kept as text. */
  readonly id: string
  readonly price: number
  readonly size: number
  readonly exchange: string
  readonly conditions: readonly string[]
}

/** A trade that was reported wrongly, and what it should have been. */
export interface CorrectionMessage extends Stamped {
  readonly type: 'correction'
  readonly original: { readonly id: string; readonly price: number; readonly size: number }
  readonly corrected: { readonly id: string; readonly price: number; readonly size: number }
}

/** A trade that is taken back. */
export interface CancelErrorMessage extends Stamped {
  readonly type: 'cancelError'
  readonly id: string
  readonly price: number
  readonly size: number
  readonly action: string
}

/** Halts and resumptions. */
export interface StatusMessage extends Stamped {
  readonly type: 'status'
  readonly statusCode: string
  readonly statusMessage: string
  readonly reasonCode: string
  readonly reasonMessage: string
}

/** Limit-up limit-down price bands. */
export interface LuldMessage extends Stamped {
  readonly type: 'luld'
  readonly limitUp: number
  readonly limitDown: number
  readonly indicator: string
}

/** The price at which orders are out of balance. */
export interface ImbalanceMessage extends Stamped {
  readonly type: 'imbalance'
  readonly price: number
}

/** Everything that the market says. */
export type MarketDataMessage =
  | QuoteMessage
  | BarMessage
  | TradeMessage
  | CorrectionMessage
  | CancelErrorMessage
  | StatusMessage
  | LuldMessage
  | ImbalanceMessage

/** The life of a stream's one connection. */
export type StreamStatus = 'disconnected' | 'connecting' | 'connected' | 'authenticated' | 'subscribed'

/** Why a stream is down, or what the server refused while it is up. */
export interface StreamProblem {
  /**
   * network: could not be reached, or fell silent; auth: 402 and its like, stopped until the keys change;
   * connection-limit: 406, another program holds the connection; symbol-limit: 405, the last subscribe was undone;
   * subscription: 409, the feed is not in the plan, stopped; invalid-request: 400 and 410; server: 500;
   * slow-client: 407.
   */
  readonly kind:
    | 'network'
    | 'auth'
    | 'connection-limit'
    | 'symbol-limit'
    | 'subscription'
    | 'invalid-request'
    | 'server'
    | 'slow-client'
  /** Alpaca's code, where it sent one. */
  readonly code?: number
  readonly message: string
  /** True when trying again cannot help: the stream has stopped. */
  readonly fatal: boolean
}

/** The connection changed, or the server refused something while it is up. */
export interface ConnectionMessage {
  readonly type: 'connection'
  readonly status: StreamStatus
  /** When it became so, epoch milliseconds. */
  readonly at: number
  /** Dials that failed in a row; 0 once it works. */
  readonly attempt: number
  /** When the next dial is due, epoch milliseconds. */
  readonly retryAt?: number
  readonly problem?: StreamProblem
}
