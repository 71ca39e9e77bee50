import type { Decimal } from 'decimal.js'
import * as z from 'zod'
import { amount, ZERO } from './exact.ts'

/** What makes an order execute. */
export const ORDER_TYPES = ['market', 'limit', 'stop', 'stop_limit', 'trailing_stop'] as const
/** How long an order lasts. */
export const TIMES_IN_FORCE = ['day', 'gtc', 'opg', 'cls', 'ioc', 'fok'] as const
/** A single order, under either name, or one of several linked orders. */
export const ORDER_CLASSES = ['', 'simple', 'bracket', 'oco', 'oto'] as const
/** What an order does to the position. */
export const POSITION_INTENTS = ['buy_to_open', 'buy_to_close', 'sell_to_open', 'sell_to_close'] as const

const text = z.string()
const maybe = z.string().nullable()

/**
 * An order as the exchange stores it. Amounts are exact decimal text; timestamps are RFC 3339 to the
 * nanosecond, so text order is time order; null means not applicable or not happened yet.
 */
export const simOrder = z.object({
  id: text,
  clientOrderId: text,
  symbol: text,
  side: z.enum(['buy', 'sell']),
  type: z.enum(ORDER_TYPES),
  timeInForce: z.enum(TIMES_IN_FORCE),
  orderClass: z.enum(ORDER_CLASSES),
  positionIntent: z.enum(POSITION_INTENTS),
  /** The order that this one depends on: a bracket's entry, or an OCO's take-profit. */
  parentId: maybe,
  /** Its role among the orders that depend on one order. */
  role: z.enum(['take_profit', 'stop_loss']).nullable(),
  /** Shares; null for an order in dollars. */
  qty: maybe,
  notional: maybe,
  filledQty: text,
  /** Total dollars of all fills. */
  filledCost: text,
  limitPrice: maybe,
  stopPrice: maybe,
  trailPrice: maybe,
  trailPercent: maybe,
  /** A trailing stop's best price since it started. */
  hwm: maybe,
  extendedHours: z.boolean(),
  status: z.enum([
    'accepted',
    'pending_new',
    'new',
    'held',
    'partially_filled',
    'pending_cancel',
    'pending_replace',
    'replaced',
    'filled',
    'canceled',
    'expired',
    'rejected',
  ]),
  /** Whether its stop price was reached. */
  triggered: z.boolean(),
  /** Dollars per share of buying power on hold; null if the order closes a position. */
  reservePrice: maybe,
  /** Epoch ms; for opg and cls the time of the auction. */
  expiresAt: z.number().nullable(),
  createdAt: text,
  updatedAt: text,
  filledAt: maybe,
  expiredAt: maybe,
  canceledAt: maybe,
  failedAt: maybe,
  replacedAt: maybe,
  replaces: maybe,
  replacedBy: maybe,
})
export type SimOrder = z.output<typeof simOrder>
export type SimOrderSide = SimOrder['side']
export type SimOrderStatus = SimOrder['status']

const CLOSED: readonly SimOrderStatus[] = ['replaced', 'filled', 'canceled', 'expired', 'rejected']
const PENDING: readonly SimOrderStatus[] = ['pending_new', 'pending_cancel', 'pending_replace']

/** Whether the order can still do anything. */
export const isOpen = ({ status }: SimOrder): boolean => !CLOSED.includes(status)

/** Whether it is waiting for an acknowledgment. */
export const isPending = ({ status }: SimOrder): boolean => PENDING.includes(status)

/** Whether it has been partly or wholly filled. */
export const isTouched = ({ filledQty }: SimOrder): boolean => amount(filledQty).gt(0)

/** Shares not filled yet; undefined for an order in dollars. */
export const leavesQty = ({ qty, filledQty }: SimOrder): Decimal | undefined =>
  qty === null ? undefined : amount(qty).minus(filledQty)

/** Dollars that an order in dollars has not spent yet. */
export const leavesNotional = ({ notional, filledCost }: SimOrder): Decimal =>
  notional === null ? ZERO : amount(notional).minus(filledCost)

/** +1 for a buy, -1 for a sell. */
export const signOf = (side: SimOrderSide): 1 | -1 => (side === 'buy' ? 1 : -1)

export const opposite = (side: SimOrderSide): SimOrderSide => (side === 'buy' ? 'sell' : 'buy')

/** Whether it is filled immediately or not at all. */
export const isImmediate = ({ timeInForce }: Pick<SimOrder, 'timeInForce'>): boolean =>
  timeInForce === 'ioc' || timeInForce === 'fok'

/** Whether it is filled in an auction or not at all. */
export const isForAuction = ({ timeInForce }: Pick<SimOrder, 'timeInForce'>): boolean =>
  timeInForce === 'opg' || timeInForce === 'cls'
