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
export const WAITS: StateDescription = { text: 'Waits for entry', tone: 'off' }

/** The state of an order, short enough for a cell. */
export const STATE_WORDS: Readonly<Record<OrderState, StateDescription>> = {
  requested: { text: 'Sending', tone: 'off' },
  unconfirmed: { text: 'Unconfirmed', tone: 'warn' },
  'never-arrived': { text: 'Never sent', tone: 'bad' },
  accepted: { text: 'Accepted', tone: 'good' },
  held: {
    text: 'Standing by',
    tone: 'good',
    about:
      'The exchange holds it beside the other exit: whichever is reached first fills, and ends the other.',
  },
  open: { text: 'Working', tone: 'good' },
  'partially-filled': { text: 'Partly filled', tone: 'good' },
  'done-for-day': {
    text: 'Done for today',
    tone: 'off',
    about:
      'The exchange works it no more today. An order that is good till canceled may work again tomorrow.',
  },
  'pending-cancel': { text: 'Canceling', tone: 'warn' },
  'pending-replace': { text: 'Changing', tone: 'warn' },
  filled: { text: 'Filled', tone: 'good' },
  canceled: { text: 'Canceled', tone: 'off' },
  expired: { text: 'Expired', tone: 'off' },
  replaced: { text: 'Replaced', tone: 'off' },
  rejected: { text: 'Rejected', tone: 'bad' },
  denied: { text: 'Denied', tone: 'bad', about: 'Signal’s own checks refused it: nothing was sent.' },
}

const TIMES: Readonly<Record<TimeInForce, string>> = {
  day: 'day',
  gtc: 'GTC',
  opg: 'at the open',
  cls: 'at the close',
  ioc: 'IOC',
  fok: 'FOK',
}

const LEGS = { 'take-profit': 'Target', 'stop-loss': 'Stop loss' } as const

/** How an order is to be executed: `Limit, day`; for an exit also which one it is: `Target, limit, GTC`. */
export function describeKind({ type, timeInForce, leg, extendedHours }: OrderView): string {
  const kind = leg === undefined ? TYPE_NAMES[type] : `${LEGS[leg]}, ${TYPE_NAMES[type].toLowerCase()}`
  return `${kind}, ${TIMES[timeInForce]}${extendedHours ? ', extended' : ''}`
}
