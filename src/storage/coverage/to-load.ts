import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { BarFeed } from '#shared/history'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { midnight, readDays } from '../bars/index.ts'
import type { Reader } from '../database/index.ts'
import { readCovered } from './covered.ts'
import { missingRanges, type DaySpan } from './missing.ts'
import { union, without, type TimeRange } from './range.ts'

/** Ranges with at most so many stored bars between them are requested in one: a page holds ten times that. */
const BARS_REQUESTED_AGAIN = 1_000

/**
 * The ranges to request so that every trading day of the span is loaded, oldest first: those that never were,
 * and the days that were, but without a single bar. There was nothing there then, which may have changed, so they
 * are requested again.
 */
export async function rangesToLoad(
  reader: Reader,
  { symbol, feed, ...span }: DaySpan & { readonly symbol: string; readonly feed: BarFeed },
  until: EpochMs,
  calendar: ExchangeCalendar,
): Promise<readonly TimeRange[]> {
  const [from, end] = [span.startDate, addDays(span.endDate, 1)]
  const covered = await readCovered(reader, symbol, feed)
  const stored = new Map(
    (await readDays(reader, { symbol, from, until: end })).map(({ day, bars }) => [day, bars]),
  )
  const empty = calendar
    .tradingDaysBetween(from, end)
    .filter(({ day }) => !stored.has(day))
    .map(({ day }) => ({ from: midnight(day), until: midnight(addDays(day, 1)) }))
  const neverAsked = missingRanges(span, until, covered, calendar)
  const nothingCame = without(empty, neverAsked)
  const again = missingRanges(
    span,
    until,
    without([{ from: midnight(from), until: midnight(end) }], nothingCame),
    calendar,
  )
  return union([...neverAsked, ...inFewRequests(again, stored)])
}

/** A thin symbol has many such days; what lies between them is requested along where that is little. */
function inFewRequests(
  ranges: readonly TimeRange[],
  stored: ReadonlyMap<ExchangeDay, number>,
): readonly TimeRange[] {
  const joined: TimeRange[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last !== undefined && barsBetween(last.until, range.from, stored) <= BARS_REQUESTED_AGAIN)
      joined[joined.length - 1] = { from: last.from, until: range.until }
    else joined.push(range)
  }
  return joined
}

function barsBetween(from: EpochMs, until: EpochMs, stored: ReadonlyMap<ExchangeDay, number>): number {
  let bars = 0
  const end = exchangeDayOf(until)
  for (let day = exchangeDayOf(from); day < end && bars <= BARS_REQUESTED_AGAIN; day = addDays(day, 1))
    bars += stored.get(day) ?? 0
  return bars
}
