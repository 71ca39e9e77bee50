import { TYPE_NAMES } from '#shared/trading/describe-order'
import type { OrderState, OrderView, TimeInForce } from '#shared/trading/order'
import type { Tone } from '../ui/dot.tsx'

interface StateDescription {
  readonly text: string
  readonly tone: Tone
  /** What the text means, if that is not obvious. */
  readonly about?: string
}

/** An exit whose entry is not filled yet. */
export const WAITS: StateDescription = { text: 'Waiting for entry', tone: 'off' }

/** The state of an order, short enough for a cell. */
export const STATE_WORDS: Readonly<Record<OrderState, StateDescription>> = {
  requested: { text: 'Sending', tone: 'off' },
  unconfirmed: { text: 'Unconfirmed', tone: 'warn' },
  'never-arrived': { text: 'Not sent', tone: 'bad' },
  accepted: { text: 'Accepted', tone: 'good' },
  held: {
    text: 'OCO standby',
    tone: 'good',
    about: 'One-cancels-other with the target.',
  },
  open: { text: 'Working', tone: 'good' },
  'partially-filled': { text: 'Partial fill', tone: 'good' },
  'done-for-day': {
    text: 'Done for day',
    tone: 'off',
    about: 'No more fills today. A GTC order resumes on the next trading day.',
  },
  'pending-cancel': { text: 'Cancel pending', tone: 'warn' },
  'pending-replace': { text: 'Replace pending', tone: 'warn' },
  filled: { text: 'Filled', tone: 'good' },
  canceled: { text: 'Canceled', tone: 'off' },
  expired: { text: 'Expired', tone: 'off' },
  replaced: { text: 'Replaced', tone: 'off' },
  rejected: { text: 'Rejected', tone: 'bad' },
  denied: { text: 'Denied', tone: 'bad', about: 'Blocked by Signal’s checks; nothing was sent.' },
}

const TIMES: Readonly<Record<TimeInForce, string>> = {
  day: 'day',
  gtc: 'GTC',
  opg: 'OPG',
  cls: 'CLS',
  ioc: 'IOC',
  fok: 'FOK',
}

const LEGS = { 'take-profit': 'Target', 'stop-loss': 'Stop loss' } as const

/** How an order is to be executed: `Limit, day`; for an exit also which one it is: `Target, limit, GTC`. */
export function describeKind({ type, timeInForce, leg, extendedHours }: OrderView): string {
  const kind = leg === undefined ? TYPE_NAMES[type] : `${LEGS[leg]}, ${TYPE_NAMES[type].toLowerCase()}`
  return `${kind}, ${TIMES[timeInForce]}${extendedHours ? ', extended' : ''}`
}
