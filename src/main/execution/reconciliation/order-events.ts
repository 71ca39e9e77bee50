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
} from '../state/index.ts'
import { legsOf, priceOf, sharesOf, submittedAtOf, termsOf } from './exchange-order.ts'

/** What is known besides the order itself. */
export interface ReportContext {
  readonly now: EpochMs
  /** The execution that the exchange told of with this state of the order. */
  readonly execution?: {
    readonly id: string
    readonly price: Decimal
    readonly quantity: Decimal
    readonly at: EpochMs
  }
  /** The exchange said that it does not do what it was asked. */
  readonly refused?: 'cancel' | 'replace' | undefined
  /** Our ids of other orders, by the exchange's. */
  readonly idOf: (exchangeId: string) => string | undefined
  /** What of an unknown order was filled before the books began. */
  readonly filledBefore?: Omit<FilledBefore, 'id'> | undefined
}

/**
 * The events that our books lack to agree with what the exchange says of an order. Every word of the exchange goes
 * through here: answers, updates, lookups and comparisons. What is known already, or is older than what is known, gives
 * no event, so that words may come twice and in any order.
 */
export function eventsOf(
  known: OrderRecord | undefined,
  seen: Order,
  reported: ReportContext,
): readonly OrderEvent[] {
  const events: OrderEvent[] = []
  let record = known
  const add = (event: OrderEvent | undefined): void => {
    if (event === undefined) return
    events.push(event)
    record = applyOrderEvent(record, event, { id: seen.clientOrderId, version: 0, at: reported.now })
  }
  add(beginning(record, seen, reported))
  if (record === undefined) return []
  add(acceptance(record, seen))
  add(fill(record, seen, reported))
  if (!isClosed(record)) add(amendment(record, seen))
  add(progress(record, seen, reported))
  add(refusal(record, reported))
  return events
}

/** The first word of an order that Signal did not ask for. */
function beginning(
  record: OrderRecord | undefined,
  seen: Order,
  reported: ReportContext,
): OrderEvent | undefined {
  const terms = record === undefined ? termsOf(seen) : undefined
  if (terms === undefined) return undefined
  const replaces = seen.replaces && reported.idOf(seen.replaces)
  const { quantity = NO_SHARES, averagePrice } = reported.filledBefore ?? {}
  return {
    type: 'ExternalOrderDetected',
    payload: {
      version: 1,
      terms,
      exchangeId: seen.id,
      submittedAt: submittedAtOf(seen) ?? reported.now,
      filledBefore: quantity,
      ...(averagePrice !== undefined && { averageBefore: averagePrice }),
      ...(replaces !== undefined && { replaces }),
    },
  }
}

/** The exchange has it: for the first time, or with exits that were not known. */
function acceptance(record: OrderRecord, seen: Order): OrderEvent | undefined {
  const legs = legsOf(seen)
  if (record.exchangeId !== undefined && (legs.length === 0 || record.legs.length > 0)) return undefined
  return { type: 'OrderAccepted', payload: { version: 1, exchangeId: seen.id, legs: [...legs] } }
}

/** What was filled beyond what is known, or that nothing is left to fill. Totals decide, so that no execution counts twice and none is lost. */
function fill(record: OrderRecord, seen: Order, { now, execution }: ReportContext): OrderEvent | undefined {
  const added = seen.filledQty.minus(record.filledQuantity)
  const isDone = seen.status === 'filled' && added.isZero() && !isClosed(record)
  if (added.lte(0) && !isDone) return undefined
  const known = new Decimal(record.filledQuantity)
  const average = seen.filledAvgPrice ?? execution?.price ?? new Decimal(priceHint(record))
  const isThatExecution = execution !== undefined && execution.quantity.eq(added)
  const paid = average.times(seen.filledQty).minus(known.times(record.averagePrice ?? 0))
  const price = isThatExecution || isDone ? (execution?.price ?? average) : Decimal.max(paid.div(added), 0)
  return {
    type: seen.status === 'filled' ? 'OrderFilled' : 'OrderPartiallyFilled',
    payload: {
      version: 1,
      executionId: isThatExecution ? execution.id : `${seen.id}:${seen.filledQty.toFixed()}`,
      quantity: sharesOf(added),
      price: priceOf(price),
      filledQuantity: sharesOf(seen.filledQty),
      averagePrice: priceOf(average),
      filledAt: execution?.at ?? seen.filledAt ?? seen.updatedAt ?? now,
    },
  }
}

/** Where the exchange tells no price of a fill, the order's own is the nearest. */
const priceHint = ({ averagePrice, terms }: OrderRecord): Price | 0 =>
  averagePrice ?? terms.limitPrice ?? terms.stopPrice ?? 0

/** Terms that the exchange changed by itself. The stop of a trailing order moves all the time and is not noted. */
function amendment({ terms, termsUpdatedAt = 0 }: OrderRecord, seen: Order): OrderEvent | undefined {
  const { updatedAt } = seen
  if (updatedAt !== undefined && updatedAt < termsUpdatedAt) return undefined // an older word than the one that is known
  const now = termsOf(seen)
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
  return { type: 'OrderUpdated', payload: { version: 1, terms: changed, ...stamp } }
}

/** What was asked for is not done, and the order goes on as it was. */
function refusal(record: OrderRecord, { refused }: ReportContext): OrderEvent | undefined {
  if (isClosed(record)) return undefined
  const payload = { version: 1 as const, reason: 'The exchange did not do it. The order still works.' }
  if (refused === 'cancel' && record.cancelRequestedAt !== undefined)
    return { type: 'OrderCancelRejected', payload }
  return refused === 'replace' && record.replaceRequestedAt !== undefined
    ? { type: 'OrderReplaceRejected', payload }
    : undefined
}

/** How far an open order has come; it never goes back. */
const RANK: Readonly<Partial<Record<OrderRecord['state'], number>>> = {
  requested: 0,
  unconfirmed: 0,
  accepted: 1,
  held: 2,
  open: 3,
  'partially-filled': 4,
}

function progress(record: OrderRecord, seen: Order, { idOf }: ReportContext): OrderEvent | undefined {
  if (isClosed(record)) return undefined
  const ended = ending(seen, idOf)
  if (ended !== undefined) return ended
  switch (seen.status) {
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
    case 'held':
      return rankOf(record) < rankOf({ state: 'held' })
        ? { type: 'OrderHeld', payload: { version: 1 } }
        : undefined
    default: // new, partially_filled and every word that Alpaca may add: it works
      return rankOf(record) < rankOf({ state: 'open' })
        ? { type: 'OrderOpen', payload: { version: 1 } }
        : undefined
  }
}

const rankOf = ({ state }: Pick<OrderRecord, 'state'>): number => RANK[state] ?? Number.POSITIVE_INFINITY

function ending(seen: Order, idOf: ReportContext['idOf']): OrderEvent | undefined {
  switch (seen.status) {
    case 'canceled':
      return { type: 'OrderCanceled', payload: { version: 1 } }
    case 'expired':
      return { type: 'OrderExpired', payload: { version: 1 } }
    case 'rejected': {
      const reason = 'The exchange rejected it after it was accepted. Alpaca names no reason.'
      return { type: 'OrderRejected', payload: { version: 1, reason } }
    }
    case 'replaced': {
      const replacedBy = seen.replacedBy && idOf(seen.replacedBy)
      return { type: 'OrderReplaced', payload: { version: 1, ...(replacedBy && { replacedBy }) } }
    }
    default:
      return undefined
  }
}
