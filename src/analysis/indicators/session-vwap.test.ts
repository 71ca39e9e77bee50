import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exchangeDayOf, nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { columnsOf, randomBars } from '../../../tests/support/analysis/bars.ts'
import { minuteOf, randomMinutes, realMinutes } from '../../../tests/support/analysis/session-bars.ts'
import { MINUTE_SYMBOLS, whyNoData } from '../../../tests/support/shared-data.ts'
import { runIndicator, type Indicator } from '../indicator.ts'
import type { SeriesBar } from '../series.ts'
import { ANCHORED_VWAP, SESSION_VWAP } from './session-vwap.ts'

const price = ({ vwap, high, low, close }: SeriesBar) => (vwap >= 0 ? vwap : (high + low + close) / 3)

/** Average and bands straight from the formula. */
function naive(bars: readonly SeriesBar[], deviations: number): readonly number[] {
  const sum = (of: (bar: SeriesBar) => number) => bars.reduce((total, bar) => total + of(bar), 0)
  const volume = sum((bar) => bar.volume)
  const mean = sum((bar) => price(bar) * bar.volume) / volume
  const variance = sum((bar) => bar.volume * (price(bar) - mean) ** 2) / volume
  const distance = deviations * Math.sqrt(variance)
  return [mean, mean + distance, mean - distance]
}

function naiveOfDay(
  bars: readonly SeriesBar[],
  at: number,
  anchor: 'regular' | 'pre-market',
): readonly number[] {
  const dayOf = ({ minute }: SeriesBar) => exchangeDayOf(minute * MINUTE_MS)
  const newest = bars[at]
  const { phase } = nyse.sessionAt((newest?.minute ?? NaN) * MINUTE_MS)
  if (!newest || phase === 'closed' || phase === 'overnight') return [NaN, NaN, NaN]
  const sessions = nyse.tradingDay(dayOf(newest))
  const from = ((anchor === 'regular' ? sessions?.open : sessions?.preOpen) ?? NaN) / MINUTE_MS
  if ((bars[0]?.minute ?? NaN) > from) return [NaN, NaN, NaN]
  const today = bars.slice(0, at + 1).filter((bar) => dayOf(bar) === dayOf(newest) && bar.minute >= from)
  return naive(today, 1.5)
}

function expectNear(values: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((wanted, output) => {
    if (Number.isNaN(wanted)) expect(values[output]).toBeNaN()
    else expect(values[output]).toBeCloseTo(wanted, 6)
  })
}

const ANCHORS = ['regular', 'pre-market'] as const

test.each(ANCHORS)('from the %s: as by the formula on any minutes', (anchor) => {
  fc.assert(
    fc.property(randomMinutes(), (bars) => {
      const indicator = SESSION_VWAP.create({ anchor, deviations: 1.5 }, nyse)
      bars.forEach((bar, at) => {
        indicator.push(bar)
        expectNear(indicator.values, naiveOfDay(bars, at, anchor))
      })
    }),
  )
})

describe.skipIf(whyNoData)('real minutes', () => {
  test.each(MINUTE_SYMBOLS)('%s: at the end of each day it is that day’s', (symbol) => {
    const bars = realMinutes(symbol)
    const columns = runIndicator(
      SESSION_VWAP.create({ anchor: 'regular', deviations: 1.5 }, nyse),
      columnsOf(bars),
    )
    const day = ({ minute }: SeriesBar) => exchangeDayOf(minute * MINUTE_MS)
    const ends = bars.flatMap((bar, at) => {
      const next = bars[at + 1]
      return next === undefined || day(next) !== day(bar) ? [at] : []
    })
    expect(ends).toHaveLength(5)
    for (const at of ends)
      expectNear(
        columns.map((column) => column[at] ?? NaN),
        naiveOfDay(bars, at, 'regular'),
      )
  })
})

