import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import { addDays } from '#shared/calendar/new-york'
import type { NothingCame } from '#shared/verification'
import type { StoredDay } from '../bars/index.ts'
import type { TimeRange } from '../coverage/index.ts'

/**
 * The loaded trading days before the first day with a bar and after the last one. Days in between are gaps.
 */
export function nothingCame(
  stored: readonly StoredDay[],
  covered: readonly TimeRange[],
  calendar: ExchangeCalendar,
): readonly NothingCame[] {
  const [first, last] = [stored[0]?.day, stored.at(-1)?.day]
  const loaded = covered.flatMap(({ from, until }) =>
    calendar
      .tradingDaysBetween(exchangeDayOf(from), addDays(exchangeDayOf(until), 1))
      .filter(({ open, close }) => from <= open && close <= until)
      .map(({ day }) => day),
  )
  const span = (where: NothingCame['where'], days: readonly string[]): readonly NothingCame[] => {
    const [from, to] = [days[0], days.at(-1)]
    return from === undefined || to === undefined ? [] : [{ where, from, to, days: days.length }]
  }
  if (first === undefined || last === undefined) return span('throughout', loaded)
  return [
    ...span(
      'before',
      loaded.filter((day) => day < first),
    ),
    ...span(
      'after',
      loaded.filter((day) => day > last),
    ),
  ]
}
