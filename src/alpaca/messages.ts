/**
 * The market-data stream's messages, normalized once. Prices are the numbers that Alpaca sent, unchanged:
 * `new Decimal(price)` gives the exact decimal. Source of the fields: Alpaca API, "Real-time stock data".
 */

interface Stamped {
  readonly symbol: string
  /** Alpaca's timestamp, RFC 3339 with up to nine fractional digits. */
  readonly time: string
  /** The same in epoch milliseconds. */
  readonly at: number
}

/** Best bid and ask. A price of 0 means that this side is empty. Sizes are shares. */
export interface QuoteMessage extends Stamped {
  readonly type: 'quote'
  readonly bid: number
  readonly bidSize: number
  readonly ask: number
  readonly askSize: number
}

/**
 * A minute bar (bar), its correction after a late trade (updatedBar), or the day's running bar (dailyBar).
 */
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

/** A trade as reported. */
export interface TradeMessage extends Stamped {
  readonly type: 'trade'
  /** Alpaca's trade id; a 64-bit number, kept as text. */
  readonly id: string
  readonly price: number
  readonly size: number
  readonly exchange: string
  readonly conditions: readonly string[]
}

/** A trade that was reported wrongly, and its correction. */
export interface CorrectionMessage extends Stamped {
  readonly type: 'correction'
  /** Where it was reported; ids of two exchanges may be equal. */
  readonly exchange: string
  readonly original: { readonly id: string; readonly price: number; readonly size: number }
  readonly corrected: {
    readonly id: string
    readonly price: number
    readonly size: number
    readonly conditions: readonly string[]
  }
}

/** A canceled trade. */
export interface CancelErrorMessage extends Stamped {
  readonly type: 'cancelError'
  /** Where it was reported; ids of two exchanges may be equal. */
  readonly exchange: string
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

/** Every market-data message. */
export type MarketDataMessage =
  | QuoteMessage
  | BarMessage
  | TradeMessage
  | CorrectionMessage
  | CancelErrorMessage
  | StatusMessage
  | LuldMessage
  | ImbalanceMessage

/** The status of a stream's connection. */
export type StreamStatus = 'disconnected' | 'connecting' | 'connected' | 'authenticated' | 'subscribed'

/** Why a stream is down, or what the server rejected while it is up. */
export interface StreamProblem {
  /**
   * network: could not be reached, or went silent; auth: 402 and similar, stopped until the keys change;
   * connection-limit: 406, another program holds the connection; symbol-limit: 405, the last subscribe was
   * undone; subscription: 409, the feed is not in the plan, stopped; invalid-request: 400 and 410; server:
   * 500; slow-client: 407.
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
  /** Alpaca's code, if it sent one. */
  readonly code?: number
  readonly message: string
  /** True if a retry cannot help: the stream has stopped. */
  readonly fatal: boolean
}

/** The connection changed, or the server rejected something while it is up. */
export interface ConnectionMessage {
  readonly type: 'connection'
  readonly status: StreamStatus
  /** When it changed, epoch milliseconds. */
  readonly at: number
  /** Consecutive failed attempts to connect; 0 once connected. */
  readonly attempt: number
  /** When the next attempt is due, epoch milliseconds. */
  readonly retryAt?: number
  readonly problem?: StreamProblem
}
