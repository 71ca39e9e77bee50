import { formatCount, formatDecimal } from '#shared/format/numbers'
import type { BarFeed } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import type { BarExample, GapCause, Issue, NothingCame } from '#shared/verification'
import { dayAndMinute, duration } from '../ui/times.ts'

/** The feeds by the names traders know. */
export const FEEDS: Readonly<Record<BarFeed, string>> = {
  demo: 'Demo market',
  foreign: 'Not Alpaca’s',
  iex: 'IEX',
  sip: 'SIP (all US exchanges)',
}

/** Why minutes have no bar, in two words and in a sentence. */
export const CAUSES: Readonly<Record<GapCause, { readonly name: string; readonly why: string }>> = {
  'not-loaded': { name: 'Not downloaded', why: 'not downloaded yet' },
  'feed-gap': {
    name: 'Missing at source',
    why: 'missing at the source, or the stock was halted',
  },
  halt: { name: 'Market halt', why: 'market-wide halt' },
  'no-trade': {
    name: 'No trade',
    why: 'no trades',
  },
}

/** What a gap lost by the feed may also be, where its bars cannot tell. */
export const LOST_OR_HALTED = 'Missing at source, or halted'

/** The causes, from those that can be fixed to the one that is not a fault. */
export const CAUSE_ORDER: readonly GapCause[] = ['not-loaded', 'feed-gap', 'halt', 'no-trade']

const SESSION = 390

/** How long a gap is, in session time: `12 min`, `2 h 5 min`, `3.5 sessions`. */
export const gapLength = (minutes: number): string =>
  minutes < SESSION
    ? duration(minutes * MINUTE_MS).replace(/ 0 (s|min)$/, '')
    : `${(minutes / SESSION).toFixed(1).replace('.0', '')} session${minutes === SESSION ? '' : 's'}`

/** Why loaded days may have no bars; the bars alone cannot tell which. */
export const NOTHING_CAME: Readonly<Record<NothingCame['where'], string>> = {
  before: 'before the first bar: listed later, or not in this feed',
  after: 'after the last bar: delisted, renamed, or not in this feed',
  throughout: 'no bar at all: symbol unknown, not listed then, or not in this feed',
}

/** Of days without bars on some of which the symbol traded. */
export const lostThough = (traded: number): string =>
  `missing: its daily bars show trades on ${formatCount(traded)} of them`

/** Any fault of stored bars, as opposed to missing ones. */
export type Violation = Exclude<Issue, { readonly kind: 'gaps' }>

/** What is wrong, by kind. */
export const VIOLATIONS: Readonly<Record<Violation['kind'], string>> = {
  ohlc_violation: 'Invalid OHLC',
  duplicate_bars: 'Duplicate minute',
  outliers: 'Spike > 20%',
  off_market_prints: 'Spike 5–20%: off-market print, or a real move',
  level_shifts: 'Level shift without a split: partly adjusted, or a real move',
  vwap_outside: 'VWAP outside low–high',
  zero_volume: 'Zero volume',
  closed_days: 'Bar on a holiday',
  refused: 'Rejected as invalid',
}

const describeBar = ({ at, open, high, low, close, volume }: BarExample): string => {
  const [o, h, l, c] = [open, high, low, close].map((price) => formatDecimal(price, 2))
  return `${dayAndMinute(at)}: O ${o}  H ${h}  L ${l}  C ${c}, volume ${formatCount(volume)}`
}

/** One of the bars in question, or the reasons; empty if there is no more to say. */
export function evidence(issue: Violation): string {
  switch (issue.kind) {
    case 'ohlc_violation':
    case 'outliers':
    case 'off_market_prints':
    case 'level_shifts':
    case 'vwap_outside':
      return issue.example ? describeBar(issue.example) : ''
    case 'refused':
      return Object.entries(issue.reasons)
        .map(([reason, count]) => `${reason}: ${formatCount(count)}`)
        .join(', ')
    default:
      return ''
  }
}
