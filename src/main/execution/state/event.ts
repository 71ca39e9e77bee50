import * as z from 'zod'
import { orderDraft } from '#shared/trading/order'
import { riskLimits } from '#shared/trading/limits'
import { price, quantity, signedDecimal, stockSymbol } from '#shared/units'
import { updatableTerms, orderTerms } from './order-terms.ts'
import { payloadReader, type EventIn } from './payload-reader.ts'

/** The version of a payload, which is raised when its meaning changes. */
const version = z.literal(1)
const orderId = z.string().min(1).max(128)
const epochMs = z.number().int()

/** Who asked for an order. */
const requester = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trader') }),
  /** `proposal`: the key of what it proposed. */
  z.object({ kind: z.literal('strategy'), id: z.string(), version: z.string(), proposal: z.string() }),
])

/** One execution, or several that are known by their sum alone; totals are the order's. */
const execution = z.object({
  version,
  /** The exchange's, or made of order and total where only the total is known. */
  executionId: z.string(),
  quantity,
  price,
  /** Of the order up to now. */
  filledQuantity: quantity,
  averagePrice: price,
  /** The exchange's stamp, epoch ms. */
  filledAt: epochMs,
})
const withReason = z.object({ version, reason: z.string() })
const plain = z.object({ version })

/** The life of one order; its stream bears its client_order_id. */
const orderEvents = {
  /** The intent, written before anything is sent. */
  OrderRequested: z.object({
    version,
    by: requester,
    draft: orderDraft,
    /** Problems that the trader accepted, by code. */
    accepted: z.array(z.string()),
    /** The order whose place it is to take. */
    replaces: orderId.optional(),
  }),
  /** An order that Signal did not ask for: a leg, or one that another program sent. */
  ExternalOrderDetected: z.object({
    version,
    terms: orderTerms,
    exchangeId: z.string(),
    submittedAt: epochMs,
    /** What was filled before these books began, and is in their first positions already. */
    filledBefore: quantity,
    averageBefore: price.optional(),
    replaces: orderId.optional(),
  }),
  OrderAccepted: z.object({
    version,
    exchangeId: z.string(),
    /** Its exits, by their client_order_ids. */
    legs: z.array(z.object({ id: orderId, leg: z.enum(['take-profit', 'stop-loss']) })),
  }),
  OrderOpen: plain,
  /** A leg that waits for its entry. */
  OrderHeld: plain,
  OrderPartiallyFilled: execution,
  OrderFilled: execution,
  /** The exchange changed it by itself. */
  OrderUpdated: z.object({
    version,
    terms: updatableTerms,
    /** The exchange's stamp of the order as it was then, epoch ms. */
    termsUpdatedAt: epochMs.optional(),
  }),
  OrderCancelRequested: z.object({ version, by: z.enum(['signal', 'external']) }),
  OrderCancelRejected: withReason,
  OrderCanceled: plain,
  OrderExpired: plain,
  OrderReplaceRequested: z.object({ version, replacedBy: orderId.optional() }),
  OrderReplaceRejected: withReason,
  OrderReplaced: z.object({ version, replacedBy: orderId.optional() }),
  OrderRejected: withReason,
  /** It was looked for and never reached the exchange. */
  OrderNeverArrived: withReason,
  /** It was sent, or may have been, and no clear answer came. */
  OrderUnconfirmed: withReason,
} as const

const difference = z.object({
  what: z.enum(['order', 'position', 'cash']),
  of: z.string(),
  ours: z.string(),
  theirs: z.string(),
})
const holding = z.object({ symbol: stockSymbol, quantity: signedDecimal, averagePrice: price })

const accountEvents = {
  /** The books begin, or begin anew with another account: what it held then. */
  AccountOpened: z.object({
    version,
    accountId: z.string(),
    endsWith: z.string(),
    cash: signedDecimal,
    positions: z.array(holding),
    /** What of each order that was known then is in these positions already. */
    filledBefore: z.array(z.object({ id: orderId, quantity, averagePrice: price.optional() })),
  }),
  Reconciled: z.object({ version, cause: z.string(), differences: z.array(difference) }),
  /** A position that no fill explains, such as after a split or a transfer: the exchange's figure holds. */
  PositionAdjusted: z.object({
    version,
    symbol: stockSymbol,
    before: signedDecimal,
    quantity: signedDecimal,
    averagePrice: price,
  }),
  /** Cash that no fill explains, such as fees, dividends and deposits. */
  CashAdjusted: z.object({ version, before: signedDecimal, cash: signedDecimal }),
} as const

const riskEvents = {
  KillSwitchEngaged: plain,
  KillSwitchReleased: plain,
  RiskLimitChanged: z.object({
    version,
    limit: riskLimits.keyof(),
    before: z.number(),
    after: z.number(),
  }),
  /** `day`: the exchange's day for which entries end. */
  DailyLossReached: z.object({ version, day: z.string(), lossPercent: z.string() }),
  LiveArmed: z.object({ version, until: epochMs }),
  LiveDisarmed: withReason,
} as const

const payloads = { ...orderEvents, ...accountEvents, ...riskEvents }

type Payloads = typeof payloads
export type TradingEventType = keyof Payloads

/** An event of one type, as it is to be written. */
export type EventOf<T extends TradingEventType> = {
  readonly type: T
  readonly payload: z.output<Payloads[T]>
}
/** Everything that trading writes down. */
export type TradingEvent = EventIn<Payloads>
export type OrderEvent = EventIn<typeof orderEvents>
export type AccountEvent = EventIn<typeof accountEvents>
export type RiskEvent = EventIn<typeof riskEvents>

/**
 * Reads an event of the log; nothing where its type, or the version of its payload, is not known here: a newer Signal
 * wrote it. Such an event stays in the log and is shown, and the books go without it. Whoever raises the version of a
 * payload puts the upgrade of the one before into the second argument.
 */
export const readEvent = payloadReader(payloads, {})

const among =
  <E extends TradingEvent>(events: object) =>
  (event: TradingEvent): event is E =>
    Object.hasOwn(events, event.type)

/** The same of an order's stream. */
export function readOrderEvent(stored: Parameters<typeof readEvent>[0]): OrderEvent | undefined {
  const event = readEvent(stored)
  return event && isOrderEvent(event) ? event : undefined
}

export const isOrderEvent = among<OrderEvent>(orderEvents)
export const isAccountEvent = among<AccountEvent>(accountEvents)
