import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import { addDays } from '#shared/calendar/new-york'
import type { NothingCame } from '#shared/verification'
import type { ExchangeDay } from '#shared/units'
import type { TimeRange } from './range.ts'

/** Loaded trading days at one end of which no bar came. */
export type EndSpan = Omit<NothingCame, 'traded'>

/** The first and the last day of a series; undefined if it has none. */
export interface SeriesDays {
  readonly first: ExchangeDay | undefined
  readonly last: ExchangeDay | undefined
}

/**
 * The loaded trading days before the first day of a series and after the last one. Days in between are gaps.
 */
export function nothingCame(
  { first, last }: SeriesDays,
  covered: readonly TimeRange[],
  calendar: ExchangeCalendar,
): readonly EndSpan[] {
  const loaded = covered.flatMap(({ from, until }) =>
    calendar
      .tradingDaysBetween(exchangeDayOf(from), addDays(exchangeDayOf(until), 1))
      .filter(({ open, close }) => from <= open && close <= until)
      .map(({ day }) => day),
  )
  const span = (where: NothingCame['where'], days: readonly string[]): readonly EndSpan[] => {
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
