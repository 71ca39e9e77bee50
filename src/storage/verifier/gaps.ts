import type { BarFeed } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import type { ExchangeDay } from '#shared/units'
import type { Gap, GapCause } from '#shared/verification'
import type { TimeRange } from '../coverage/index.ts'
import { HALF_HOUR, HALF_HOURS, isEmpty, type DayAudit } from './day-audit.ts'
import { marketHalts } from './halts.ts'
import { chanceOfSilence, UsualSilence, type DaySilence } from './silence.ts'
import { isThinned } from './thinned.ts'

/** After a halt of the whole market, stocks open again one by one: that many minutes belong to it. */
const REOPENING_MINUTES = 15

/** A pause by limit up, limit down lasts five minutes; those that it begins and ends in have trades. */
const SHORTEST_HALT = 4

/**
 * The gaps of a series' sessions, oldest first, each within one day. `traded`: days on which there was trading, as is
 * known from elsewhere.
 */
export function gapsOf(
  audits: readonly DayAudit[],
  covered: readonly TimeRange[],
  traded: ReadonlySet<ExchangeDay> = new Set(),
): readonly Gap[] {
  const days = judgedDays(audits, covered)
  const repeated = repeatedSilence(days)
  const gaps = days.map((day, nth) =>
    day.audit.missing.map(({ from, minutes }): Gap => {
      const range = { from, until: from + minutes * MINUTE_MS }
      const gap = { day: day.audit.day.day, from, minutes }
      if (!day.loaded && !isCovered(range, covered)) return { ...gap, cause: 'not-loaded' }
      if (isEmpty(day.audit) && traded.has(gap.day)) return { ...gap, cause: 'feed-gap' }
      const cause = causeOf(range, day, repeated[nth] ?? 0)
      return cause === 'feed-gap' && mayBeHalt(range, day, repeated[nth] ?? 0)
        ? { ...gap, cause, mayBeHalt: true }
        : { ...gap, cause }
    }),
  )
  return withThinned(days, gaps)
}

/** Silences that are believable one by one, but not so many of them in one day, or in one month, are lost bars. */
function withThinned(days: readonly JudgedDay[], gaps: readonly (readonly Gap[])[]): readonly Gap[] {
  const silent = gaps.map(silentMinutes)
  const months = new Map<string, number[]>()
  for (const [nth, { audit, feed }] of days.entries()) {
    const month = `${audit.day.day.slice(0, 7)} ${feed ?? ''}`
    months.set(month, [...(months.get(month) ?? []), nth])
  }
  const isLost = (of: readonly number[]): boolean => {
    const [first] = of.flatMap((nth) => days[nth] ?? [])
    const minutes = of.reduce((sum, nth) => sum + (silent[nth] ?? 0), 0)
    const audits = of.flatMap((nth) => days[nth]?.audit ?? [])
    return first !== undefined && isThinned(audits, minutes, first.silence, first.usual.usual)
  }
  const lost = new Set(
    [...months.values()].flatMap((of) => (isLost(of) ? of : of.filter((nth) => isLost([nth])))),
  )
  return gaps.flatMap((of, nth) =>
    lost.has(nth)
      ? of.map((gap): Gap => (gap.cause === 'no-trade' ? { ...gap, cause: 'feed-gap' } : gap))
      : of,
  )
}

const silentMinutes = (gaps: readonly Gap[]): number =>
  gaps.reduce((sum, { cause, minutes }) => sum + (cause === 'no-trade' ? minutes : 0), 0)

/** The same with consecutive missing sessions of one cause as one gap, also over the end of a month. */
export function joined(gaps: readonly Gap[], audits: readonly DayAudit[]): readonly Gap[] {
  const place = new Map(audits.map(({ day }, nth) => [day.day, nth]))
  const list: Gap[] = []
  let last: { readonly nth: number; readonly empty: boolean } | undefined
  for (const gap of gaps) {
    const nth = place.get(gap.day) ?? -1
    const audit = audits[nth]
    const empty = audit !== undefined && isEmpty(audit)
    const before = list.at(-1)
    if (before?.cause === gap.cause && empty && last?.empty === true && last.nth === nth - 1)
      list[list.length - 1] = { ...before, minutes: before.minutes + gap.minutes }
    else list.push(gap)
    last = { nth, empty }
  }
  return list
}

interface JudgedDay {
  readonly audit: DayAudit
  readonly feed: BarFeed | undefined
  /** Whether its whole session was loaded. */
  readonly loaded: boolean
  /** What is usual in its feed. */
  readonly silence: UsualSilence
  readonly usual: DaySilence
}

