import type { MarketRow } from '#shared/market'
import { hostOf, isForeign, type ForeignSource, type Source } from '#shared/provenance'
import { unreachable } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { briefDuration, delay, duration, newYorkMoment } from '../ui/times.ts'
import { ageOf } from './describe-freshness.ts'

type NamedSource = Exclude<Source, ForeignSource>

const SOURCE_LETTERS: Readonly<Record<NamedSource, string>> = {
  sip: 'S',
  iex: 'I',
  test: 'T',
  demo: 'D',
  rest: 'R',
  stored: 'C',
}

const SOURCE_NAMES: Readonly<Record<NamedSource, string>> = {
  sip: 'SIP, the consolidated tape of all US exchanges',
  iex: 'IEX, one exchange among many',
  test: 'Alpaca\u2019s test stream, invented prices',
  demo: 'Signal\u2019s demo market, invented prices',
  rest: 'a REST answer, fetched once',
  stored: 'the local database, kept from before',
}

/** The one-letter label beside a price. */
export const sourceLetter = (source: Source): string => (isForeign(source) ? 'F' : SOURCE_LETTERS[source])

/** The source in words. */
export const sourceName = (source: Source): string =>
  isForeign(source) ? `${hostOf(source)}, which isn\u2019t Alpaca\u2019s` : SOURCE_NAMES[source]

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
  switch (row.freshness) {
    case 'live':
      return believeFresh(row.origin?.source)
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

function believeFresh(source: Source | undefined): Verdict {
  if (source !== undefined && isForeign(source)) {
    return {
      answer: 'with care',
      because: `It is fresh from ${hostOf(source)}, which isn\u2019t Alpaca\u2019s.`,
    }
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
    case 'sip':
    case 'rest':
    case 'stored':
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
    ['Shown is', row.basis === 'bar' ? 'the close of the last bar' : 'the middle of bid and ask'],
    ['Exchange time', newYorkMoment(origin.at, now)],
    ['Arrived', newYorkMoment(origin.receivedAt, now)],
    ['Lag', lag < 0 ? 'this computer\u2019s clock is behind' : lag < MINUTE_MS ? delay(lag) : duration(lag)],
  ]
}
