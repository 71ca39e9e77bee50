import type { ExchangeDay } from '#shared/units'
import { calendarDay } from '../ui/times.ts'

/** Days from first to last, both inclusive. */
export interface DayRange {
  readonly startDate: ExchangeDay
  readonly endDate: ExchangeDay
}

/** A range of days that ends today. */
export type Preset = 'month' | 'year' | 'five-years' | 'year-to-date'

/** The presets in display order, each with its label. */
export const PRESETS: readonly (readonly [Preset, string])[] = [
  ['month', '1 month'],
  ['year', '1 year'],
  ['five-years', '5 years'],
  ['year-to-date', 'Year to date'],
]

/** Alpaca has no bars before this day. */
export const FIRST_DAY: ExchangeDay = '2016-01-01'

/** The same day of an earlier month, or that month's last day if it is shorter. */
export function monthsBefore(day: ExchangeDay, months: number): ExchangeDay {
  const date = new Date(Date.parse(day))
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0))
  lastOfMonth.setUTCDate(Math.min(date.getUTCDate(), lastOfMonth.getUTCDate()))
  return lastOfMonth.toISOString().slice(0, 10)
}

const MONTHS = { month: 1, year: 12, 'five-years': 60 } as const

/** The days of a preset, ending today. */
export const rangeOf = (preset: Preset, today: ExchangeDay): DayRange => ({
  startDate: preset === 'year-to-date' ? `${today.slice(0, 4)}-01-01` : monthsBefore(today, MONTHS[preset]),
  endDate: today,
})

/** What is wrong with one end of a range. */
export interface RangeProblem {
  readonly end: 'startDate' | 'endDate'
  readonly text: string
}

const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/**
 * Why these days cannot be loaded, or undefined if they can. A field may be empty while it is being filled
 * in.
 */
export function rangeProblem({ startDate, endDate }: DayRange, today: ExchangeDay): RangeProblem | undefined {
  if (!isDay(startDate)) return { end: 'startDate', text: 'Choose a start date.' }
  if (!isDay(endDate)) return { end: 'endDate', text: 'Choose an end date.' }
  if (startDate < FIRST_DAY) return { end: 'startDate', text: 'Alpaca has no bars before 2016.' }
  if (startDate > today) {
    return { end: 'startDate', text: `Start date is in the future; today is ${calendarDay(today)}.` }
  }
  if (endDate > today) {
    return { end: 'endDate', text: `End date is in the future; today is ${calendarDay(today)}.` }
  }
  if (startDate > endDate) return { end: 'endDate', text: 'End is before start.' }
  return undefined
}

/** A range for display: `Nov 24, 2021 – Nov 24, 2026`, or a single day. */
export const describeRange = ({ startDate, endDate }: DayRange): string =>
  startDate === endDate ? calendarDay(startDate) : `${calendarDay(startDate)} – ${calendarDay(endDate)}`
