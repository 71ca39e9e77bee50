import { Decimal } from 'decimal.js'
import * as z from 'zod'
import { camelKeys, type CamelKeys } from './camel.ts'
import { nameOf } from './listing.ts'
import { decimal, epochMs, maybe, stamp } from './schemas.ts'

/** A request's amount: exact, so numbers are not accepted. */
export type Amount = Decimal | string

/** `sell` without a position is a short sale. */
export type AlpacaOrderSide = 'buy' | 'sell'
/** What makes the order execute; the prices that belong to it are required. */
export type AlpacaOrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop'
/** How long it lasts: the day, until canceled, an auction (`opg`, `cls`), or immediately (`ioc`, `fok`). */
export type AlpacaTimeInForce = 'day' | 'gtc' | 'opg' | 'cls' | 'ioc' | 'fok'
/** A single order, or one with dependent orders. */
export type AlpacaOrderClass = 'simple' | 'bracket' | 'oco' | 'oto'
/** What the order is meant to do to the position. */
export type PositionIntent = 'buy_to_open' | 'buy_to_close' | 'sell_to_open' | 'sell_to_close'

/**
 * The states that Alpaca documents. Any other word is passed on unchanged: treat it as an open order that
 * cannot be changed. `canceled` and `expired` orders may be partially filled.
 */
export type OrderStatus =
  | 'accepted'
  | 'pending_new'
  | 'new'
  | 'held'
  | 'accepted_for_bidding'
  | 'stopped'
  | 'suspended'
  | 'calculated'
  | 'partially_filled'
  | 'pending_cancel'
  | 'pending_replace'
  | 'done_for_day'
  | 'replaced'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'rejected'

/** A status word that Alpaca may add; keeps the known ones in completion lists. */
export type OrUnknown<Known extends string> = Known | (string & {})

const wireOrder = z.object({
  id: z.string().min(1),
  client_order_id: z.string(),
  symbol: z.string().catch(''),
  asset_id: maybe(z.string()),
  /** `us_equity`, `us_option` or `crypto`; undefined if not sent. */
  asset_class: maybe(z.string()),
  status: z.string().transform((status): OrUnknown<OrderStatus> => status),
  /** Empty, like the symbol, for a multi-leg option order: its legs have sides. */
  side: z
    .string()
    .catch('')
    .transform((side): OrUnknown<AlpacaOrderSide | ''> => side),
  type: z
    .string()
    .catch('')
    .transform((type): OrUnknown<AlpacaOrderType | ''> => type),
  time_in_force: z.string().transform((tif): OrUnknown<AlpacaTimeInForce> => tif),
  /** Empty, or `simple`, for an order without legs. */
  order_class: z
    .string()
    .catch('')
    .transform((orderClass): OrUnknown<AlpacaOrderClass | ''> => orderClass),
  position_intent: maybe(z.string()),
  /** Undefined for an order in dollars. */
  qty: maybe(decimal),
  /** Dollars; undefined for an order in shares. */
  notional: maybe(decimal),
  /** Total since the order started. */
  filled_qty: decimal,
  /** Average over all fills; undefined before the first. */
  filled_avg_price: maybe(decimal),
  limit_price: maybe(decimal),
  /** For a trailing stop, its current stop price. */
  stop_price: maybe(decimal),
  trail_price: maybe(decimal),
  trail_percent: maybe(decimal),
  /** The best price since a trailing stop started. */
  hwm: maybe(decimal),
  extended_hours: z.boolean().catch(false),
  /** The order that replaced this one. */
  replaced_by: maybe(z.string()),
  /** The order that this one replaced. */
  replaces: maybe(z.string()),
  created_at: maybe(epochMs),
  updated_at: maybe(stamp),
  submitted_at: maybe(epochMs),
  filled_at: maybe(epochMs),
  expired_at: maybe(epochMs),
  expires_at: maybe(epochMs),
  canceled_at: maybe(epochMs),
  failed_at: maybe(epochMs),
  replaced_at: maybe(epochMs),
})

type Fields = CamelKeys<Omit<z.output<typeof wireOrder>, 'updated_at'>>

/** An order as Alpaca has it. Times are epoch ms; amounts are exact; undefined stands for Alpaca's null. */
export interface Order extends Fields {
  readonly updatedAt: number | undefined
  /** {@link updatedAt} as sent, to the nanosecond: of two versions of an order, the later one counts. */
  readonly updatedTime: string | undefined
  /** The orders that belong to this one; empty unless `nested` was requested. */
  readonly legs: readonly Order[]
}

/** Reads an order with its legs. */
export const order: z.ZodType<Order> = wireOrder
  .extend({
    get legs() {
      return maybe(z.array(order))
    },
  })
  .transform(({ updated_at, legs, ...fields }) => ({
    ...camelKeys(fields),
    updatedAt: updated_at?.at,
    updatedTime: updated_at?.time,
    legs: legs ?? [],
  }))

