import { Temporal } from 'temporal-polyfill'
import type { EpochMs, ExchangeDay } from '../units.ts'
import { DAY_MS } from '../time.ts'

/** The exchange's time zone. */
export const NEW_YORK = 'America/New_York'

/** The instant when clocks in New York show `time` (`HH:MM`) on that day. */
export const newYorkTime = (day: ExchangeDay, time: string): EpochMs =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: NEW_YORK, plainTime: time }).epochMilliseconds

/** The calendar day `days` later, or earlier when `days` is negative. */
export const addDays = (day: ExchangeDay, days: number): ExchangeDay =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: ExchangeDay): number => new Date(Date.parse(day)).getUTCDay() || 7

/** New York's midnight within one UTC day, and the days before and after it. */
interface Midnight {
  readonly at: EpochMs
  readonly dayBefore: ExchangeDay
  readonly dayFrom: ExchangeDay
}

const midnights = new Map<number, Midnight>()

/**
 * The New York midnight within a UTC day. New York is always behind UTC, so each UTC day contains the
 * midnight that starts the day with the same date.
 */
function midnightIn(utcDay: number): Midnight {
  const known = midnights.get(utcDay)
  if (known !== undefined) return known
  const dayFrom = new Date(utcDay * DAY_MS).toISOString().slice(0, 10)
  const midnight = { at: newYorkTime(dayFrom, '00:00'), dayBefore: addDays(dayFrom, -1), dayFrom }
  midnights.set(utcDay, midnight)
  return midnight
}

/**
 * The calendar day in New York at that instant. Fast enough to call for every bar: the zone is resolved once
 * a day.
 */
export function exchangeDayOf(at: EpochMs): ExchangeDay {
  const midnight = midnightIn(Math.floor(at / DAY_MS))
  return at < midnight.at ? midnight.dayBefore : midnight.dayFrom
}

/** The New York midnight that starts that day. As fast as {@link exchangeDayOf}. */
export const midnightOf = (day: ExchangeDay): EpochMs => midnightIn(Date.parse(day) / DAY_MS).at