test('anchored: as by the formula from the anchor on', () => {
  fc.assert(
    fc.property(randomBars({ minLength: 1, maxLength: 300 }), fc.nat(), (bars, pick) => {
      const anchor = bars[pick % bars.length]?.minute ?? 0
      const indicator = ANCHORED_VWAP.create({ anchor, deviations: 1.5 }, nyse)
      bars.forEach((bar, at) => {
        indicator.push(bar)
        const since = bars.slice(0, at + 1).filter(({ minute }) => minute >= anchor)
        expectNear(indicator.values, naive(since, 1.5))
      })
    }),
  )
})

const OPEN = minuteOf('2025-11-24', '09:30')
const bar = (minute: number, vwap: number, volume: number, close = vwap): SeriesBar => ({
  minute,
  open: close,
  high: close,
  low: close,
  close,
  volume,
  vwap,
})
const pushed = (indicator: Indicator, ...bars: readonly SeriesBar[]) => {
  for (const each of bars) indicator.push(each)
  return [...indicator.values]
}
const session = () => SESSION_VWAP.create({ anchor: 'regular', deviations: 2 }, nyse)

test('weights by volume, with the deviation of the population', () => {
  // mean (10 + 3 * 14) / 4 = 13, variance (9 + 3 * 1) / 4 = 3
  const distance = 2 * Math.sqrt(3)
  expect(pushed(session(), bar(OPEN, 10, 100), bar(OPEN + 1, 14, 300))).toEqual([
    13,
    13 + distance,
    13 - distance,
  ])
})

test('a bar whose VWAP is not known counts with its typical price', () => {
  const unknown = { ...bar(OPEN, NaN, 100, 10), high: 12, low: 8 }
  expect(pushed(session(), { ...unknown, close: 13 })).toEqual([11, 11, 11])
})

test('there is none before the first share, and bars without volume change nothing', () => {
  const indicator = session()
  expect(pushed(indicator, bar(OPEN, NaN, 0, 10))).toEqual([NaN, NaN, NaN])
  expect(pushed(indicator, bar(OPEN + 1, 12, 5))).toEqual([12, 12, 12])
  expect(pushed(indicator, bar(OPEN + 2, NaN, 0, 99))).toEqual([12, 12, 12])
})

test.each([0.0001, 0.1, 123.45, 699_999.99])(
  'at one price of %d it is exactly that price, without bands',
  (at) => {
    const bars = Array.from({ length: 390 }, (_, minute) =>
      bar(OPEN + minute, at, 1 + ((minute * 7_919) % 99_991)),
    )
    expect(pushed(session(), ...bars)).toEqual([at, at, at])
  },
)

test('of bars at one price it is exactly that price', () => {
  const volumes = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7e9 }), volumes, (ticks, shares) => {
      const bars = shares.map((volume, minute) => bar(OPEN + minute, ticks / 10_000, volume))
      expect(pushed(session(), ...bars)[0]).toBe(ticks / 10_000)
    }),
  )
})

test('a cent of movement at the highest price has its deviation', () => {
  const values = pushed(session(), bar(OPEN, 700_000, 1e9), bar(OPEN + 1, 700_000.01, 1e9))
  expect((values[1] ?? NaN) - (values[2] ?? NaN)).toBeCloseTo(0.02, 8)
})

test('begins anew each day, has nothing in the pre-market and goes on after the close', () => {
  const indicator = session()
  expect(pushed(indicator, bar(OPEN, 10, 100), bar(minuteOf('2025-11-24', '16:00'), 20, 100))[0]).toBe(15)
  expect(pushed(indicator, bar(minuteOf('2025-11-24', '20:00'), 90, 100))[0]).toBeNaN()
  expect(pushed(indicator, bar(minuteOf('2025-11-25', '09:29'), 30, 100))[0]).toBeNaN()
  expect(pushed(indicator, bar(minuteOf('2025-11-25', '09:30'), 40, 100))[0]).toBe(40)
})

test('says nothing about a day that was under way when the series began', () => {
  const indicator = session()
  expect(pushed(indicator, bar(OPEN + 1, 10, 100))[0]).toBeNaN()
  expect(pushed(indicator, bar(OPEN + 1_440 + 5, 20, 100))[0]).toBe(20)
})