/** A new order. Prices of $1 and more have two decimals, lower ones four; quantities up to nine. */
export interface OrderRequest {
  readonly symbol: string
  readonly side: AlpacaOrderSide
  readonly type: AlpacaOrderType
  readonly timeInForce: AlpacaTimeInForce
  /** Shares. Either this or {@link notional}. */
  readonly qty?: Amount
  /** Dollars, for market orders with time in force `day`. */
  readonly notional?: Amount
  readonly limitPrice?: Amount
  readonly stopPrice?: Amount
  /** A trailing stop's distance in dollars; either this or {@link trailPercent}. */
  readonly trailPrice?: Amount
  readonly trailPercent?: Amount
  readonly extendedHours?: boolean
  /**
   * Made once per intent, at most 48 characters. Required, because without it an order whose answer is lost
   * cannot be found again.
   */
  readonly clientOrderId: string
  readonly orderClass?: AlpacaOrderClass
  readonly takeProfit?: { readonly limitPrice: Amount }
  readonly stopLoss?: { readonly stopPrice: Amount; readonly limitPrice?: Amount }
  readonly positionIntent?: PositionIntent
}

/** Changes to an open order; omitted fields stay the same. */
export interface ReplaceRequest {
  readonly qty?: Amount
  readonly limitPrice?: Amount
  readonly stopPrice?: Amount
  /** New distance of a trailing stop, in the unit it was created with. */
  readonly trail?: Amount
  readonly timeInForce?: AlpacaTimeInForce
  /** For the replacement. */
  readonly clientOrderId?: string
}

/** Which orders to return; the 50 newest open ones if empty. */
export interface OrdersRequest {
  readonly status?: 'open' | 'closed' | 'all'
  /** At most 500. */
  readonly limit?: number
  /** Submitted after, epoch ms, exclusive. */
  readonly after?: number
  /** Submitted before, epoch ms, exclusive. */
  readonly until?: number
  readonly direction?: 'asc' | 'desc'
  /** Whether legs come inside their parent instead of beside it. */
  readonly nested?: boolean
  readonly symbols?: readonly string[]
  readonly side?: AlpacaOrderSide
  /** For paging through more than 500; not together with after and until. */
  readonly beforeOrderId?: string
  readonly afterOrderId?: string
}

/** The result of one item in a bulk call; each must be checked. */
export interface BulkResult {
  /** Order id, or symbol. */
  readonly of: string
  readonly status: number
  /** Why it failed; undefined if it did not. */
  readonly message: string | undefined
  /** The order that closes a position, if one was created. */
  readonly order: Order | undefined
}

const bulkItem = z
  .object({
    id: maybe(z.string()),
    symbol: maybe(z.string()),
    status: z.number(),
    body: z.unknown().optional(),
  })
  .transform(({ id, symbol, status, body }): BulkResult => {
    const failed = status >= 400
    const made = failed ? undefined : order.safeParse(body).data
    const complaint = z.object({ message: z.string() }).safeParse(body).data?.message
    return {
      of: id ?? symbol ?? '',
      status,
      message: failed ? (complaint ?? `HTTP ${status}`) : undefined,
      order: made,
    }
  })

/**
 * Reads the list that a bulk call returns with HTTP 207. A result that cannot be read counts as a failure, since what
 * became of its item is unknown.
 */
export const bulkResults = z.array(z.unknown()).transform((rows) =>
  rows.map((row, index): BulkResult => {
    const unreadable = {
      of: nameOf(row, index),
      status: 0,
      message: 'The result cannot be read',
      order: undefined,
    }
    return bulkItem.safeParse(row).data ?? unreadable
  }),
)

/** The body of POST /v2/orders. */
export function toAlpacaOrder(request: OrderRequest): object {
  const { takeProfit, stopLoss } = request
  return {
    symbol: request.symbol,
    side: request.side,
    type: request.type,
    time_in_force: request.timeInForce,
    qty: toAmount(request.qty),
    notional: toAmount(request.notional),
    limit_price: toAmount(request.limitPrice),
    stop_price: toAmount(request.stopPrice),
    trail_price: toAmount(request.trailPrice),
    trail_percent: toAmount(request.trailPercent),
    extended_hours: request.extendedHours,
    client_order_id: request.clientOrderId,
    order_class: request.orderClass,
    take_profit: takeProfit && { limit_price: toAmount(takeProfit.limitPrice) },
    stop_loss: stopLoss && {
      stop_price: toAmount(stopLoss.stopPrice),
      limit_price: toAmount(stopLoss.limitPrice),
    },
    position_intent: request.positionIntent,
  }
}

/** The body of PATCH /v2/orders/{id}. */
export const toAlpacaChange = (change: ReplaceRequest): object => ({
  qty: toAmount(change.qty),
  limit_price: toAmount(change.limitPrice),
  stop_price: toAmount(change.stopPrice),
  trail: toAmount(change.trail),
  time_in_force: change.timeInForce,
  client_order_id: change.clientOrderId,
})

/** Exact decimal text, without an exponent; JSON omits undefined. */
export const toAmount = (amount: Amount | undefined): string | undefined =>
  amount === undefined ? undefined : new Decimal(amount).toFixed()
