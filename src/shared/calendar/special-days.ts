import { Temporal } from 'temporal-polyfill'
import type { ExchangeDay } from '../units.ts'

/** A weekday when the exchange is closed or closes at 13:00, and why. */
export interface SpecialDay {
  readonly kind: 'closed' | 'early-close'
  readonly reason: string
}

const closed = (reason: string): SpecialDay => ({ kind: 'closed', reason })
const earlyClose = (reason: string): SpecialDay => ({ kind: 'early-close', reason })

const [MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY] = [1, 3, 4, 5, 6, 7]

/** Closures since 1998 that follow no rule. Source: NYSE announcements, as listed by exchange_calendars. */
const UNSCHEDULED: readonly (readonly [ExchangeDay, SpecialDay])[] = [
  ['1999-12-31', earlyClose('Ad hoc early close 1999-12-31')],
  ['2001-09-11', closed('Closed after the September 11 attacks')],
  ['2001-09-12', closed('Closed after the September 11 attacks')],
  ['2001-09-13', closed('Closed after the September 11 attacks')],
  ['2001-09-14', closed('Closed after the September 11 attacks')],
  ['2003-12-26', earlyClose('Ad hoc early close 2003-12-26')],
  ['2004-06-11', closed('National Day of Mourning - President Reagan')],
  ['2007-01-02', closed('National Day of Mourning - President Ford')],
  ['2012-10-29', closed('Hurricane Sandy')],
  ['2012-10-30', closed('Hurricane Sandy')],
  ['2018-12-05', closed('National Day of Mourning - President George H. W. Bush')],
  ['2025-01-09', closed('National Day of Mourning - President Carter')],
]

const date = (year: number, month: number, day: number) => Temporal.PlainDate.from({ year, month, day })

/** The nth given weekday of a month. */
function nth(n: number, weekday: number, year: number, month: number) {
  const first = date(year, month, 1)
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (n - 1) })
}

function lastMondayOfMay(year: number) {
  const last = date(year, 5, 31)
  return last.subtract({ days: last.dayOfWeek - MONDAY })
}

/** Gauss's rule for the Gregorian calendar, in the form of Meeus, Astronomical Algorithms, chapter 8. */
function easterSunday(year: number) {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  return date(year, 3, 22).add({ days: epact + toSunday - 7 * late })
}

/** A holiday on a Saturday is observed on the Friday before, one on a Sunday on the Monday after. */
function observed(holiday: Temporal.PlainDate, name: string): [string, SpecialDay] {
  if (holiday.dayOfWeek === SATURDAY)
    return [holiday.subtract({ days: 1 }).toString(), closed(`${name} (observed)`)]
  if (holiday.dayOfWeek === SUNDAY) return [holiday.add({ days: 1 }).toString(), closed(`${name} (observed)`)]
  return [holiday.toString(), closed(name)]
}

/** A New Year's Day on a Saturday is not observed: the Friday before ends the accounting year. */
const newYear = (year: number): [string, SpecialDay][] =>
  date(year, 1, 1).dayOfWeek === SATURDAY ? [] : [observed(date(year, 1, 1), "New Year's Day")]

/** Observed since 2022. */
const juneteenth = (year: number): [string, SpecialDay][] =>
  year < 2022 ? [] : [observed(date(year, 6, 19), 'Juneteenth National Independence Day')]

/**
 * Early closes around July 4. Until 2012 a Thursday holiday shortened the Friday after it, since then the
 * Wednesday before.
 */
function aroundIndependenceDay(year: number): [string, SpecialDay][] {
  const eve = date(year, 7, 3)
  if (eve.dayOfWeek === WEDNESDAY && year < 2013)
    return [[date(year, 7, 5).toString(), earlyClose('Friday after Independence Day')]]
  return eve.dayOfWeek <= THURSDAY ? [[eve.toString(), earlyClose('Day before Independence Day')]] : []
}

/** A Christmas Eve on a Friday is the observed holiday itself, so the exchange is closed. */
function christmasEve(year: number): [string, SpecialDay][] {
  const eve = date(year, 12, 24)
  return eve.dayOfWeek < FRIDAY ? [[eve.toString(), earlyClose('Christmas Eve')]] : []
}

/**
 * The weekdays of a year when the exchange is closed or closes early: NYSE's rules since 1998, plus announced
 * closures. Source: NYSE, "Holidays and Trading Hours".
 */
export function specialDaysOf(year: number): ReadonlyMap<ExchangeDay, SpecialDay> {
  const thanksgiving = nth(4, THURSDAY, year, 11)
  return new Map([
    ...newYear(year),
    [nth(3, MONDAY, year, 1).toString(), closed('Martin Luther King Jr. Day')],
    [nth(3, MONDAY, year, 2).toString(), closed("Washington's Birthday (Presidents' Day)")],
    [easterSunday(year).subtract({ days: 2 }).toString(), closed('Good Friday')],
    [lastMondayOfMay(year).toString(), closed('Memorial Day')],
    ...juneteenth(year),
    ...aroundIndependenceDay(year),
    observed(date(year, 7, 4), 'Independence Day'),
    [nth(1, MONDAY, year, 9).toString(), closed('Labor Day')],
    [thanksgiving.toString(), closed('Thanksgiving Day')],
    [thanksgiving.add({ days: 1 }).toString(), earlyClose('Day after Thanksgiving')],
    ...christmasEve(year),
    observed(date(year, 12, 25), 'Christmas Day'),
    ...UNSCHEDULED.filter(([day]) => day.startsWith(`${year}-`)),
  ])
}
