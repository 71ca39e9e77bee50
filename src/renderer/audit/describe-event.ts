import type { AuditEvent } from '#shared/trading/audit'
import type { Tone } from '../ui/dot.tsx'
import {
  adjustedCash,
  adjustedPosition,
  amendment,
  armedDespite,
  asker,
  attempt,
  changedLimit,
  comparison,
  confirmedAfter,
  doubt,
  exchangeId,
  fill,
  loss,
  opening,
  reason,
  replacement,
  request,
  restated,
  savedState,
} from './event-details.ts'
import { filling } from './describe-filling.ts'
import { orderFacts, type Payload } from './payload-facts.ts'

/** An event for display. */
export interface EventDescription {
  readonly tone: Tone
  readonly title: string
  /** The values in it; empty if there are none. */
  readonly detail: string
}

interface DescribedEvent {
  readonly tone: Tone
  readonly title: string
  /** The values in the payload; absent for a type that has none. */
  readonly detail?: (payload: Payload) => string | undefined
}

/** How each type is described. A type that is not listed is shown as it is. */
const KINDS: Readonly<Record<string, DescribedEvent>> = {
  OrderRequested: {
    tone: 'off',
    title: 'Asked for',
    detail: request,
  },
  ExternalOrderDetected: { tone: 'off', title: 'Seen at the exchange', detail: orderFacts },
  OrderAccepted: { tone: 'good', title: 'Accepted by the exchange', detail: exchangeId },
  OrderHeld: { tone: 'off', title: 'Held by the exchange' },
  OrderUpdated: { tone: 'warn', title: 'Changed by the exchange', detail: amendment },
  OrderOpen: { tone: 'good', title: 'Working' },
  OrderRejected: { tone: 'bad', title: 'Rejected', detail: reason },
  OrderNeverArrived: { tone: 'bad', title: 'Never reached the exchange', detail: reason },
  OrderPartiallyFilled: { tone: 'good', title: 'Partly filled', detail: fill },
  OrderFilled: { tone: 'good', title: 'Filled', detail: fill },
  OrderFillsRestated: { tone: 'warn', title: 'Fills put in order', detail: restated },
  OrderCancelRequested: { tone: 'warn', title: 'Cancel asked for', detail: asker },
  OrderCancelRejected: { tone: 'bad', title: 'Cancel refused', detail: reason },
  OrderCanceled: { tone: 'off', title: 'Canceled', detail: reason },
  OrderReplaceRequested: { tone: 'warn', title: 'Change asked for', detail: replacement },
  OrderReplaceRejected: { tone: 'bad', title: 'Change refused', detail: reason },
  OrderReplaced: { tone: 'off', title: 'Replaced', detail: replacement },
  OrderDoneForDay: { tone: 'off', title: 'Done for the day' },
  OrderExpired: { tone: 'off', title: 'Expired' },
  OrderUnconfirmed: { tone: 'warn', title: 'No answer came', detail: reason },
  AccountOpened: { tone: 'off', title: 'Books opened', detail: opening },
  Reconciled: { tone: 'good', title: 'Compared with the exchange', detail: comparison },
  PositionAdjusted: { tone: 'warn', title: 'Position taken from the exchange', detail: adjustedPosition },
  CashAdjusted: { tone: 'warn', title: 'Cash taken from the exchange', detail: adjustedCash },
  AccountStateSaved: { tone: 'off', title: 'Account state saved', detail: savedState },
  LogDoubted: { tone: 'bad', title: 'Event log not as it was noted', detail: doubt },
  KillSwitchEngaged: { tone: 'bad', title: 'Kill switch engaged' },
  KillSwitchReleased: { tone: 'good', title: 'Kill switch released' },
  RiskLimitChanged: { tone: 'warn', title: 'Risk limit changed', detail: changedLimit },
  DailyLossReached: { tone: 'bad', title: 'Daily loss limit reached', detail: loss },
  HistoryFilled: { tone: 'off', title: 'Gaps of the history filled', detail: filling },
  LimitsConfirmed: { tone: 'good', title: 'Limits confirmed', detail: confirmedAfter },
  LiveArmed: { tone: 'warn', title: 'Live account armed', detail: armedDespite },
  LiveArmingFailed: { tone: 'bad', title: 'Wrong number typed to arm', detail: attempt },
  LiveDisarmed: { tone: 'off', title: 'Live account disarmed', detail: reason },
}

const MOST_RAW = 200

/** A payload in one line. */
export const rawText = (payload: Payload): string => {
  const text = JSON.stringify(payload)
  return text.length > MOST_RAW ? `${text.slice(0, MOST_RAW)}…` : text
}

/** Describes an event. For an unknown type, these are the type and the payload as they are. */
export function describeEvent({ type, payload }: Pick<AuditEvent, 'type' | 'payload'>): EventDescription {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  return kind
    ? { tone: kind.tone, title: kind.title, detail: kind.detail?.(payload) ?? '' }
    : { tone: 'off', title: type, detail: rawText(payload) }
}
