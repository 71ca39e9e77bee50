import { counted, formatCount } from '#shared/format/numbers'
import { roundedDown } from '#shared/format/percent'
import type { Coverage, CoverageDay } from '#shared/history'
import { calendarDay, weekdayAndDay } from '../ui/times.ts'

/** State of a day: whether there is more to load, and how much of it is stored. */
export type DayState = 'complete' | 'partial' | 'empty' | 'not-loaded' | 'partly-loaded'

/** The state of a day. A loaded day has nothing more to load, however few bars it has. */
export function dayState({ present, expected, loaded, nothingThere }: CoverageDay): DayState {
  if (present >= expected) return 'complete'
  if (nothingThere) return 'empty'
  if (loaded) return 'partial'
  return present === 0 ? 'not-loaded' : 'partly-loaded'
}

const STATE_WORDS: Readonly<Record<DayState, string>> = {
  complete: 'complete',
  partial: 'all this feed has',
  empty: 'no data when last checked; the next download checks again',
  'not-loaded': 'not downloaded',

  'partly-loaded': 'rest not downloaded',
}

/** Minutes of a full session; a shorter one closed early. */
const FULL_SESSION = 390

/** One day for display: `Fri, Nov 22, 2024: 380 of 390 minutes, all that this feed has`. */
export function describeDay(day: CoverageDay): string {
  const early = day.expected < FULL_SESSION ? ', early close' : ''
  return `${weekdayAndDay(day.day)}: ${day.present} of ${day.expected} minutes${early}, ${STATE_WORDS[dayState(day)]}`
}

/** Consecutive trading days. */
export interface Stretch {
  readonly from: string
  readonly to: string
  readonly days: number
}

/** Ranges of trading days that are not loaded, oldest first. */
export function missingStretches(days: readonly CoverageDay[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  let open: Stretch | undefined
  for (const day of days) {
    const isMissing = !day.loaded && day.present < day.expected
    if (isMissing) {
      open = { from: open?.from ?? day.day, to: day.day, days: (open?.days ?? 0) + 1 }
    } else if (open) {
      stretches.push(open)
      open = undefined
    }
  }
  return open ? [...stretches, open] : stretches
}

const describeStretch = ({ from, to, days }: Stretch): string =>
  from === to ? calendarDay(from) : `${calendarDay(from)} – ${calendarDay(to)} (${counted(days, 'day')})`

/** How many ranges are named; the rest are only counted. */
const NAMED = 2

/** What is missing of one symbol, in one line: the longest ranges by name. */
export function describeMissing(days: readonly CoverageDay[]): string {
  const stretches = [...missingStretches(days)].sort((one, other) => other.days - one.days)
  if (stretches.length === 0) return 'Nothing to download'
  const rest = stretches.length - NAMED
  const named = stretches.slice(0, NAMED).map(describeStretch).join(', ')
  return `To download: ${named}${rest > 0 ? ` and ${counted(rest, 'more range')}` : ''}`
}

/** How much is stored of one symbol: `97.3% of minutes, 1,250 of 1,256 days`. */
export function describeCoverage({ coveragePct, days, missingDays }: Coverage): string {
  const there = days.length - missingDays.length
  return `${roundedDown(coveragePct)}% of minutes, ${formatCount(there)} of ${counted(days.length, 'day')}`
}

/** One month of a symbol. */
export interface MonthCoverage {
  /** `YYYY-MM`. */
  readonly month: string
  readonly days: number
  readonly present: number
  readonly expected: number
  /** Days that are not loaded yet. */
  readonly toLoad: number
}

/** The days by month, oldest first. */
export function monthsOf(days: readonly CoverageDay[]): readonly MonthCoverage[] {
  const months = new Map<string, MonthCoverage>()
  for (const { day, present, expected, loaded } of days) {
    const month = day.slice(0, 7)
    const known = months.get(month) ?? { month, days: 0, present: 0, expected: 0, toLoad: 0 }
    months.set(month, {
      month,
      days: known.days + 1,
      present: known.present + present,
      expected: known.expected + expected,
      toLoad: known.toLoad + (!loaded && present < expected ? 1 : 0),
    })
  }
  return [...months.values()]
}
