import * as z from 'zod'
import {
  price,
  quantity,
  stockSymbol,
  type EpochMs,
  type Price,
  type Quantity,
  type StockSymbol,
} from '../units.ts'

export const orderSide = z.enum(['buy', 'sell'])
export type OrderSide = z.output<typeof orderSide>
export const orderType = z.enum(['market', 'limit', 'stop', 'stop_limit', 'trailing_stop'])
export type OrderType = z.output<typeof orderType>
export const timeInForce = z.enum(['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'])
export type TimeInForce = z.output<typeof timeInForce>
export const orderClass = z.enum(['simple', 'bracket', 'oco', 'oto'])
export type OrderClass = z.output<typeof orderClass>

/** The name of one intent: made once when the trader begins an order, and the order's client_order_id at Alpaca. */
export const intentId = z.uuid()

/**
 * An order as the trader wants it. Its shape is checked here, its sense by the risk checks: what an order of its type
 * needs may be missing still, so that each problem can be told at its field.
 */
export const orderDraft = z.object({
  symbol: stockSymbol,
  side: orderSide,
  type: orderType,
  timeInForce,
  orderClass,
  /** Shares; either this or {@link orderDraft.shape.notional}. */
  quantity: quantity.optional(),
  /** Dollars. */
  notional: price.optional(),
  limitPrice: price.optional(),
  stopPrice: price.optional(),
  /** Distance of a trailing stop: dollars, or percent; one of them. */
  trailPrice: price.optional(),
  trailPercent: price.optional(),
  extendedHours: z.boolean(),
  /** Legs of a bracket, OCO or OTO. */
  takeProfit: z.object({ limitPrice: price }).optional(),
  stopLoss: z.object({ stopPrice: price, limitPrice: price.optional() }).optional(),
})
export type OrderDraft = z.output<typeof orderDraft>

/** What to change of a working order; what is left out stays. */
export const orderChange = z.object({
  quantity: quantity.optional(),
  limitPrice: price.optional(),
  stopPrice: price.optional(),
  /** New distance of a trailing stop, in the unit that it was made with. */
  trail: price.optional(),
  timeInForce: timeInForce.optional(),
})
export type OrderChange = z.output<typeof orderChange>

/**
 * Where an order stands, as far as the events tell.
 * `requested`: written down, no answer yet. `unknown`: no answer came, and it is being looked for; nothing may be sent in
 * its place. `not-sent`: it was looked for and never reached the exchange. `held`: a leg that waits for its entry.
 */
export type OrderState =
  | 'requested'
  | 'unconfirmed'
  | 'never-arrived'
  | 'accepted'
  | 'held'
  | 'open'
  | 'partially-filled'
  | 'pending-cancel'
  | 'pending-replace'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'replaced'
  | 'rejected'

/** Nothing happens to an order any more in these states. */
export const CLOSED_STATES: ReadonlySet<OrderState> = new Set([
  'never-arrived',
  'filled',
  'canceled',
  'expired',
  'replaced',
  'rejected',
])

/** An order as it is shown, folded from its events. */
export interface OrderView {
  /** The client_order_id: the name under which its story stands in the event log. */
  readonly id: string
  /** Alpaca's id; absent until the exchange is known to have it. */
  readonly exchangeId?: string
  readonly symbol: StockSymbol
  readonly side: OrderSide
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly orderClass: OrderClass
  readonly quantity?: Quantity
  /** Dollars; an order in dollars has no quantity. */
  readonly notional?: Price
  readonly limitPrice?: Price
  readonly stopPrice?: Price
  readonly trailPrice?: Price
  readonly trailPercent?: Price
  readonly extendedHours: boolean
  readonly state: OrderState
  readonly filledQuantity: Quantity
  readonly averageFillPrice?: Price
  /** When it was asked for; of an order from elsewhere, when it was submitted. */
  readonly requestedAt: EpochMs
  /** When anything last happened to it. */
  readonly updatedAt: EpochMs
  /** `elsewhere`: Alpaca's own app or another program sent it. */
  readonly origin: 'signal' | 'external'
  /** Of a leg: the order that it belongs to, and which of its exits it is. */
  readonly parentId?: string
  readonly leg?: 'take-profit' | 'stop-loss'
  /** The order whose place this one took, and the one that took its place. */
  readonly replaces?: string
  readonly replacedBy?: string
  /** Why it was rejected, was not sent or is unknown, with what can be done; or that it was found after all. In words. */
  readonly problem?: string
}

/** One execution. */
export interface FillView {
  readonly executionId: string
  readonly orderId: string
  readonly symbol: StockSymbol
  readonly side: OrderSide
  readonly quantity: Quantity
  readonly price: Price
  readonly at: EpochMs
}
