import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'

const newYork = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hourCycle: 'h23', ...options })

const clock = newYork({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
const minute = newYork({ hour: '2-digit', minute: '2-digit' })
const day = newYork({ month: 'short', day: 'numeric' })
const calendar = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const dayOfYear = calendar({ year: 'numeric', month: 'short', day: 'numeric' })
const weekday = calendar({ weekday: 'short' })
const monthOfYear = calendar({ year: 'numeric', month: 'short' })

/** Time of day in New York, `14:32:07`. */
export const newYorkClock = (at: EpochMs): string => clock.format(at)

/** Hour and minute in New York, `14:32`. */
export const newYorkMinute = (at: EpochMs): string => minute.format(at)

/** Time of day in New York, with the day in front if it is not the day of `now`: `Nov 22, 15:59:58`. */
export function newYorkMoment(at: EpochMs, now: EpochMs): string {
  return day.format(at) === day.format(now) ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`
}

/** A calendar day for display: `Nov 22, 2024`. */
export const calendarDay = (exchangeDay: ExchangeDay): string => dayOfYear.format(Date.parse(exchangeDay))

/** The same with its weekday: `Fri, Nov 22, 2024`. */
export const weekdayAndDay = (exchangeDay: ExchangeDay): string =>
  `${weekday.format(Date.parse(exchangeDay))}, ${calendarDay(exchangeDay)}`

/** A month, `YYYY-MM`, for display: `Nov 2024`. */
export const calendarMonth = (month: string): string => monthOfYear.format(Date.parse(`${month}-01`))

/** A duration in one unit, rounded down, for narrow places: `7 s`, `3 min`, `2 h`, `4 d`. */
export function briefDuration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.floor(ms / SECOND_MS))} s`
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`
  return `${Math.floor(ms / DAY_MS)} d`
}

/** A duration in its two largest units: `2 h 34 min`, `1 min 5 s`, `45 s`. */
export function duration(ms: number): string {
  const left = Math.max(0, ms)
  if (left < MINUTE_MS) return `${Math.floor(left / SECOND_MS)} s`
  if (left < HOUR_MS)
    return `${Math.floor(left / MINUTE_MS)} min ${Math.floor((left % MINUTE_MS) / SECOND_MS)} s`
  if (left < DAY_MS) return `${Math.floor(left / HOUR_MS)} h ${Math.floor((left % HOUR_MS) / MINUTE_MS)} min`
  return `${Math.floor(left / DAY_MS)} d ${Math.floor((left % DAY_MS) / HOUR_MS)} h`
}

/** How long ago, for a cell: `now` within two seconds, then `7 s ago`. */
export function ago(ms: number): string {
  return ms < 2 * SECOND_MS ? 'now' : `${briefDuration(ms)} ago`
}

/** A measured delay: `0.4 ms`, `23 ms`, `1.2 s`. */
export function delay(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < SECOND_MS ? `${Math.round(ms)} ms` : `${(ms / SECOND_MS).toFixed(1)} s`
}
