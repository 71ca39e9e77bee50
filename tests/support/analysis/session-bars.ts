import fc from 'fast-check'
import { addDays, midnightOf, newYorkTime } from '../../../src/shared/calendar/new-york.ts'
import { nextTradingDay } from '../../../src/shared/exchange-calendar.ts'
import { MINUTE_MS } from '../../../src/shared/time.ts'
import type { SeriesBar } from '../../../src/analysis/series.ts'
import { dollars } from '../../../src/storage/bars/index.ts'
import { realMinuteBars } from '../shared-data.ts'
import { randomBars } from './bars.ts'

/** The minute, since the epoch, when clocks in New York show `clock` (`HH:MM`) on that day. */
export const minuteOf = (day: string, clock: string): number => newYorkTime(day, clock) / MINUTE_MS

/**
 * Runs of days on which minutes go wrong most easily: around both changes of the clock, before and after holidays, with early
 * closes, and over the ends of weeks, months and years.
 */
const FIRST_DAYS = ['2025-03-06', '2025-10-30', '2025-11-25', '2025-12-23', '2025-12-30', '2026-06-30']

/** Minutes of a few days in a row at any time of the day, most of them within a session; many are missing. */
export const randomMinutes = ({ minLength = 0, maxLength = 80, days = 5 } = {}): fc.Arbitrary<
  readonly SeriesBar[]
> =>
  fc
    .tuple(
      fc.constantFrom(...FIRST_DAYS),
      fc.uniqueArray(
        fc.tuple(fc.nat(days - 1), fc.oneof(fc.nat(1_439), fc.integer({ min: 540, max: 1_020 }))),
        {
          minLength,
          maxLength,
          selector: ([day, minute]) => day * 1_440 + minute,
        },
      ),
      randomBars({ minLength: maxLength, maxLength }),
    )
    .map(([first, places, bars]) => {
      const midnight = midnightOf(first) / MINUTE_MS
      const minutes = places.map(([day, minute]) => midnight + day * 1_440 + minute)
      return minutes
        .sort((one, other) => one - other)
        .flatMap((minute, at) => {
          const bar = bars[at]
          return bar ? [{ ...bar, minute }] : []
        })
    })

/** Bars of `length` minutes in all sessions of that many trading days from a day on, with prices and volumes that change. */
export function wholeDays(from: string, days: number, length: number): readonly SeriesBar[] {
  const bars: SeriesBar[] = []
  let day = nextTradingDay(addDays(from, -1))
  for (let count = 0; count < days; count += 1, day = nextTradingDay(day.day)) {
    for (let at = day.preOpen; at < day.afterClose; at += length * MINUTE_MS) {
      const price = 100 + Math.sin(bars.length) * 3 + count
      bars.push({
        minute: at / MINUTE_MS,
        open: price,
        high: price + 0.5,
        low: price - 0.4,
        close: price + 0.1,
        volume: 1_000 + ((bars.length * 7_919) % 5_003),
        vwap: price + 0.02,
      })
    }
  }
  return bars
}

const real = new Map<string, readonly SeriesBar[]>()

/** Real minute bars of one symbol, oldest first; the vwap is not in the data, and the mean of the prices stands for it. */
export function realMinutes(symbol: string): readonly SeriesBar[] {
  const known = real.get(symbol)
  if (known) return known
  const bars = realMinuteBars(symbol).map((bar) => {
    const [open, high, low, close] = [
      Number(dollars(bar.open)),
      Number(dollars(bar.high)),
      Number(dollars(bar.low)),
      Number(dollars(bar.close)),
    ]
    const vwap = (open + high + low + close) / 4
    return { minute: bar.at / MINUTE_MS, open, high, low, close, volume: bar.volume, vwap }
  })
  real.set(symbol, bars)
  return bars
}
