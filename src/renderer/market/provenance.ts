import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import { claimedFeedOf, hostOf, isForeign, type ForeignSource, type Source } from '#shared/provenance'
import { unreachable } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import { spreadBps } from '#shared/trading/spread'
import type { EpochMs } from '#shared/units'
import { briefDuration, delay, duration, momentInZone } from '../ui/times.ts'
import { describeClose } from './describe-close.ts'
import { ageOf, hasColor } from './describe-freshness.ts'

type NamedSource = Exclude<Source, ForeignSource>

const SOURCE_LETTERS: Readonly<Record<NamedSource, string>> = {
  sip: 'S',
  delayed_sip: 'L',
  boats: 'B',
  overnight: 'O',
  iex: 'I',
  test: 'T',
  demo: 'D',
  rest: 'R',
}

const SOURCE_NAMES: Readonly<Record<NamedSource, string>> = {
  sip: 'SIP (all US exchanges)',
  delayed_sip: 'SIP, delayed 15 min',
  boats: 'Blue Ocean ATS (overnight)',
  overnight: 'Alpaca overnight feed',
  iex: 'IEX only',
  test: 'Alpaca test stream (simulated)',
  demo: 'Demo market (simulated)',
  rest: 'Snapshot (REST)',
}

/** What the price is. */
const BASIS_NAMES: Record<NonNullable<MarketRow['basis']>, string> = {
  mid: 'midpoint',
  trade: 'last trade',
  bar: 'last bar\u2019s close',
}

/** What a price is, in words. */
export const basisName = (basis: MarketRow['basis']): string => BASIS_NAMES[basis ?? 'mid']

/** Why the quote sets no price. */
function describeProblem({ quoteProblem, bid, ask }: MarketRow): string {
  if (bid === undefined || ask === undefined) return 'one side is empty'
  if (quoteProblem === 'crossed') return 'bid above ask'
  const share = spreadBps(new Decimal(bid), new Decimal(ask)).div(100)
  return `spread of ${share.toFixed(1)}% is too wide`
}

/** The one-letter label beside a price. */
export const sourceLetter = (source: Source): string => (isForeign(source) ? 'F' : SOURCE_LETTERS[source])

/** The source in words. */
export const sourceName = (source: Source): string =>
  isForeign(source)
    ? `${hostOf(source)} (not Alpaca), labeled ${SOURCE_NAMES[claimedFeedOf(source)]}`
    : SOURCE_NAMES[source]

/** Whether a price can be believed, in a trader's terms. */
export interface Verdict {
  readonly answer: 'yes' | 'caution' | 'no'
  readonly because: string
}

/** Answers "can I believe this price?" in a sentence with the reason. */
export function believe(row: MarketRow, now: EpochMs): Verdict {
  const age = ageOf(row, now)
  const old = age === undefined ? 'a while' : briefDuration(age)
  if (row.halt) {
    return {
      answer: 'caution',
      because: `Halted (${row.halt.reason}). Last price before the halt.`,
    }
  }
  const source = row.origin?.source
  if (isDelayed(source)) return DELAYED
  if (row.quoteProblem !== undefined && hasColor(row))
    return {
      answer: 'caution',
      because: `Showing ${basisName(row.basis)}, ${old} old. Quote not used: ${describeProblem(row)}.`,
    }
  switch (row.freshness) {
    case 'live':
      return believeFresh(source)
    case 'ageing':
      return { answer: 'caution', because: `${old} old; next quote expected shortly.` }
    case 'stale':
      return {
        answer: 'no',
        because: `${old} old. This symbol usually ticks faster: the feed may be stuck.`,
      }
    case 'quiet':
      return {
        answer: 'yes',
        because: `${old} old, normal for this symbol now.`,
      }
    case 'closed':
      return {
        answer: 'caution',
        because: 'Market closed. Last price; it may gap at the open.',
      }
    case 'disconnected':
      return { answer: 'no', because: 'Feed down; current price unknown.' }
    case 'waiting':
      return { answer: 'no', because: 'No quote yet.' }
    default:
      return unreachable(row.freshness)
  }
}

const DELAYED: Verdict = {
  answer: 'no',
  because: 'Delayed 15 min: not the current price.',
}

type DelayedSource = 'delayed_sip' | `host:delayed_sip@${string}`

/** Whether the feed is 15 minutes late, be it Alpaca's or another host's. */
const isDelayed = (source: Source | undefined): source is DelayedSource =>
  source !== undefined && (isForeign(source) ? claimedFeedOf(source) : source) === 'delayed_sip'

function believeFresh(source: Exclude<Source, DelayedSource> | undefined): Verdict {
  if (source !== undefined && isForeign(source))
    return {
      answer: 'caution',
      because: `Live from ${hostOf(source)}, not Alpaca.`,
    }
  switch (source) {
    case 'iex':
      return {
        answer: 'caution',
        because: 'Live, IEX only; the NBBO may be better.',
      }
    case 'demo':
    case 'test':
      return { answer: 'caution', because: 'Simulated price (demo).' }
    case 'boats':
    case 'overnight':
    case 'sip':
    case 'rest':
    case undefined:
      return { answer: 'yes', because: 'Live.' }
    default:
      return unreachable(source)
  }
}

/** The provenance of a price as facts: label and value. */
export function provenance(
  row: MarketRow,
  now: EpochMs,
): readonly (readonly [label: string, value: string])[] {
  const { origin } = row
  if (!origin) return []
  const lag = origin.receivedAt - origin.at
  return [
    ['Feed', sourceName(origin.source)],
    ['Showing', basisName(row.basis)],
    ...(row.quoteProblem === undefined ? [] : [['Quote', `not used: ${describeProblem(row)}`] as const]),
    ...(row.previousCloseOf === undefined
      ? []
      : [['Change from', describeClose(row.previousCloseOf)] as const]),
    ['Exchange timestamp', momentInZone(origin.at, now)],
    ['Received', momentInZone(origin.receivedAt, now)],
    ['Latency', lag < 0 ? 'computer clock is slow' : lag < MINUTE_MS ? delay(lag) : duration(lag)],
  ]
}
