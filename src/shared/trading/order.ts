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

/**
 * Id of one intent: created once when the trader begins an order, and used as the order's client_order_id at
 * Alpaca.
 */
export const intentId = z.uuid()

/**
 * An order as the trader wants it. Its shape is checked here, its sense by the risk checks: a field that its
 * type needs may still be missing, so that each problem can be shown at its field.
 */
export const orderDraft = z.object({
  symbol: stockSymbol,
  side: orderSide,
  type: orderType,
  timeInForce,
  orderClass,
  /** Shares; either this or {@link notional}. */
  quantity: quantity.optional(),
  /** Dollars. */
  notional: price.optional(),
  limitPrice: price.optional(),
  stopPrice: price.optional(),
  /** Distance of a trailing stop: either dollars or percent. */
  trailPrice: price.optional(),
  trailPercent: price.optional(),
  extendedHours: z.boolean(),
  /** Legs of a bracket, OCO or OTO. */
  takeProfit: z.object({ limitPrice: price }).optional(),
  stopLoss: z.object({ stopPrice: price, limitPrice: price.optional() }).optional(),
})
export type OrderDraft = z.output<typeof orderDraft>

/** Changes to an open order; absent fields stay as they are. */
export const orderChange = z.object({
  quantity: quantity.optional(),
  limitPrice: price.optional(),
  stopPrice: price.optional(),
  /** New distance of a trailing stop, in its original unit. */
  trail: price.optional(),
  timeInForce: timeInForce.optional(),
})
export type OrderChange = z.output<typeof orderChange>

/** States in which something may still happen to an order. */
const OPEN_STATES = [
  'requested',
  'unconfirmed',
  'accepted',
  'held',
  'open',
  'partially-filled',
  'done-for-day',
] as const
/** States of an order while a cancel or a change is pending. */
export const PENDING_STATES = ['pending-cancel', 'pending-replace'] as const
/** Final states: nothing happens to an order after them. */
export const CLOSED_STATES = [
  'filled',
  'canceled',
  'expired',
  'replaced',
  'rejected',
  'denied',
  'never-arrived',
] as const

/**
 * State of an order, folded from its events.
 * `requested`: recorded, no answer yet. `unconfirmed`: no answer came, and it is being looked up; nothing may
 * be sent in its place. `denied`: Signal's own checks refused it, and nothing was sent. `never-arrived`: it was
 * looked up and never reached the exchange. `held`: a leg waiting for its entry. `done-for-day`: it no longer
 * trades today, and may on the next day.
 */
export const orderState = z.enum([...OPEN_STATES, ...PENDING_STATES, ...CLOSED_STATES])
export type OrderState = z.output<typeof orderState>

const CLOSED: ReadonlySet<OrderState> = new Set(CLOSED_STATES)

/** Whether the order is in a final state. */
export const isClosed = ({ state }: { readonly state: OrderState }): boolean => CLOSED.has(state)

/** Whether the order was denied, rejected or never arrived, so that it was never open at the exchange. */
export const isTurnedAway = ({ state }: { readonly state: OrderState }): boolean =>
  state === 'denied' || state === 'rejected' || state === 'never-arrived'

/** Whether an order was or may have been sent: everything but one that Signal denied. */
export const wasSent = ({ state }: { readonly state: OrderState }): boolean => state !== 'denied'

/** An order for display, folded from its events. */
export interface OrderView {
  /** The client_order_id, which also names its timeline in the event log. */
  readonly id: string
  /** Alpaca's id; absent until the exchange is known to have the order. */
  readonly exchangeId?: string
  readonly symbol: StockSymbol
  readonly side: OrderSide
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly orderClass: OrderClass
  readonly quantity?: Quantity
  /** Dollars; a notional order has no quantity. */
  readonly notional?: Price
  readonly limitPrice?: Price
  readonly stopPrice?: Price
  readonly trailPrice?: Price
  readonly trailPercent?: Price
  readonly extendedHours: boolean
  readonly state: OrderState
  readonly filledQuantity: Quantity
  readonly averageFillPrice?: Price
  /** When it was requested; for an external order, when it was submitted. */
  readonly requestedAt: EpochMs
  /** When it last changed. */
  readonly updatedAt: EpochMs
  /** `external`: sent by Alpaca's own app or another program. */
  readonly origin: 'signal' | 'external'
  /** Legs only: the parent order, and which of its exits this is. */
  readonly parentId?: string
  readonly leg?: 'take-profit' | 'stop-loss'
  /** The order this one replaced, and the one that replaced it. */
  readonly replaces?: string
  readonly replacedBy?: string
  /** Since when a cancel or a change is pending; absent if none is. */
  readonly pendingSince?: EpochMs
  /**
   * Why it was denied, rejected, not sent or unconfirmed, and what to do; or that it was found after all. In words.
   */
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
  /** Nanoseconds beyond {@link at}, by which executions of one millisecond are put in order. */
  readonly nanos?: number
  /** Set if it is the sum of one or more executions that are not known one by one yet. */
  readonly isSum?: true
}
