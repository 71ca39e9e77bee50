import { Decimal } from 'decimal.js'
import { isClosed } from '#shared/trading/order'
import type { EpochMs, Price } from '#shared/units'
import type { Order } from '#alpaca'
import {
  applyOrderEvent,
  NO_SHARES,
  type FilledBefore,
  type OrderEvent,
  type OrderRecord,
  type TradeAmendment,
} from '../state/index.ts'
import { legsOf, PRICE_TOLERANCE, priceOf, sharesOf, submittedAtOf, termsOf } from './exchange-order.ts'

/** Update events by which the exchange rejects a cancel or a replacement. */
export const REFUSALS: Readonly<Partial<Record<string, 'cancel' | 'replace'>>> = {
  order_cancel_rejected: 'cancel',
  order_replace_rejected: 'replace',
}

/** Update events by which the exchange takes back or corrects a trade. */
export const AMENDMENTS: Readonly<Partial<Record<string, TradeAmendment['type']>>> = {
  trade_bust: 'OrderTradeBusted',
  trade_correct: 'OrderTradeCorrected',
}

/** What is known about a report besides the order itself. */
export interface ReportContext {
  readonly now: EpochMs
  /** The execution that the exchange reported with this state of the order. */
  readonly execution?: {
    readonly id: string
    readonly price: Decimal
    readonly quantity: Decimal
    readonly at: EpochMs
    /** Nanoseconds beyond {@link at}. */
    readonly nanos: number
  }
  /** What the exchange canceled or corrected of what it had reported. */
  readonly amendment?: {
    readonly type: TradeAmendment['type']
    readonly report: string
    readonly previousId?: string | undefined
    readonly execution?:
      { readonly id: string; readonly price: Decimal; readonly quantity: Decimal } | undefined
  }
  /** The request that the exchange rejected. */
  readonly refused?: 'cancel' | 'replace' | undefined
  /** Our id of another order, by the exchange's. */
  readonly idOf: (exchangeId: string) => string | undefined
  /** What an unknown order had filled before the account state began. */
  readonly filledBefore?: Omit<FilledBefore, 'id'> | undefined
}

/**
 * The events that bring our record of an order in line with a report from the exchange. Every report goes through here:
 * answers, updates, lookups and comparisons. What is already known, or older than what is known, gives no event, so
 * reports may come twice and in any order.
 */
export function eventsOf(
  known: OrderRecord | undefined,
  order: Order,
  reported: ReportContext,
): readonly OrderEvent[] {
  const events: OrderEvent[] = []
  let record = known
  const add = (event: OrderEvent | undefined): void => {
    if (event === undefined) return
    events.push(event)
    record = applyOrderEvent(record, event, { id: order.clientOrderId, version: 0, at: reported.now })
  }
  add(beginning(record, order, reported))
  if (record === undefined) return []
  add(acceptance(record, order))
  add(amendment(record, order, reported))
  if (!isAmendedSince(record, order))
    add(fill(record, order, reported) ?? correctedAverage(record, order, reported))
  add(amendment(record, order, reported)) // once the fills that it was reported with are known
  if (!isClosed(record)) add(update(record, order))
  add(progress(record, order, reported))
  add(refusal(record, reported))
  return events
}

/** The first event of an order that Signal did not request. */
function beginning(
  record: OrderRecord | undefined,
  order: Order,
  reported: ReportContext,
): OrderEvent | undefined {
  const terms = record === undefined ? termsOf(order) : undefined
  if (terms === undefined) return undefined
  const replaces = order.replaces && reported.idOf(order.replaces)
  const { quantity = NO_SHARES, averagePrice } = reported.filledBefore ?? {}
  return {
    type: 'ExternalOrderDetected',
    payload: {
      version: 1,
      terms,
      exchangeId: order.id,
      submittedAt: submittedAtOf(order) ?? reported.now,
      filledBefore: quantity,
      ...(averagePrice !== undefined && { averageBefore: averagePrice }),
      ...(replaces !== undefined && { replaces }),
    },
  }
}

/** The exchange has the order: reported for the first time, or with exits that were not known. */
function acceptance(record: OrderRecord, order: Order): OrderEvent | undefined {
  const legs = legsOf(order)
  if (record.exchangeId !== undefined && (legs.length === 0 || record.legs.length > 0)) return undefined
  return { type: 'OrderAccepted', payload: { version: 1, exchangeId: order.id, legs: [...legs] } }
}