/** A day is judged by its own feed; one without bars by the feed of the day before it. */
function judgedDays(audits: readonly DayAudit[], covered: readonly TimeRange[]): readonly JudgedDay[] {
  let feed = audits.find((audit) => audit.feed !== undefined)?.feed
  const days = audits.map((audit) => {
    feed = audit.feed ?? feed
    return { audit, feed, loaded: isCovered(sessionOf(audit), covered) }
  })
  const silences = new Map(
    [...new Set(days.map((day) => day.feed))].map((each) => {
      const own = days.filter((day) => day.feed === each)
      const loaded = own.filter((day) => day.loaded)
      return [each, new UsualSilence((loaded.length > 0 ? loaded : own).map(({ audit }) => audit))] as const
    }),
  )
  return days.flatMap(({ audit, feed: of, loaded }) => {
    const silence = silences.get(of)
    return silence === undefined ? [] : [{ audit, feed: of, loaded, silence, usual: silence.on(audit) }]
  })
}

/** A bit for each half hour, and one for the session as a whole. */
const WHOLE_SESSION = HALF_HOURS

/**
 * Per day, the half hours whose silence is not believable because they were silent day after day: a silence
 * of the same minutes is judged by its length over all those days. One day that has bars is no repetition.
 */
function repeatedSilence(days: readonly JudgedDay[]): readonly number[] {
  const lost = days.map(() => 0)
  for (let part = 0; part <= WHOLE_SESSION; part++) {
    let [chance, silent]: [number, number[]] = [0, []]
    const end = () => {
      const isLost = days[silent[0] ?? -1]?.silence.isBelievable(chance) === false
      const withBars = silent.filter((nth) => days[nth] !== undefined && !isEmpty(days[nth].audit)).length
      if (isLost && withBars !== 1) for (const nth of silent) lost[nth] = (lost[nth] ?? 0) | (1 << part)
      ;[chance, silent] = [0, []]
    }
    for (const [nth, { audit, loaded, usual }] of days.entries()) {
      const [from, minutes] = part === WHOLE_SESSION ? [0, audit.expected] : [part * HALF_HOUR, HALF_HOUR]
      if (audit.expected < from + minutes) continue // an early close has no such half hour
      const bars = part === WHOLE_SESSION ? audit.present : (audit.byHalfHour[part] ?? 0)
      if (loaded && bars === 0) {
        chance += chanceOfSilence(usual, from, minutes)
        silent.push(nth)
      } else end()
    }
    end()
  }
  return lost
}

function causeOf(range: TimeRange, { audit, silence, usual }: JudgedDay, repeated: number): GapCause {
  const minutes = (range.until - range.from) / MINUTE_MS
  const from = (range.from - audit.day.open) / MINUTE_MS
  const halted = haltedMinutes(range)
  const chance = chanceOfSilence(usual, from, minutes) * (1 - halted / minutes)
  const isLost = !silence.isBelievable(chance) || usual.isCoarse || holdsRepeated(from, minutes, repeated)
  if (halted > 0 && (!isLost || minutes <= halted + REOPENING_MINUTES)) return 'halt'
  return isLost ? 'feed-gap' : 'no-trade'
}

/**
 * Whether the stock alone may have been halted, which can last from minutes to months: not if the same minutes are
 * silent on days that have bars, nor if bars are coarser than minutes.
 */
function mayBeHalt({ from, until }: TimeRange, { audit, usual }: JudgedDay, repeated: number): boolean {
  const minutes = (until - from) / MINUTE_MS
  if (minutes < SHORTEST_HALT || usual.isCoarse) return false
  return isEmpty(audit) || !holdsRepeated((from - audit.day.open) / MINUTE_MS, minutes, repeated)
}

/** Whether the minutes hold one of the half hours, or the session, that was silent too often. */
function holdsRepeated(from: number, minutes: number, repeated: number): boolean {
  if ((repeated & (1 << WHOLE_SESSION)) !== 0) return true
  for (let part = Math.ceil(from / HALF_HOUR); (part + 1) * HALF_HOUR <= from + minutes; part++)
    if ((repeated & (1 << part)) !== 0) return true
  return false
}

function haltedMinutes({ from, until }: TimeRange): number {
  return marketHalts.reduce(
    (sum, halt) => sum + Math.max(0, Math.min(until, halt.until) - Math.max(from, halt.from)) / MINUTE_MS,
    0,
  )
}

const sessionOf = ({ day: { open }, expected }: DayAudit): TimeRange => ({
  from: open,
  until: open + expected * MINUTE_MS,
})

const isCovered = ({ from, until }: TimeRange, covered: readonly TimeRange[]) =>
  covered.some((range) => range.from <= from && until <= range.until)
