import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { columnsOf } from '../../tests/support/analysis/bars.ts'
import { minuteOf, randomMinutes, realMinutes } from '../../tests/support/analysis/session-bars.ts'
import { naiveBars, newYorkText } from '../../tests/support/analysis/naive-bars.ts'
import { MINUTE_SYMBOLS, whyNoData } from '../../tests/support/shared-data.ts'
import { BarBuilder, buildBars } from './bar-builder.ts'
import { barAt, type BarColumns, type SeriesBar } from './series.ts'
import { TIMEFRAMES, type Timeframe } from './timeframes.ts'

const CASES = TIMEFRAMES.flatMap((timeframe) =>
  [true, false].map((extendedHours) => ({ timeframe, extendedHours, calendar: nyse })),
)

const rows = (columns: BarColumns) => Array.from(columns.minute, (_, at) => barAt(columns, at))

function expectSame(bars: readonly SeriesBar[], expected: readonly SeriesBar[]): void {
  const withoutVwap = (bar: SeriesBar) => ({ ...bar, vwap: 0 })
  expect(bars.map(withoutVwap)).toEqual(expected.map(withoutVwap))
  bars.forEach(({ vwap }, at) => {
    const wanted = expected[at]?.vwap ?? NaN
    if (Number.isNaN(wanted)) expect(vwap).toBeNaN()
    else expect(Math.abs(vwap / wanted - 1)).toBeLessThan(1e-12)
  })
}

test.each(CASES)(
  '$timeframe, extended hours $extendedHours: random minutes as by the naive way',
  (options) => {
    fc.assert(
      fc.property(randomMinutes(), (minutes) => {
        const { bars, leftOut } = buildBars(columnsOf(minutes), options)
        expectSame(rows(bars), naiveBars(minutes, options.timeframe, options.extendedHours))
        const outside = minutes.filter(({ minute }) =>
          ['overnight', 'closed'].includes(nyse.sessionAt(minute * MINUTE_MS).phase),
        )
        expect(leftOut).toBe(outside.length)
      }),
      { numRuns: 40 },
    )
  },
)

describe.skipIf(whyNoData)('real minutes', () => {
  test.each(CASES)('$timeframe, extended hours $extendedHours: as by the naive way', (options) => {
    for (const symbol of MINUTE_SYMBOLS) {
      const minutes = realMinutes(symbol)
      const { bars, leftOut } = buildBars(columnsOf(minutes), options)
      expect(leftOut).toBe(0)
      expectSame(rows(bars), naiveBars(minutes, options.timeframe, options.extendedHours))
    }
  })
})

test.each(CASES)('$timeframe, extended hours $extendedHours: corrections leave no trace', (options) => {
  fc.assert(
    fc.property(randomMinutes(), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (minutes, picks) => {
      const [once, often] = [new BarBuilder(options), new BarBuilder(options)]
      minutes.forEach((minute, at) => {
        const other = minutes[(at + 1) % minutes.length] ?? minute
        expect(often.push({ ...other, minute: minute.minute })).toBe(once.push(minute))
        expect(often.replace(minute)).not.toBe('too-late')
        for (const pick of picks) {
          const earlier = minutes[Math.max(0, at - (pick % 9))] ?? minute
          often.replace({ ...other, minute: earlier.minute })
          often.replace(earlier)
        }
        expect(often.current).toEqual(once.current)
        expect(often.closed).toEqual(once.closed)
        expect([often.until, often.leftOut]).toEqual([once.until, once.leftOut])
      })
    }),
    { numRuns: 25 },
  )
})

test.each(CASES)('$timeframe, extended hours $extendedHours: a missing minute may come later', (options) => {
  fc.assert(
    fc.property(randomMinutes({ minLength: 2 }), (minutes) => {
      const [whole, late] = [new BarBuilder(options), new BarBuilder(options)]
      const [newest, missing] = [minutes.at(-1)!, minutes.at(-2)!]
      for (const minute of minutes) whole.push(minute)
      for (const minute of minutes.slice(0, -2)) late.push(minute)
      late.push(newest)
      if (late.replace(missing) === 'changed') expect(late.current).toEqual(whole.current)
    }),
  )
})

const bar = (minute: number, close: number, volume = 100, vwap = close): SeriesBar => ({
  minute,
  open: close,
  high: close + 1,
  low: close - 1,
  close,
  volume,
  vwap,
})

/** Bars of these times of one day in New York. */
const startsOf = (timeframe: Timeframe, day: string, clocks: readonly string[]) => {
  const columns = columnsOf(clocks.map((clock) => bar(minuteOf(day, clock), 100)))
  const built = buildBars(columns, { timeframe, extendedHours: true, calendar: nyse })
  return rows(built.bars).map(({ minute }) => newYorkText(minute).slice(-5))
}

