import { Decimal } from 'decimal.js'
import type * as z from 'zod'
import { defined } from '#shared/defined'
import { unreachable } from '#shared/result'
import { isClosed, orderState, PENDING_STATES, type OrderDraft, type OrderState } from '#shared/trading/order'
import { quantity, type EpochMs, type Price, type Quantity } from '#shared/units'
import { amendmentName, describeAmendment, type TradeAmendment } from './describe-amendment.ts'
import type { EventOf, OrderEvent } from './event.ts'
import { orderTerms, type OrderTerms } from './order-terms.ts'

export const NO_SHARES: Quantity = quantity.parse('0')

/** An exit of an order, by its client_order_id. */
export interface LegOf {
  readonly id: string
  readonly leg: 'take-profit' | 'stop-loss'
}

/** An order's own state; the two request times say whether a cancel or a replacement is pending. */
export const baseState = orderState.exclude(PENDING_STATES)
export type BaseState = z.output<typeof baseState>

/** An order, folded from its events. */
export interface OrderRecord {
  /** client_order_id. */
  readonly id: string
  /** How many events its stream has. */
  readonly version: number
  readonly terms: OrderTerms
  /** As the trader requested it; absent for an external order. */
  readonly draft?: OrderDraft
  readonly exchangeId?: string
  readonly state: BaseState
  readonly filledQuantity: Quantity
  readonly averagePrice?: Price
  readonly requestedAt: EpochMs
  readonly updatedAt: EpochMs
  readonly legs: readonly LegOf[]
  readonly replaces?: string
  /** What the order that it replaces had filled when its quantity was chosen. */
  readonly filledThen?: Quantity
  readonly replacedBy?: string
  /** The order that is to open the opposite position once this one has closed it. */
  readonly opens?: string
  /** When a cancel was requested; absent once it was rejected or the order ended. */
  readonly cancelRequestedAt?: EpochMs
  /** When a replacement was requested; absent once it was rejected or the order ended. */
  readonly replaceRequestedAt?: EpochMs
  /** The exchange's timestamp of when it was last done for the day. */
  readonly doneForDayAt?: EpochMs
  /** The exchange's timestamp of the terms, once it changed them. */
  readonly termsUpdatedAt?: EpochMs
  /** The exchange's timestamp of when it last canceled or corrected a trade; older reports of fills do not count. */
  readonly amendedAt?: EpochMs
  /** The reports of that which are recorded. */
  readonly amendments?: readonly string[]
  readonly problem?: string
}

/** The order's state as shown. */
export function stateOf(record: OrderRecord): OrderState {
  if (isClosed(record)) return record.state
  if (record.cancelRequestedAt !== undefined) return 'pending-cancel'
  return record.replaceRequestedAt === undefined ? record.state : 'pending-replace'
}

/** Where and when an order's event stands. */
type Place = { readonly id: string; readonly version: number; readonly at: EpochMs }

/** The order after one event; nothing for an event that no order can begin with. */
export function applyOrderEvent(
  before: OrderRecord | undefined,
  event: OrderEvent,
  place: Place,
): OrderRecord | undefined {
  const { version, at } = place
  if (event.type === 'OrderRequested') return before ?? requested(event, place)
  if (event.type === 'ExternalOrderDetected') return before ?? externalOrder(event, place)
  if (event.type === 'OrderDenied') return before ?? denied(event, place)
  if (isAside(event)) return before && { ...before, version }
  return before && { ...step(before, event, at), version, updatedAt: at }
}

const begun = (place: Place) => ({
  id: place.id,
  version: place.version,
  updatedAt: place.at,
  legs: [],
})

/** An order as the trader wants it, before anything is sent. */
const wanted = (draft: OrderDraft, place: Place) => ({
  ...begun(place),
  terms: termsOf(draft),
  draft,
  filledQuantity: NO_SHARES,
  requestedAt: place.at,
})

/** An order that ended before anything was sent. */
const denied = ({ payload: { draft, problems } }: EventOf<'OrderDenied'>, place: Place): OrderRecord => ({
  ...wanted(draft, place),
  state: 'denied',
  problem: problems.map(({ sentence }) => sentence).join(' '),
})

function requested(
  { payload: { draft, replaces, filledThen, opens } }: EventOf<'OrderRequested'>,
  place: Place,
): OrderRecord {
  return {
    ...wanted(draft, place),
    state: 'requested',
    ...(replaces !== undefined && { replaces }),
    ...(filledThen !== undefined && { filledThen }),
    ...(opens !== undefined && { opens }),
  }
}

function externalOrder({ payload }: EventOf<'ExternalOrderDetected'>, place: Place): OrderRecord {
  const { terms, exchangeId, submittedAt, filledBefore, averageBefore, replaces } = payload
  return {
    ...begun(place),
    terms: defined(terms),
    exchangeId,
    state: new Decimal(filledBefore).isZero() ? 'accepted' : 'partially-filled',
    filledQuantity: filledBefore,
    requestedAt: submittedAt,
    ...(averageBefore !== undefined && { averagePrice: averageBefore }),
    ...(replaces !== undefined && { replaces }),
  }
}

/** An OCO order is its own take profit. */
function termsOf(draft: OrderDraft): OrderTerms {
  const { orderClass, takeProfit } = draft
  const terms = defined(orderTerms.parse(draft))
  return orderClass === 'oco' && takeProfit ? { ...terms, limitPrice: takeProfit.limitPrice } : terms
}

