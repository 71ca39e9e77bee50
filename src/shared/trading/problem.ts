import type { OrderDraft } from './order.ts'

/** Why an order is not sent. The codes are stable: scripts, tests and the event log contain them. */
export type ProblemCode =
  | 'SYMBOL_UNKNOWN'
  | 'SYMBOL_NOT_TRADABLE'
  | 'QUANTITY_MISSING'
  | 'QUANTITY_NOT_POSITIVE'
  | 'QUANTITY_EXCEEDS_LIMIT'
  | 'QUANTITY_HELD'
  | 'FRACTION_NOT_ALLOWED'
  | 'NOTIONAL_NOT_ALLOWED'
  | 'NOTIONAL_EXCEEDS_LIMIT'
  | 'LIMIT_PRICE_MISSING'
  | 'STOP_PRICE_MISSING'
  | 'TRAIL_MISSING'
  | 'PRICE_TICK_SIZE'
  | 'PRICE_OUTSIDE_BAND'
  | 'STOP_ON_WRONG_SIDE'
  | 'LEG_MISSING'
  | 'LEG_ON_WRONG_SIDE'
  | 'CLASS_NOT_ALLOWED'
  | 'TIME_IN_FORCE_NOT_ALLOWED'
  | 'EXTENDED_HOURS_NOT_ALLOWED'
  | 'MARKET_CLOSED'
  | 'OVERNIGHT_SESSION'
  | 'TRADING_HALTED'
  | 'QUOTE_MISSING'
  | 'QUOTE_STALE'
  | 'SPREAD_TOO_WIDE'
  | 'BUYING_POWER_EXCEEDED'
  | 'POSITION_CONCENTRATION'
  | 'DAILY_LOSS_LIMIT'
  | 'DUPLICATE_ORDER'
  | 'RATE_LIMIT_EXCEEDED'
  | 'WASH_TRADE'
  | 'SHORT_NOT_ALLOWED'
  | 'CROSSES_ZERO'
  | 'REDUCE_ONLY_WOULD_INCREASE_POSITION'
  | 'KILL_SWITCH_ENGAGED'
  | 'LIMITS_UNCONFIRMED'
  | 'SAFETY_FILE_AWAY'
  | 'LIVE_NOT_ARMED'
  | 'FEED_MUTE'
  | 'FLATTENING'
  | 'RECONCILING'
  | 'NOT_CONNECTED'
  | 'DATABASE_AWAY'
  | 'UNCONFIRMED'
  | 'ORDER_NOT_FOUND'
  | 'ORDER_NOT_CHANGEABLE'
  | 'NOTHING_CHANGED'
  | 'NO_POSITION'
  | 'NO_STOP'
  | 'REVERSE_STOPPED'
  | 'ACCOUNT_BLOCKED'
  | 'REFUSED_BY_ALPACA'

/** A field of the ticket. */
export type TicketField =
  | 'symbol'
  | 'side'
  | 'type'
  | 'quantity'
  | 'limitPrice'
  | 'stopPrice'
  | 'trail'
  | 'timeInForce'
  | 'extendedHours'
  | 'takeProfit'
  | 'stopLoss'

/** A one-key fix for a problem. */
export type ProblemFix =
  /** Sets these fields of the draft; undefined clears a field. */
  | { readonly kind: 'change'; readonly label: string; readonly change: Partial<OrderDraft> }
  | { readonly kind: 'cancel-order'; readonly label: string; readonly orderId: string }
  | { readonly kind: 'arm'; readonly label: string }

/** Something about an order that the trader must know before it is sent. */
export interface OrderProblem {
  readonly code: ProblemCode
  /** `refuse`: not sent. `ask`: sent once the trader confirms it in the review. `tell`: sent. */
  readonly level: 'refuse' | 'ask' | 'tell'
  /** Where it is shown; absent for the whole ticket. */
  readonly field?: TicketField
  /** What is wrong, with the actual value and the limit, and what to do. */
  readonly sentence: string
  readonly fix?: ProblemFix
}