/** New fills, or that nothing is left to fill. Totals decide, so that no execution counts twice and none is lost. */
function fill(record: OrderRecord, order: Order, { now, execution }: ReportContext): OrderEvent | undefined {
  const added = order.filledQty.minus(record.filledQuantity)
  const isDone = order.status === 'filled' && added.isZero() && !isClosed(record)
  if (added.lte(0) && !isDone) return undefined
  const known = new Decimal(record.filledQuantity)
  const average = order.filledAvgPrice ?? execution?.price ?? new Decimal(priceHint(record))
  const isThatExecution = execution !== undefined && execution.quantity.eq(added)
  const paid = average.times(order.filledQty).minus(known.times(record.averagePrice ?? 0))
  const price = isThatExecution || isDone ? (execution?.price ?? average) : Decimal.max(paid.div(added), 0)
  return {
    type: order.status === 'filled' ? 'OrderFilled' : 'OrderPartiallyFilled',
    payload: {
      version: 1,
      executionId: isThatExecution ? execution.id : `${order.id}:${order.filledQty.toFixed()}`,
      quantity: sharesOf(added),
      price: priceOf(price),
      filledQuantity: sharesOf(order.filledQty),
      averagePrice: priceOf(average),
      filledAt: execution?.at ?? order.filledAt ?? order.updatedAt ?? now,
      ...(isThatExecution ? { nanos: execution.nanos } : { isSum: true }),
    },
  }
}

/** Whether a trade was taken back or corrected after the report: what it has as filled may not count anymore. */
const isAmendedSince = ({ amendedAt = 0 }: OrderRecord, { updatedAt = Infinity }: Order): boolean =>
  updatedAt < amendedAt

/** A trade that the exchange took back or corrected, with the order's totals after it. A late report changes no total. */
function amendment(
  record: OrderRecord,
  order: Order,
  { now, amendment: reported }: ReportContext,
): OrderEvent | undefined {
  if (reported === undefined || record.amendments?.includes(reported.report)) return undefined
  const isLate = isAmendedSince(record, order)
  if (!isLate && order.filledQty.gt(record.filledQuantity)) return undefined
  const { type, report, previousId, execution } = reported
  const { filledQuantity, averagePrice } = record
  const average = isLate ? averagePrice : order.filledAvgPrice && priceOf(order.filledAvgPrice)
  return {
    type,
    payload: {
      version: 1,
      report,
      ...(previousId !== undefined && { previousId }),
      ...(execution && {
        execution: {
          executionId: execution.id,
          quantity: sharesOf(execution.quantity),
          price: priceOf(execution.price),
        },
      }),
      filledQuantity: isLate ? filledQuantity : sharesOf(order.filledQty),
      ...(average !== undefined && { averagePrice: average }),
      filledBefore: filledQuantity,
      ...(averagePrice !== undefined && { averageBefore: averagePrice }),
      amendedAt: order.updatedAt ?? now,
    },
  }
}

/**
 * Another average price of what is known to be filled: the exchange did not report it before, or has corrected an execution.
 */
function correctedAverage(
  { averagePrice, filledQuantity, state }: OrderRecord,
  { id, filledQty, filledAvgPrice, filledAt, updatedAt }: Order,
  { now }: ReportContext,
): OrderEvent | undefined {
  if (filledAvgPrice === undefined || filledQty.isZero() || !filledQty.eq(filledQuantity)) return undefined
  if (averagePrice !== undefined && filledAvgPrice.minus(averagePrice).abs().lte(PRICE_TOLERANCE))
    return undefined
  const price = priceOf(filledAvgPrice)
  return {
    type: state === 'filled' ? 'OrderFilled' : 'OrderPartiallyFilled',
    payload: {
      version: 1,
      executionId: `${id}:average`,
      quantity: NO_SHARES,
      price,
      filledQuantity,
      averagePrice: price,
      filledAt: filledAt ?? updatedAt ?? now,
    },
  }
}

/** The nearest price to a fill's if the exchange reports none: the order's own. */
const priceHint = ({ averagePrice, terms }: OrderRecord): Price | 0 =>
  averagePrice ?? terms.limitPrice ?? terms.stopPrice ?? 0

