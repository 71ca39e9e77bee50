import type { Settings } from '#shared/settings'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'

/** A time zone, ready to format times in it. */
interface Zone {
  readonly clock: Intl.DateTimeFormat
  readonly minute: Intl.DateTimeFormat
  readonly day: Intl.DateTimeFormat
  readonly dayOfYear: Intl.DateTimeFormat
  readonly names: readonly Intl.DateTimeFormat[]
}

/** English regions in whose texts the zones have short names; "GMT+2" elsewhere. */
const REGIONS = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ', 'en-SG']

/** The zone of that IANA name; this computer's if absent. */
function openZone(timeZone?: string): Zone {
  const format = (options: Intl.DateTimeFormatOptions, region = 'en-US') =>
    new Intl.DateTimeFormat(region, { timeZone, hourCycle: 'h23', ...options })
  return {
    clock: format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    minute: format({ hour: '2-digit', minute: '2-digit' }),
    day: format({ month: 'short', day: 'numeric' }),
    dayOfYear: format({ year: 'numeric', month: 'short', day: 'numeric' }),
    names: [
      format({ timeZoneName: 'shortGeneric' }),
      ...REGIONS.map((region) => format({ timeZoneName: 'short' }, region)),
    ],
  }
}

const EXCHANGE = openZone('America/New_York')
let shown = EXCHANGE

/** Chooses the zone of all times on the screen. What shows them must be drawn again. */
export function setTimeZone(choice: Settings['timeZone']): void {
  shown = choice === 'exchange' ? EXCHANGE : openZone()
}

const partOf = (format: Intl.DateTimeFormat, at: EpochMs): string =>
  format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''

/** A zone's short name at that time: `ET`, `CEST`; `GMT+9` where English has none. */
function nameOf({ names }: Zone, at: EpochMs): string {
  const all = names.map((format) => partOf(format, at))
  return all.find((name) => /^[A-Z]{2,5}$/.test(name)) ?? all[1] ?? ''
}

/** Short name of the shown zone at that time: `ET`, `CEST`. */
export const zoneName = (at: EpochMs): string => nameOf(shown, at)

/** Short name of this computer's zone at that time, whichever is shown. */
export const localZoneName = (at: EpochMs): string => nameOf(openZone(), at)

/** Time of day: `14:32:07`. */
export const clockTime = (at: EpochMs): string => shown.clock.format(at)

/** Time of day with its zone: `14:32:07 ET`. */
export const clockInZone = (at: EpochMs): string => `${clockTime(at)} ${zoneName(at)}`

/** Hour and minute: `14:32`. */
export const minuteTime = (at: EpochMs): string => shown.minute.format(at)

/** Hour and minute with their zone: `14:32 ET`. */
export const minuteInZone = (at: EpochMs): string => `${minuteTime(at)} ${zoneName(at)}`

/** Time of day, with the day in front if it is not the day of `now`: `Nov 22, 15:59:58`. */
export function momentTime(at: EpochMs, now: EpochMs): string {
  const { day, clock } = shown
  return day.format(at) === day.format(now) ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`
}

/** The same with its zone: `Nov 22, 15:59:58 ET`. */
export const momentInZone = (at: EpochMs, now: EpochMs): string => `${momentTime(at, now)} ${zoneName(at)}`

/** A day with hour and minute: `Nov 22, 2024, 15:59`. */
export const dayAndMinute = (at: EpochMs): string => `${shown.dayOfYear.format(at)}, ${minuteTime(at)}`

const calendar = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const dayOfYear = calendar({ year: 'numeric', month: 'short', day: 'numeric' })
const weekday = calendar({ weekday: 'short' })
const monthOfYear = calendar({ year: 'numeric', month: 'short' })

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
