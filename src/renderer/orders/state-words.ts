import type { OrderState, OrderType, OrderView, TimeInForce } from '#shared/trading/order'
import type { Tone } from '../ui/dot.tsx'

interface StateWords {
  readonly words: string
  readonly tone: Tone
  /** What the word means, where that may not be plain. */
  readonly about?: string
}

/** An exit whose entry is not filled yet. */
export const WAITS: StateWords = { words: 'Waits for entry', tone: 'off' }

/** Where an order stands, short enough for a cell. */
export const STATE_WORDS: Readonly<Record<OrderState, StateWords>> = {
  requested: { words: 'Sending', tone: 'off' },
  unknown: { words: 'Looking for it', tone: 'warn' },
  'not-sent': { words: 'Never sent', tone: 'bad' },
  accepted: { words: 'Accepted', tone: 'good' },
  held: {
    words: 'Standing by',
    tone: 'good',
    about:
      'The exchange holds it beside the other exit: whichever is reached first fills, and ends the other.',
  },
  working: { words: 'Working', tone: 'good' },
  'partially-filled': { words: 'Partly filled', tone: 'good' },
  'cancel-pending': { words: 'Canceling', tone: 'warn' },
  'replace-pending': { words: 'Changing', tone: 'warn' },
  filled: { words: 'Filled', tone: 'good' },
  canceled: { words: 'Canceled', tone: 'off' },
  expired: { words: 'Expired', tone: 'off' },
  replaced: { words: 'Replaced', tone: 'off' },
  rejected: { words: 'Rejected', tone: 'bad' },
}

const TYPES: Readonly<Record<OrderType, string>> = {
  market: 'Market',
  limit: 'Limit',
  stop: 'Stop',
  stop_limit: 'Stop limit',
  trailing_stop: 'Trailing stop',
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

/** How an order is to be executed: `Limit, day`; of an exit, which one it is: `Target, limit, GTC`. */
export function kindWords({ type, timeInForce, leg, extendedHours }: OrderView): string {
  const kind = leg === undefined ? TYPES[type] : `${LEGS[leg]}, ${TYPES[type].toLowerCase()}`
  return `${kind}, ${TIMES[timeInForce]}${extendedHours ? ', extended' : ''}`
}
