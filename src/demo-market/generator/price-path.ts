import { addDays, midnightOf, weekdayOf } from '#shared/calendar/new-york'
import { tradingDay } from '#shared/exchange-calendar'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { CLOSED_DAY, FULL_DAY, SHORT_DAY, type DayShape } from './activity.ts'
import type { Listing } from './listing.ts'
import { keyOf, normalAt, uniformAt } from './random.ts'

const FIRST_DAY = Date.parse('2016-01-01') / DAY_MS
/** The day around which prices match the listing's. */
const REFERENCE_DAY = Date.parse('2026-11-02') / DAY_MS
/** How much of its distance from the trend a price keeps from one day to the next. */
const PERSISTENCE = 0.9985
const WEEKEND_VOLATILITY = 0.5

/** The first day for which the demo market has prices. */
export const FIRST_EXCHANGE_DAY: ExchangeDay = '2016-01-01'

/** The day's minutes from midnight in New York: 1440, or an hour less or more when the clocks change. */
export interface PathOfDay {
  readonly day: ExchangeDay
  /** Midnight in New York. */
  readonly start: EpochMs
  readonly minutes: number
  /** Split-adjusted dollars at the start of each minute, and finally at the end of the day. */
  readonly prices: Float64Array
  /** Standard deviation of the log price over each minute. */
  readonly deviations: Float64Array
  readonly shape: DayShape
  /** Key of this day's random numbers. */
  readonly key: number
}

/** One listing's price at any minute since 2016, day and night. */
export interface PricePath {
  readonly onDay: (day: ExchangeDay) => PathOfDay
}

function shapeOf(day: ExchangeDay): DayShape {
  const trading = tradingDay(day)
  if (trading === undefined) return CLOSED_DAY
  return trading.earlyClose ? SHORT_DAY : FULL_DAY
}

/**
 * A walk around a rising trend. Each New York midnight gets its price from a walk over the days; the minutes
 * between two of them form a bridge, so one day can be generated alone, in 1440 steps, and still join its
 * neighbors.
 */
export function pricePath(listing: Listing, seed: number): PricePath {
  const dayKey = keyOf(seed, `${listing.symbol} days`)
  const minuteKey = keyOf(seed, `${listing.symbol} minutes`)
  const trendPerDay = (0.02 + 0.16 * uniformAt(dayKey, -1)) / 365
  const walk: number[] = [0]

  function distanceFromTrend(dayNumber: number): number {
    const index = dayNumber - FIRST_DAY
    for (let next = walk.length; next <= index; next++) {
      const day = addDays(FIRST_EXCHANGE_DAY, next)
      const deviation = listing.dailyVolatility * (weekdayOf(day) > 5 ? WEEKEND_VOLATILITY : 1)
      walk.push(PERSISTENCE * (walk[next - 1] ?? 0) + deviation * normalAt(dayKey, next))
    }
    return walk[index] ?? 0
  }

  const logOfReference = Math.log(listing.price) - distanceFromTrend(REFERENCE_DAY)
  const logAtMidnight = (dayNumber: number) =>
    logOfReference + trendPerDay * (dayNumber - REFERENCE_DAY) + distanceFromTrend(dayNumber)

  return {
    onDay(day) {
      const dayNumber = Date.parse(day) / DAY_MS
      const start = midnightOf(day)
      const minutes = (midnightOf(addDays(day, 1)) - start) / MINUTE_MS
      const [from, until] = [logAtMidnight(dayNumber), logAtMidnight(dayNumber + 1)]
      const key = keyOf(minuteKey, day)
      const shape = shapeOf(day)

      const deviations = shape.moves.slice(0, minutes)
      const variance = deviations.reduce((sum, move) => sum + move * move, 0)
      const scale = listing.dailyVolatility / Math.sqrt(variance)
      const prices = new Float64Array(minutes + 1)
      let [log, share] = [0, 0]
      for (let minute = 0; minute < minutes; minute++) {
        const deviation = (deviations[minute] ?? 0) * scale
        deviations[minute] = deviation
        prices[minute] = log
        log += deviation * normalAt(key, minute)
      }
      const pull = until - from - log
      for (let minute = 0; minute < minutes; minute++) {
        const deviation = (deviations[minute] ?? 0) / listing.dailyVolatility
        prices[minute] = Math.exp(from + (prices[minute] ?? 0) + pull * share)
        share += deviation * deviation
      }
      prices[minutes] = Math.exp(until)
      return { day, start, minutes, prices, deviations, shape, key }
    },
  }
}
