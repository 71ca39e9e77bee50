import { addDays, midnightOf, weekdayOf } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { Refusal } from '../server/index.ts'

/** The length of a bar: minutes within one day, or whole days. */
export type Timeframe =
  | { readonly unit: 'minutes'; readonly count: number }
  | { readonly unit: 'day' }
  | { readonly unit: 'week' }
  | { readonly unit: 'months'; readonly count: number }

const MONTHS = [1, 2, 3, 4, 6, 12]

/** Alpaca's names: 1Min to 59Min (or T), 1Hour to 23Hour (H), 1Day (D), 1Week (W), 1, 2, 3, 4, 6 or 12 Month (M). */
export function readTimeframe(text: string | null): Timeframe {
  const [, digits = '', unit = ''] = /^(\d{1,2})(Min|T|Hour|H|Day|D|Week|W|Month|M)$/.exec(text ?? '') ?? []
  const count = Number(digits)
  if (/^(Min|T)$/.test(unit) && count >= 1 && count <= 59) return { unit: 'minutes', count }
  if (/^(Hour|H)$/.test(unit) && count >= 1 && count <= 23) return { unit: 'minutes', count: 60 * count }
  if (/^(Day|D)$/.test(unit) && count === 1) return { unit: 'day' }
  if (/^(Week|W)$/.test(unit) && count === 1) return { unit: 'week' }
  if (/^(Month|M)$/.test(unit) && MONTHS.includes(count)) return { unit: 'months', count }
  throw new Refusal(400, `invalid timeframe: ${text ?? ''}`)
}

/** The first day of the bar that contains this day. */
export function firstDayOf(timeframe: Timeframe, day: ExchangeDay): ExchangeDay {
  if (timeframe.unit === 'week') return addDays(day, 1 - weekdayOf(day))
  if (timeframe.unit !== 'months') return day
  const month = Number(day.slice(5, 7)) - 1
  const first = month - (month % timeframe.count) + 1
  return `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`
}

/** The day after the last day of the bar that starts on `first`. */
export function dayAfter(timeframe: Timeframe, first: ExchangeDay): ExchangeDay {
  if (timeframe.unit === 'week') return addDays(first, 7)
  if (timeframe.unit !== 'months') return addDays(first, 1)
  return firstDayOf({ unit: 'months', count: 1 }, addDays(first, 31 * timeframe.count))
}

/** The start of the bar of that many minutes that contains this time; bars start at midnight in New York. */
export function bucketStart(count: number, at: EpochMs): EpochMs {
  const midnight = midnightOf(exchangeDayOf(at))
  const length = count * MINUTE_MS
  return midnight + Math.floor((at - midnight) / length) * length
}