/** Terms that the exchange changed on its own. A trailing stop's price moves all the time and is not recorded. */
function update({ terms, termsUpdatedAt = 0 }: OrderRecord, order: Order): OrderEvent | undefined {
  const { updatedAt } = order
  if (updatedAt !== undefined && updatedAt < termsUpdatedAt) return undefined // older than the terms that are known
  const now = termsOf(order)
  const differs = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && !new Decimal(one).eq(other)
  const changed = {
    ...(differs(terms.quantity, now?.quantity) && { quantity: now?.quantity }),
    ...(differs(terms.limitPrice, now?.limitPrice) && { limitPrice: now?.limitPrice }),
    ...(terms.type !== 'trailing_stop' &&
      differs(terms.stopPrice, now?.stopPrice) && { stopPrice: now?.stopPrice }),
  }
  if (Object.keys(changed).length === 0) return undefined
  const stamp = updatedAt === undefined ? {} : { termsUpdatedAt: updatedAt }
  const { quantity, limitPrice, stopPrice } = terms
  const before = {
    ...('quantity' in changed && { quantity }),
    ...('limitPrice' in changed && { limitPrice }),
    ...('stopPrice' in changed && { stopPrice }),
  }
  return { type: 'OrderUpdated', payload: { version: 1, terms: changed, before, ...stamp } }
}

/** A rejected cancel or replacement: the order stays as it was. */
function refusal(record: OrderRecord, { refused }: ReportContext): OrderEvent | undefined {
  if (isClosed(record)) return undefined
  const payload = { version: 1 as const, reason: 'Rejected by Alpaca. Order still open.' }
  if (refused === 'cancel' && record.cancelRequestedAt !== undefined)
    return { type: 'OrderCancelRejected', payload }
  return refused === 'replace' && record.replaceRequestedAt !== undefined
    ? { type: 'OrderReplaceRejected', payload }
    : undefined
}

/** How far an open order has progressed; it never goes back. */
const RANK: Readonly<Partial<Record<OrderRecord['state'], number>>> = {
  requested: 0,
  unconfirmed: 0,
  accepted: 1,
  held: 2,
  open: 3,
  'partially-filled': 4,
}

function progress(record: OrderRecord, order: Order, { idOf, now }: ReportContext): OrderEvent | undefined {
  if (isClosed(record)) return undefined
  const ended = ending(order, idOf, now)
  if (ended !== undefined) return ended
  switch (order.status) {
    case 'pending_cancel':
      return record.cancelRequestedAt === undefined
        ? { type: 'OrderCancelRequested', payload: { version: 1, by: 'external' } }
        : undefined
    case 'pending_replace':
      return record.replaceRequestedAt === undefined
        ? { type: 'OrderReplaceRequested', payload: { version: 1 } }
        : undefined
    case 'accepted':
    case 'pending_new':
    case 'accepted_for_bidding':
      return undefined
    case 'done_for_day':
      return isDoneAnew(record, order, now)
        ? { type: 'OrderDoneForDay', payload: { version: 1, doneAt: order.updatedAt ?? now } }
        : undefined
    case 'held':
      return rankOf(record) < rankOf({ state: 'held' })
        ? { type: 'OrderHeld', payload: { version: 1 } }
        : undefined
    default: // new, partially_filled and any status that Alpaca may add: it is open
      return rankOf(record) < rankOf({ state: 'open' }) || isBackAtWork(record, order)
        ? { type: 'OrderOpen', payload: { version: 1 } }
        : undefined
  }
}

/** Whether the report is of a later day than the last one on which the order was done. */
const isDoneAnew = ({ doneForDayAt = -1 }: OrderRecord, { updatedAt }: Order, now: EpochMs): boolean =>
  (updatedAt ?? now) > doneForDayAt

/** Whether an order that was done for the day works again; a report from before it was done does not say so. */
const isBackAtWork = ({ state, doneForDayAt = 0 }: OrderRecord, { updatedAt = 0 }: Order): boolean =>
  state === 'done-for-day' && updatedAt > doneForDayAt

const rankOf = ({ state }: Pick<OrderRecord, 'state'>): number => RANK[state] ?? Number.POSITIVE_INFINITY

function ending(order: Order, idOf: ReportContext['idOf'], now: EpochMs): OrderEvent | undefined {
  switch (order.status) {
    case 'canceled':
      return { type: 'OrderCanceled', payload: { version: 1 } }
    case 'expired':
      return {
        type: 'OrderExpired',
        payload: { version: 1, expiredAt: order.expiredAt ?? order.updatedAt ?? now },
      }
    case 'rejected': {
      const reason = 'Rejected after it was accepted; no reason given.'
      return { type: 'OrderRejected', payload: { version: 1, reason } }
    }
    case 'replaced': {
      const replacedBy = order.replacedBy && idOf(order.replacedBy)
      return { type: 'OrderReplaced', payload: { version: 1, ...(replacedBy && { replacedBy }) } }
    }
    default:
      return undefined
  }
}