/** An event that belongs to an order and leaves it as it is. */
type Aside = Extract<OrderEvent, { readonly type: 'OrderFillsRestated' | 'OrderReplaceDenied' }>
const isAside = (event: OrderEvent): event is Aside =>
  event.type === 'OrderFillsRestated' || event.type === 'OrderReplaceDenied'

type Step = Exclude<
  OrderEvent,
  Aside | { readonly type: 'OrderRequested' | 'OrderDenied' | 'ExternalOrderDetected' }
>

function step(order: OrderRecord, event: Step, at: EpochMs): OrderRecord {
  switch (event.type) {
    case 'OrderAccepted':
      return accepted(order, event)
    case 'OrderOpen':
      return isClosed(order) ? order : { ...order, state: hasFills(order) ? 'partially-filled' : 'open' }
    case 'OrderHeld':
      return isClosed(order) ? order : { ...order, state: 'held' }
    case 'OrderPartiallyFilled':
    case 'OrderFilled':
      return filledBy(order, event)
    case 'OrderTradeBusted':
    case 'OrderTradeCorrected':
      return amended(order, event)
    case 'OrderUpdated':
      return updated(order, event)
    case 'OrderCancelRequested':
      return { ...order, cancelRequestedAt: at }
    case 'OrderCancelRejected':
      return { ...withoutCancel(order), problem: event.payload.reason }
    case 'OrderReplaceRequested':
      return { ...order, replaceRequestedAt: at }
    case 'OrderReplaceRejected':
      return { ...withoutReplace(order), problem: event.payload.reason }
    case 'OrderDoneForDay':
      return isClosed(order) ? order : { ...order, state: 'done-for-day', doneForDayAt: event.payload.doneAt }
    case 'OrderCanceled': {
      const { reason } = event.payload
      return { ...closed(order, 'canceled'), ...(reason !== undefined && { problem: reason }) }
    }
    case 'OrderExpired':
      return closed(order, 'expired')
    case 'OrderReplaced': {
      const { replacedBy } = event.payload
      return { ...closed(order, 'replaced'), ...(replacedBy !== undefined && { replacedBy }) }
    }
    case 'OrderRejected':
      return { ...closed(order, 'rejected'), problem: event.payload.reason }
    case 'OrderNeverArrived':
      return { ...closed(order, 'never-arrived'), problem: event.payload.reason }
    case 'OrderUnconfirmed':
      return isClosed(order) ? order : { ...order, state: 'unconfirmed', problem: event.payload.reason }
    default:
      return unreachable(event)
  }
}

function updated(order: OrderRecord, { payload }: EventOf<'OrderUpdated'>): OrderRecord {
  const { terms, termsUpdatedAt } = payload
  return {
    ...order,
    terms: { ...order.terms, ...defined(terms) },
    ...(termsUpdatedAt !== undefined && { termsUpdatedAt }),
  }
}

/** The order as accepted, even one that was taken for never sent: the exchange has it after all. */
function accepted(order: OrderRecord, { payload }: EventOf<'OrderAccepted'>): OrderRecord {
  const { problem: _settled, ...rest } = order
  const isFirst = order.exchangeId === undefined
  const isFound = isFirst && order.state === 'unconfirmed'
  return {
    ...rest,
    exchangeId: payload.exchangeId,
    legs: payload.legs.length > 0 ? payload.legs : order.legs,
    ...(isFirst && { state: 'accepted' }),
    ...(isFound && { problem: FOUND }),
  }
}

const FOUND = 'No reply at first; Alpaca received it once.'

/** Totals never decrease: an execution reported twice or late changes nothing. */
function filledBy(
  order: OrderRecord,
  { type, payload: { filledQuantity, averagePrice } }: EventOf<'OrderFilled' | 'OrderPartiallyFilled'>,
): OrderRecord {
  if (new Decimal(filledQuantity).lt(order.filledQuantity)) return order
  const amounts = { filledQuantity, averagePrice }
  if (type === 'OrderFilled') return { ...withoutCancel(withoutReplace(order)), ...amounts, state: 'filled' }
  const isStill = isClosed(order) || order.state === 'done-for-day'
  return isStill ? { ...order, ...amounts } : { ...order, ...amounts, state: 'partially-filled' }
}

/** The exchange's totals after it took back or corrected a trade: the only ones that may be lower. */
function amended(order: OrderRecord, event: TradeAmendment): OrderRecord {
  const { report, filledQuantity, averagePrice, amendedAt } = event.payload
  const { averagePrice: _before, ...rest } = order
  return {
    ...rest,
    filledQuantity,
    ...(averagePrice !== undefined && { averagePrice }),
    amendedAt: Math.max(amendedAt, order.amendedAt ?? 0),
    amendments: [...(order.amendments ?? []), report],
    problem: `${amendmentName(event)}. ${describeAmendment(event)}`,
  }
}

/** The first final state stays; fills are kept, and pending requests end with the order. */
const closed = (order: OrderRecord, state: BaseState): OrderRecord =>
  isClosed(order) ? order : { ...withoutCancel(withoutReplace(order)), state }

function withoutCancel(order: OrderRecord): OrderRecord {
  const { cancelRequestedAt: _asked, ...rest } = order
  return rest
}

export function withoutReplace(order: OrderRecord): OrderRecord {
  const { replaceRequestedAt: _asked, ...rest } = order
  return rest
}

const hasFills = ({ filledQuantity }: OrderRecord): boolean => new Decimal(filledQuantity).gt(0)
