import type { AuditEvent } from '#shared/trading/audit'
import type { Tone } from '../ui/dot.tsx'
import { filling } from './describe-filling.ts'
import {
  accepted,
  adjustedCash,
  adjustedPosition,
  amended,
  armed,
  attempt,
  canceler,
  changedLimit,
  closeDenied,
  comparison,
  confirmedAfter,
  denied,
  doubt,
  external,
  fill,
  loss,
  opening,
  reason,
  replaceDenied,
  replacement,
  request,
  restated,
  savedState,
  update,
} from './event-details.ts'
import type { Payload } from './payload-facts.ts'

/** An event for display. */
export interface EventDescription {
  readonly tone: Tone
  readonly title: string
  /** The values in it; empty if there are none. */
  readonly detail: string
}

/** What an event is about. */
export const GROUPS = ['Orders', 'Account', 'Safety', 'Data', 'Other'] as const
export type EventGroup = (typeof GROUPS)[number]

interface EventKind {
  readonly group: EventGroup
  readonly tone: Tone
  readonly title: string
  /** The values in the payload; absent for a type that has none. */
  readonly detail?: (payload: Payload) => string | undefined
}

const order = (tone: Tone, title: string, detail?: EventKind['detail']): EventKind => ({
  group: 'Orders',
  tone,
  title,
  ...(detail && { detail }),
})
const account = (tone: Tone, title: string, detail: EventKind['detail']): EventKind => ({
  ...order(tone, title, detail),
  group: 'Account',
})
const safety = (tone: Tone, title: string, detail?: EventKind['detail']): EventKind => ({
  ...order(tone, title, detail),
  group: 'Safety',
})

/** How each type is described. A type that is not listed is shown as it is. */
const KINDS: Readonly<Record<string, EventKind>> = {
  OrderRequested: order('off', 'Submitted', request),
  OrderDenied: order('bad', 'Denied by Signal', denied),
  ExternalOrderDetected: order('off', 'Found at Alpaca', external),
  OrderAccepted: order('good', 'Accepted', accepted),
  OrderHeld: order('off', 'Held'),
  OrderOpen: order('good', 'Open'),
  OrderUpdated: order('warn', 'Changed by Alpaca', update),
  OrderRejected: order('bad', 'Rejected', reason),
  OrderNeverArrived: order('bad', 'Not received', reason),
  OrderUnconfirmed: order('warn', 'No reply', reason),
  OrderPartiallyFilled: order('good', 'Partial fill', fill),
  OrderFilled: order('good', 'Filled', fill),
  OrderFillsRestated: order('warn', 'Fills corrected', restated),
  OrderTradeBusted: order('bad', 'Trade busted', amended),
  OrderTradeCorrected: order('warn', 'Trade corrected', amended),
  OrderCancelRequested: order('warn', 'Cancel requested', canceler),
  OrderCancelRejected: order('bad', 'Cancel rejected', reason),
  OrderCanceled: order('off', 'Canceled', reason),
  OrderReplaceRequested: order('warn', 'Replace requested', replacement),
  OrderReplaceDenied: order('bad', 'Replace denied by Signal', replaceDenied),
  OrderReplaceRejected: order('bad', 'Replace rejected', reason),
  OrderReplaced: order('off', 'Replaced', replacement),
  OrderDoneForDay: order('off', 'Done for day'),
  OrderExpired: order('off', 'Expired'),
  PositionCloseDenied: order('bad', 'Close denied by Signal', closeDenied),
  AccountOpened: account('off', 'Account opened', opening),
  Reconciled: account('good', 'Reconciled with Alpaca', comparison),
  PositionAdjusted: account('warn', 'Position adjusted to Alpaca', adjustedPosition),
  CashAdjusted: account('warn', 'Cash adjusted to Alpaca', adjustedCash),
  KillSwitchEngaged: safety('bad', 'Kill switch on'),
  KillSwitchReleased: safety('good', 'Kill switch off'),
  RiskLimitChanged: safety('warn', 'Risk limit changed', changedLimit),
  DailyLossReached: safety('bad', 'Daily loss limit hit', loss),
  LimitsConfirmed: safety('good', 'Limits confirmed', confirmedAfter),
  LiveArmed: safety('warn', 'Live trading armed', armed),
  LiveArmingFailed: safety('bad', 'Wrong account number entered to arm', attempt),
  LiveDisarmed: safety('off', 'Live trading disarmed', reason),
  HistoryFilled: { group: 'Data', tone: 'off', title: 'History gaps filled', detail: filling },
  AccountStateSaved: { group: 'Data', tone: 'off', title: 'Snapshot saved', detail: savedState },
  LogDoubted: { group: 'Data', tone: 'bad', title: 'Event log in doubt', detail: doubt },
}

const kindOf = (type: string): EventKind | undefined => (Object.hasOwn(KINDS, type) ? KINDS[type] : undefined)

/** What events of this type are called; an unknown type is called by its own name. */
export const titleOf = (type: string): string => kindOf(type)?.title ?? type

/** What events of this type are about. */
export const groupOf = (type: string): EventGroup => kindOf(type)?.group ?? 'Other'

/** A whole group, as a choice. */
export const groupTitle = (group: EventGroup): string =>
  `All ${group === 'Orders' ? 'order' : group.toLowerCase()} events`

/** All types of a group: those known, and of those that occur in the log the ones that are not. */
export const typesIn = (group: EventGroup, occurring: readonly string[]): readonly string[] =>
  [...new Set([...Object.keys(KINDS), ...occurring])].filter((type) => groupOf(type) === group)

const MOST_RAW = 200

/** A payload in one line. */
export const rawText = (payload: Payload): string => {
  const text = JSON.stringify(payload)
  return text.length > MOST_RAW ? `${text.slice(0, MOST_RAW)}…` : text
}

/** Describes an event. For an unknown type, these are the type and the payload as they are. */
export function describeEvent({ type, payload }: Pick<AuditEvent, 'type' | 'payload'>): EventDescription {
  const kind = kindOf(type)
  return kind
    ? { tone: kind.tone, title: kind.title, detail: kind.detail?.(payload) ?? '' }
    : { tone: 'off', title: type, detail: rawText(payload) }
}
