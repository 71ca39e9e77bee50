import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { BarFeed } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { midnight } from '../bars/index.ts'
import { union, without, type TimeRange } from './range.ts'

/** Whole New York days, both inclusive. */
export interface DaySpan {
  readonly startDate: ExchangeDay
  readonly endDate: ExchangeDay
}

/**
 * Free plans may not request SIP data of the last 15 minutes; one more minute allows for clocks that differ.
 */
const SIP_DELAY_MS = 16 * MINUTE_MS
/** A minute's bar may be corrected until half a minute after its end. */
const SETTLING_MS = MINUTE_MS

/** Bars that start before this time are final and may be requested on every plan. */
export function loadableUntil(now: EpochMs, feed: BarFeed): EpochMs {
  const delay = feed === 'sip' || feed === 'foreign' ? SIP_DELAY_MS : SETTLING_MS
  return Math.floor((now - delay) / MINUTE_MS) * MINUTE_MS
}

/**
 * The ranges to request so that every trading day of the span is loaded, oldest first. They cover whole days,
 * because bars outside the sessions are wanted too; days separated only by closed days form one range.
 */
export function missingRanges(
  { startDate, endDate }: DaySpan,
  until: EpochMs,
  covered: readonly TimeRange[],
  calendar: ExchangeCalendar,
): readonly TimeRange[] {
  const days = calendar.tradingDaysBetween(startDate, addDays(endDate, 1))
  const wanted = days.map(({ day }) => ({
    from: midnight(day),
    until: Math.min(until, midnight(addDays(day, 1))),
  }))
  const joined: TimeRange[] = []
  for (const piece of without(wanted, covered)) {
    const last = joined.at(-1)
    const isNext = last !== undefined && openDays({ from: last.until, until: piece.from }, calendar) === 0
    if (isNext) joined[joined.length - 1] = { from: last.from, until: piece.until }
    else joined.push(piece)
  }
  return joined
}

/** Trading days that the range touches. */
export function openDays({ from, until }: TimeRange, calendar: ExchangeCalendar): number {
  if (from >= until) return 0
  return calendar.tradingDaysBetween(exchangeDayOf(from), addDays(exchangeDayOf(until - 1), 1)).length
}

/** Whether the whole day has been requested. */
export function isRequested(day: ExchangeDay, covered: readonly TimeRange[]): boolean {
  const [from, until] = [midnight(day), midnight(addDays(day, 1))]
  return union(covered).some((range) => range.from <= from && range.until >= until)
}