test('bars are counted from where their session begins', () => {
  const clocks = [
    '04:00',
    '08:59',
    '09:00',
    '09:29',
    '09:30',
    '10:29',
    '10:30',
    '15:59',
    '16:00',
    '19:59',
    '20:00',
  ]
  expect(startsOf('1h', '2025-11-24', clocks)).toEqual([
    '04:00',
    '08:00',
    '09:00',
    '09:30',
    '10:30',
    '15:30',
    '16:00',
    '19:00',
  ])
  expect(startsOf('4h', '2025-11-24', clocks)).toEqual(['04:00', '08:00', '09:30', '13:30', '16:00'])
})

test('after an early close the after-hours bars begin at 13:00 and end at 17:00', () => {
  const clocks = ['12:59', '13:00', '16:59', '17:00']
  expect(startsOf('1h', '2025-11-28', clocks)).toEqual(['12:30', '13:00', '16:00'])
})

test('a bar is closed when its time or its session is over', () => {
  const untilAt = (timeframe: Timeframe, extendedHours: boolean, day: string, clock: string) => {
    const builder = new BarBuilder({ timeframe, extendedHours, calendar: nyse })
    builder.push(bar(minuteOf(day, clock), 100))
    return newYorkText(builder.until)
  }
  expect(untilAt('5m', false, '2025-11-24', '09:33')).toBe('2025-11-24 09:35')
  expect(untilAt('1h', true, '2025-11-24', '09:10')).toBe('2025-11-24 09:30')
  expect(untilAt('4h', false, '2025-11-28', '09:30')).toBe('2025-11-28 13:00')
  expect(untilAt('1D', true, '2025-11-28', '09:30')).toBe('2025-11-28 17:00')
  expect(untilAt('1W', false, '2025-11-24', '09:30')).toBe('2025-11-28 13:00')
  expect(untilAt('1M', true, '2026-01-02', '09:30')).toBe('2026-01-30 20:00')
  expect(new BarBuilder({ timeframe: '1m', extendedHours: true, calendar: nyse }).until).toBeNaN()
})

test('the vwap is weighted by volume over what is known', () => {
  const vwapOf = (...figures: readonly (readonly [volume: number, vwap: number])[]) => {
    const builder = new BarBuilder({ timeframe: '1h', extendedHours: false, calendar: nyse })
    figures.forEach(([volume, vwap], at) =>
      builder.push(bar(minuteOf('2025-11-24', '09:30') + at, 5, volume, vwap)),
    )
    return builder.current?.vwap
  }
  expect(vwapOf([100, 10], [300, 20])).toBe(17.5)
  expect(vwapOf([100, 10], [300, NaN], [0, 50])).toBe(10)
  expect(vwapOf([100, NaN], [0, 50])).toBeNaN()
  expect(vwapOf([7, 0.1], [11, 0.1], [13, 0.1])).toBe(0.1)
})

test('a minute of a closed bar comes too late, and one in the past is no new one', () => {
  const builder = new BarBuilder({ timeframe: '5m', extendedHours: false, calendar: nyse })
  const open = minuteOf('2025-11-24', '09:30')
  for (const at of [0, 1, 5, 7]) builder.push(bar(open + at, 100))
  expect(builder.replace(bar(open + 1, 120))).toBe('too-late')
  expect(builder.replace(bar(open + 6, 120))).toBe('changed')
  expect(builder.current).toMatchObject({ minute: open + 5, high: 121, close: 100, volume: 300 })
  expect(builder.closed).toMatchObject({ minute: open, high: 101, volume: 200 })
  expect(() => builder.push(bar(open + 7, 100))).toThrow(RangeError)
  expect(() => builder.replace(bar(open + 8, 100))).toThrow(RangeError)
})

test('a corrected minute counts, also after the newest was replaced', () => {
  const builder = new BarBuilder({ timeframe: '1h', extendedHours: false, calendar: nyse })
  const open = minuteOf('2025-11-24', '09:30')
  for (const at of [0, 1, 2]) builder.push(bar(open + at, 100))
  builder.replace(bar(open + 2, 103))
  expect(builder.current).toMatchObject({ open: 100, high: 104, low: 99, close: 103, volume: 300 })
  builder.replace(bar(open, 90, 200))
  expect(builder.current).toMatchObject({ open: 90, high: 104, low: 89, close: 103, volume: 400 })
})

test('a minute that is left out is replaced without being counted again', () => {
  const builder = new BarBuilder({ timeframe: '1D', extendedHours: false, calendar: nyse })
  const evening = minuteOf('2025-11-24', '20:00')
  expect(builder.push(bar(evening - 1, 100))).toBe('left-out')
  expect(builder.push(bar(evening, 100))).toBe('left-out')
  expect(builder.replace(bar(evening, 101))).toBe('left-out')
  expect([builder.leftOut, builder.current, builder.closed]).toEqual([1, undefined, undefined])
})
