import { Temporal } from 'temporal-polyfill'
import type { EpochMs, ExchangeDay } from '../units.ts'

const DAY_MS = 86_400_000

/** The clock that the exchange lives by. */
export const NEW_YORK = 'America/New_York'

/** The instant at which New York's clocks show `time` (`HH:MM`) on that day. */
export const newYorkTime = (day: ExchangeDay, time: string): EpochMs =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: NEW_YORK, plainTime: time }).epochMilliseconds

/** The calendar day that many days later, or earlier where `days` is negative. */
export const addDays = (day: ExchangeDay, days: number): ExchangeDay =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: ExchangeDay): number => new Date(Date.parse(day)).getUTCDay() || 7

/** New York's midnight within a day of UTC, and the days that it parts. */
interface Midnight {
  readonly at: EpochMs
  readonly dayBefore: ExchangeDay
  readonly dayFrom: ExchangeDay
}

const midnights = new Map<number, Midnight>()

/** New York is always behind UTC, so each day of UTC holds the midnight that begins the day of the same name. */
function midnightIn(utcDay: number): Midnight {
  const known = midnights.get(utcDay)
  if (known !== undefined) return known
  const dayFrom = new Date(utcDay * DAY_MS).toISOString().slice(0, 10)
  const midnight = { at: newYorkTime(dayFrom, '00:00'), dayBefore: addDays(dayFrom, -1), dayFrom }
  midnights.set(utcDay, midnight)
  return midnight
}

/** The calendar day in New York at that instant. Quick enough to ask for every bar: zones are resolved once a day. */
export function exchangeDayOf(at: EpochMs): ExchangeDay {
  const midnight = midnightIn(Math.floor(at / DAY_MS))
  return at < midnight.at ? midnight.dayBefore : midnight.dayFrom
}

/** New York's midnight at which that day begins. As quick as {@link exchangeDayOf}. */
export const midnightOf = (day: ExchangeDay): EpochMs => midnightIn(Date.parse(day) / DAY_MS).at
