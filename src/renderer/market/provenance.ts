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
  sip: 'SIP, the consolidated tape of all US exchanges',
  delayed_sip: 'SIP, 15 minutes late',
  boats: 'Blue Ocean ATS, an overnight venue',
  overnight: 'Alpaca\u2019s overnight feed',
  iex: 'IEX, one exchange among many',
  test: 'Alpaca\u2019s test stream, invented prices',
  demo: 'Signal\u2019s demo market, invented prices',
  rest: 'a REST answer, fetched once',
}

/** What the price is. */
const BASIS_NAMES: Record<NonNullable<MarketRow['basis']>, string> = {
  mid: 'the middle of bid and ask',
  trade: 'the last trade',
  bar: 'the close of the last bar',
}

/** Why the quote sets no price. */
function describeProblem({ quoteProblem, bid, ask }: MarketRow): string {
  if (bid === undefined || ask === undefined) return 'one side is empty'
  if (quoteProblem === 'crossed') return 'the bid is above the ask'
  const share = spreadBps(new Decimal(bid), new Decimal(ask)).div(100)
  return `its spread of ${share.toFixed(1)}% is too wide to be a price`
}

/** The one-letter label beside a price. */
export const sourceLetter = (source: Source): string => (isForeign(source) ? 'F' : SOURCE_LETTERS[source])

/** The source in words. */
export const sourceName = (source: Source): string =>
  isForeign(source)
    ? `${hostOf(source)}, which isn\u2019t Alpaca\u2019s and calls this ${SOURCE_NAMES[claimedFeedOf(source)]}`
    : SOURCE_NAMES[source]

/** Whether a price can be believed, in a trader's terms. */
export interface Verdict {
  readonly answer: 'yes' | 'with care' | 'no'
  readonly because: string
}

/** Answers "can I believe this price?" in a sentence with the reason. */
export function believe(row: MarketRow, now: EpochMs): Verdict {
  const age = ageOf(row, now)
  const old = age === undefined ? 'a while' : briefDuration(age)
  if (row.halt) {
    return {
      answer: 'with care',
      because: `Trading is halted: ${row.halt.reason}. This is the last price before it.`,
    }
  }
  const source = row.origin?.source
  if (isDelayed(source)) return DELAYED
  if (row.quoteProblem !== undefined && hasColor(row))
    return {
      answer: 'with care',
      because: `This is ${BASIS_NAMES[row.basis ?? 'mid']}, ${old} old. The quote is not used: ${describeProblem(row)}.`,
    }
  switch (row.freshness) {
    case 'live':
      return believeFresh(source)
    case 'ageing':
      return { answer: 'with care', because: `It is ${old} old. The next quote should come any moment.` }
    case 'stale':
      return {
        answer: 'no',
        because: `It is ${old} old, and by its usual pace this symbol should have ticked since. The feed may be stuck.`,
      }
    case 'quiet':
      return {
        answer: 'yes',
        because: `It is ${old} old, which is usual for this symbol at this time. Nothing has changed since.`,
      }
    case 'closed':
      return {
        answer: 'with care',
        because: 'The market is closed. This is its last price; it may open elsewhere.',
      }
    case 'disconnected':
      return { answer: 'no', because: 'The feed is down, so nobody can tell what the price is now.' }
    case 'waiting':
      return { answer: 'no', because: 'No quote has come yet.' }
    default:
      return unreachable(row.freshness)
  }
}

const DELAYED: Verdict = {
  answer: 'no',
  because: 'This feed is 15 minutes late: it shows what the price was, not what it is now.',
}

type DelayedSource = 'delayed_sip' | `host:delayed_sip@${string}`

/** Whether the feed is 15 minutes late, be it Alpaca's or another host's. */
const isDelayed = (source: Source | undefined): source is DelayedSource =>
  source !== undefined && (isForeign(source) ? claimedFeedOf(source) : source) === 'delayed_sip'

function believeFresh(source: Exclude<Source, DelayedSource> | undefined): Verdict {
  if (source !== undefined && isForeign(source))
    return {
      answer: 'with care',
      because: `It is fresh from ${hostOf(source)}, which isn\u2019t Alpaca\u2019s.`,
    }
  switch (source) {
    case 'iex':
      return {
        answer: 'with care',
        because: 'It is fresh, but IEX alone: other exchanges may show a better quote.',
      }
    case 'demo':
    case 'test':
      return { answer: 'with care', because: 'It is fresh, but invented: this is no real market.' }
    case 'boats':
    case 'overnight':
    case 'sip':
    case 'rest':
    case undefined:
      return { answer: 'yes', because: 'It is fresh from the stream.' }
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
    ['Shown is', BASIS_NAMES[row.basis ?? 'mid']],
    ...(row.quoteProblem === undefined ? [] : [['Quote', `not used: ${describeProblem(row)}`] as const]),
    ...(row.previousCloseOf === undefined
      ? []
      : [['Change from', describeClose(row.previousCloseOf)] as const]),
    ['Exchange time', momentInZone(origin.at, now)],
    ['Arrived', momentInZone(origin.receivedAt, now)],
    ['Lag', lag < 0 ? 'this computer\u2019s clock is behind' : lag < MINUTE_MS ? delay(lag) : duration(lag)],
  ]
}
