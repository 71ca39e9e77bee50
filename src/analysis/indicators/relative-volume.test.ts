import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exchangeDayOf, nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import {
  minuteOf,
  randomMinutes,
  realMinutes,
  wholeDays,
} from '../../../tests/support/analysis/session-bars.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import type { Indicator } from '../indicator.ts'
import type { SeriesBar } from '../series.ts'
import { RELATIVE_VOLUME } from './relative-volume.ts'

const dayOf = ({ minute }: SeriesBar) => exchangeDayOf(minute * MINUTE_MS)
const openOf = (day: string) => (nyse.tradingDay(day)?.open ?? NaN) / MINUTE_MS

/** The figure at the newest of the bars, by the words of its convention. */
function naive(bars: readonly SeriesBar[], days: number): number {
  const [first, newest] = [bars[0], bars.at(-1)]
  if (!first || !newest) return NaN
  const { phase } = nyse.sessionAt(newest.minute * MINUTE_MS)
  const today = dayOf(newest)
  if ((phase !== 'regular' && phase !== 'after') || first.minute > openOf(today)) return NaN
  const regular = bars.filter(({ minute }) => nyse.sessionAt(minute * MINUTE_MS).phase === 'regular')
  const minutes = nyse.minutesOfSession(today)
  const at = Math.min(newest.minute - openOf(today), minutes - 1)
  const volumeOf = (day: string) =>
    regular
      .filter((bar) => dayOf(bar) === day && bar.minute - openOf(day) <= at)
      .reduce((sum, { volume }) => sum + volume, 0)
  const whole = [...new Set(regular.map(dayOf))].filter(
    (day) => day < today && nyse.minutesOfSession(day) === 390 && first.minute <= openOf(day),
  )
  if (whole.length < days) return NaN
  const usual = whole.slice(-days).reduce((sum, day) => sum + volumeOf(day), 0) / days
  return usual === 0 ? NaN : volumeOf(today) / usual
}

const create = (days: number) => RELATIVE_VOLUME.create({ days }, nyse)

test.each([1, 2, 4])('against %d days: as by the words on any minutes', (days) => {
  fc.assert(
    fc.property(randomMinutes({ days: 9 }), (bars) => {
      const indicator = create(days)
      bars.forEach((bar, at) => {
        indicator.push(bar)
        expect(indicator.values[0]).toBe(naive(bars.slice(0, at + 1), days))
      })
    }),
    { numRuns: 40 },
  )
})

test.each([5, 30])('bars of %d minutes over weeks with early closes', (length) => {
  const bars = wholeDays('2025-11-14', 25, length)
  const indicator = create(10)
  let checked = 0
  bars.forEach((bar, at) => {
    indicator.push(bar)
    if (at % 107 !== 106) return
    checked += Number.isNaN(indicator.values[0]) ? 0 : 1
    expect(indicator.values[0]).toBe(naive(bars.slice(0, at + 1), 10))
  })
  expect(checked).toBeGreaterThan(2)
})

describe.skipIf(whyNoData)('real minutes', () => {
  test.each(['SPY', 'UGA'])('%s against three days', (symbol) => {
    const bars = realMinutes(symbol)
    const indicator = create(3)
    bars.forEach((bar, at) => {
      indicator.push(bar)
      if (at % 97 === 0) expect(indicator.values[0]).toBe(naive(bars.slice(0, at + 1), 3))
    })
  })
})

const bar = (day: string, clock: string, volume: number): SeriesBar => ({
  minute: minuteOf(day, clock),
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume,
  vwap: 1,
})
const after = (indicator: Indicator, ...bars: readonly SeriesBar[]) => {
  for (const each of bars) indicator.push(each)
  return indicator.values[0]
}

test('the volume so far against the mean of the same minute', () => {
  const indicator = create(2)
  const monday = [bar('2025-11-24', '09:30', 100), bar('2025-11-24', '09:33', 100)]
  const tuesday = [bar('2025-11-25', '09:29', 9_999), bar('2025-11-25', '09:30', 300)]
  expect(after(indicator, ...monday, ...tuesday)).toBeNaN()
  expect(after(indicator, bar('2025-11-26', '09:29', 50))).toBeNaN()
  expect(after(indicator, bar('2025-11-26', '09:30', 50))).toBe(0.25)
  expect(after(indicator, bar('2025-11-26', '09:33', 700))).toBe(3)
  expect(after(indicator, bar('2025-11-26', '16:00', 5_000))).toBe(3)
  expect(after(indicator, bar('2025-11-26', '20:00', 5_000))).toBeNaN()
})

test('an early close is compared, but no measure for others', () => {
  const indicator = create(1)
  const wednesday = bar('2025-11-26', '09:30', 100)
  expect(after(indicator, wednesday, bar('2025-11-28', '09:30', 50))).toBe(0.5)
  expect(after(indicator, bar('2025-12-01', '09:30', 200))).toBe(2)
})

test('nothing traded until then on the other days: no value', () => {
  const indicator = create(1)
  expect(after(indicator, bar('2025-11-24', '09:30', 0), bar('2025-11-25', '09:30', 10))).toBeNaN()
})
