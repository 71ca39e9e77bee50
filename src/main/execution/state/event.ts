import * as z from 'zod'
import { orderChange, orderDraft } from '#shared/trading/order'
import { riskLimits } from '#shared/trading/limits'
import { price, quantity, signedDecimal, stockSymbol } from '#shared/units'
import { updatableTerms, orderTerms } from './order-terms.ts'
import { payloadReader, type EventIn } from './payload-reader.ts'

/** The payload version, raised when its meaning changes. */
const version = z.literal(1)
const orderId = z.string().min(1).max(128)
const epochMs = z.number().int()
const nanos = z.number().int().min(0).max(999_999)
/** Far more than one order has; a list that long is not one. */
export const MAX_EXECUTIONS = 10_000

/** Who requested an order. */
const requester = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trader') }),
  /** `proposal`: the key of the strategy's proposal. */
  z.object({ kind: z.literal('strategy'), id: z.string(), version: z.string(), proposal: z.string() }),
])

/** One execution, or several known only by their sum; totals are the order's. */
const execution = z.object({
  version,
  /** The exchange's, or made from order id and total if only the total is known. */
  executionId: z.string(),
  quantity,
  price,
  /** The order's total so far. */
  filledQuantity: quantity,
  averagePrice: price,
  /** The exchange's timestamp, epoch ms, and the nanoseconds beyond it. */
  filledAt: epochMs,
  nanos: nanos.optional(),
  /** Set if only the sum of one or more executions is known. */
  isSum: z.literal(true).optional(),
})
/** A trade that the exchange canceled or corrected after it was reported. */
const amendment = z.object({
  version,
  /** Distinguishes this report from others about the order. */
  report: z.string().max(300),
  /** The execution that it is about, by its id from before; absent if the exchange does not say. */
  previousId: z.string().optional(),
  /** The execution that was canceled, or the corrected one; absent if the exchange does not say. */
  execution: z.object({ executionId: z.string(), quantity, price }).optional(),
  /** The order's totals after it and before. */
  filledQuantity: quantity,
  averagePrice: price.optional(),
  filledBefore: quantity,
  averageBefore: price.optional(),
  /** The exchange's timestamp of these totals, epoch ms: what it reported before does not count. */
  amendedAt: epochMs,
})
/** A change of an order, and the terms that it names as they were. */
const changed = z.object({ change: orderChange.optional(), before: orderChange.optional() })
const withReason = z.object({ version, reason: z.string() })
/** Why Signal itself refused what somebody asked for; nothing was sent. */
const refusal = z.object({
  version,
  by: requester,
  problems: z.array(z.object({ code: z.string(), sentence: z.string() })).min(1),
  /** Refusals before it that were not recorded: they came too fast, or nothing could be recorded yet. */
  unrecorded: z.number().int().min(1).optional(),
})
const plain = z.object({ version })

/** The events of one order; its stream is named after its client_order_id. */
const orderEvents = {
  /** The intent, written before anything is sent. */
  OrderRequested: z.object({
    version,
    by: requester,
    draft: orderDraft,
    /** Codes of the problems that the trader accepted. */
    accepted: z.array(z.string()),
    /** The order it is to replace, and what that order had filled by then; this one is for the rest. */
    replaces: orderId.optional(),
    filledThen: quantity.optional(),
    /** The order that is to open the opposite position once this one has closed it. */
    opens: orderId.optional(),
  }),
  /** The checks refused the order: it ends before anything is sent. `accepted` as in OrderRequested. */
  OrderDenied: refusal.extend({ draft: orderDraft, accepted: z.array(z.string()) }),
  /** An order that Signal did not request: a leg, or one sent by another program. */
  ExternalOrderDetected: z.object({
    version,
    terms: orderTerms,
    exchangeId: z.string(),
    submittedAt: epochMs,
    /** What was filled before the account state began; its opening positions include it. */
    filledBefore: quantity,
    averageBefore: price.optional(),
    replaces: orderId.optional(),
  }),
  OrderAccepted: z.object({
    version,
    exchangeId: z.string(),
    /** Its exits, by client_order_id. */
    legs: z.array(z.object({ id: orderId, leg: z.enum(['take-profit', 'stop-loss']) })),
  }),
  OrderOpen: plain,
  /** A leg is waiting for its entry. */
  OrderHeld: plain,
  OrderPartiallyFilled: execution,
  OrderFilled: execution,
  /**
   * The exchange's own list of this order's executions since the account state began, in place of what was recorded: several
   * executions were known only by their sum, or in another order.
   */
  OrderFillsRestated: z.object({
    version,
    executions: z
      .array(z.object({ executionId: z.string(), quantity, price, filledAt: epochMs, nanos }))
      .min(1)
      .max(MAX_EXECUTIONS),
  }),
  /** The exchange canceled an execution that it had reported. */
  OrderTradeBusted: amendment,
  /** The exchange corrected an execution that it had reported. */
  OrderTradeCorrected: amendment,
  /** The exchange changed the order's terms on its own. */
  OrderUpdated: z.object({
    version,
    terms: updatableTerms,
    /** The same terms as they were; absent in logs of an older Signal. */
    before: updatableTerms.optional(),
    /** The exchange's timestamp of these terms, epoch ms. */
    termsUpdatedAt: epochMs.optional(),
  }),
  OrderCancelRequested: z.object({ version, by: z.enum(['signal', 'external']) }),
  OrderCancelRejected: withReason,
  /** `reason`: why Signal takes it for canceled although the exchange has not said so. */
  OrderCanceled: z.object({ version, reason: z.string().optional() }),
  /** It is done for the day and may work again on the next one. */
  OrderDoneForDay: z.object({ version, doneAt: epochMs }),
  /** `expiredAt`: the exchange's timestamp; absent in logs of an older Signal. */
  OrderExpired: plain.extend({ expiredAt: epochMs.optional() }),
  /** The terms that change are absent in logs of an older Signal, and if another program replaces the order. */
  OrderReplaceRequested: z.object({ version, replacedBy: orderId.optional(), ...changed.shape }),
  OrderReplaceRejected: withReason,
  /** The checks refused a change of this order, which stays as it is. */
  OrderReplaceDenied: refusal.extend({
    ...changed.required({ change: true, before: true }).shape,
    accepted: z.array(z.string()),
  }),
  OrderReplaced: z.object({ version, replacedBy: orderId.optional() }),
  OrderRejected: withReason,
  /** Lookups show that it never reached the exchange. */
  OrderNeverArrived: withReason,
  /** It was or may have been sent, and no clear answer came. */
  OrderUnconfirmed: withReason,
} as const

const difference = z.object({
  what: z.enum(['order', 'position', 'average-price', 'cash', 'unreadable']),
  of: z.string(),
  ours: z.string(),
  theirs: z.string(),
})
/** `averagePrice` is absent where the exchange does not say. */
const holding = z.object({ symbol: stockSymbol, quantity: signedDecimal, averagePrice: price.optional() })

const accountEvents = {
  /** The account state begins, or starts over with another account: what it held then. */
  AccountOpened: z.object({
    version,
    accountId: z.string(),
    endsWith: z.string(),
    cash: signedDecimal,
    positions: z.array(holding),
    /** The latest timestamp that the exchange had given by then, epoch ms. */
    exchangeAt: epochMs.optional(),
    /** What each order known then had filled; these positions include it. */
    filledBefore: z.array(z.object({ id: orderId, quantity, averagePrice: price.optional() })),
  }),
  /** `exchangeAt`: the latest timestamp of the exchange's; every order that it had by then is known. */
  Reconciled: z.object({
    version,
    cause: z.string(),
    differences: z.array(difference),
    exchangeAt: epochMs.optional(),
  }),
  /** A position that no fill explains, such as after a split or transfer; the exchange's figure is taken. */
  PositionAdjusted: z.object({
    version,
    symbol: stockSymbol,
    before: signedDecimal,
    quantity: signedDecimal,
    averagePrice: price.optional(),
    /** Our average price before; recorded since it is compared too. */
    averageBefore: price.optional(),
  }),
  /** Signal refused to close a position of which nothing is held. `quantity`: the shares wanted; absent for all. */
  PositionCloseDenied: refusal.extend({ symbol: stockSymbol, quantity: quantity.optional() }),
  /** A snapshot of the account state was stored: the last event that it includes, and the hash of its text. */
  AccountStateSaved: z.object({ version, lastId: z.number().int().min(0), sha256: z.string().max(64) }),
  /** The log didn't match what Signal had recorded of it outside the database. */
  LogDoubted: z.object({
    version,
    finding: z.enum(['broken', 'replaced', 'unguarded']),
    sentence: z.string(),
  }),
  /** Cash that no fill explains, such as fees, dividends and deposits; the exchange's figure is taken. */
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
  /** `day`: the exchange day on which no more entries are allowed. */
  DailyLossReached: z.object({ version, day: z.string(), lossPercent: z.string() }),
  /** The trader confirmed the limits, which ended the block for these reasons. */
  LimitsConfirmed: z.object({ version, reasons: z.array(z.string()) }),
  /** `despite`: the concerns about this runtime that the trader accepted. */
  LiveArmed: z.object({ version, until: epochMs, despite: z.array(z.string()).optional() }),
  /** Other characters than the account number's last four were typed, for the nth time since it was armed. */
  LiveArmingFailed: z.object({ version, attempt: z.number().int() }),
  LiveDisarmed: withReason,
} as const

const payloads = { ...orderEvents, ...accountEvents, ...riskEvents }

type Payloads = typeof payloads
export type TradingEventType = keyof Payloads

/** An event of one type, ready to be written. */
export type EventOf<T extends TradingEventType> = {
  readonly type: T
  readonly payload: z.output<Payloads[T]>
}
/** Any event that trading records. */
export type TradingEvent = EventIn<Payloads>
export type OrderEvent = EventIn<typeof orderEvents>
export type AccountEvent = EventIn<typeof accountEvents>
export type RiskEvent = EventIn<typeof riskEvents>

/**
 * Reads an event of the log; nothing if its type or payload version is unknown because a newer Signal wrote it. Such an
 * event stays in the log and is shown, but the account state skips it. Whoever raises a payload's version adds the
 * upgrade from the previous one to the second argument.
 */
export const readEvent = payloadReader(payloads, {})

const among =
  <E extends TradingEvent>(events: object) =>
  (event: TradingEvent): event is E =>
    Object.hasOwn(events, event.type)

/** Reads an event of an order's stream; nothing if it is unknown or not an order event. */
export function readOrderEvent(stored: Parameters<typeof readEvent>[0]): OrderEvent | undefined {
  const event = readEvent(stored)
  return event && isOrderEvent(event) ? event : undefined
}

export const isOrderEvent = among<OrderEvent>(orderEvents)
export const isAccountEvent = among<AccountEvent>(accountEvents)
