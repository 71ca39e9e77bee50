import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import {
  barsOf,
  expectSameFromAnyStart,
  expectValues,
  nearly,
  pricedBars,
  toDigits,
  valuesOf,
} from '../../../tests/support/analysis/checks.ts'
import { readVector } from '../../../tests/support/analysis/vectors.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import { EMA, HMA, SMA, WMA } from './moving-average.ts'

type Average = typeof SMA

const averages = (descriptor: Average, length: number, closes: readonly number[]) =>
  valuesOf(descriptor.create({ length, source: 'close' }, nyse), barsOf(closes))[0] ?? []

/** A figure over the last n values, wherever there are so many and none of them is NaN. */
const overWindow = (
  values: readonly number[],
  length: number,
  figure: (window: readonly number[]) => number,
) =>
  values.map((_, at) =>
    at < length - 1 || Number.isNaN(values[at - length + 1])
      ? NaN
      : figure(values.slice(at - length + 1, at + 1)),
  )

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const naiveSma = (values: readonly number[], length: number) =>
  overWindow(values, length, (window) => sum(window) / length)
const naiveWma = (values: readonly number[], length: number) =>
  overWindow(
    values,
    length,
    (window) => sum(window.map((value, at) => value * (at + 1))) / ((length * (length + 1)) / 2),
  )

function naiveEma(values: readonly number[], length: number): number[] {
  let before = NaN
  return values.map((value, at) => {
    if (at === length - 1) before = sum(values.slice(0, length)) / length
    else before = (2 * value + (length - 1) * before) / (length + 1)
    return before
  })
}

function naiveHma(values: readonly number[], length: number): number[] {
  const whole = naiveWma(values, length)
  const half = naiveWma(values, Math.trunc(length / 2))
  const ahead = whole.map((value, at) => 2 * (half[at] ?? NaN) - value)
  return naiveWma(ahead, Math.trunc(length ** 0.5))
}

/** An EMA that begins with the first value. */
function emaFromFirst(values: readonly number[], length: number): number[] {
  let before = values[0] ?? NaN
  return values.map((value) => (before += (2 / (length + 1)) * (value - before)))
}

test.each([
  { descriptor: SMA, naive: naiveSma, least: 1 },
  { descriptor: EMA, naive: naiveEma, least: 1 },
  { descriptor: WMA, naive: naiveWma, least: 1 },
  { descriptor: HMA, naive: naiveHma, least: 2 },
])('$descriptor.shortName is what its formula says', ({ descriptor, naive, least }) => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 150 }), fc.integer({ min: least, max: 60 }), (bars, length) => {
      const closes = bars.map(({ close }) => close)
      expectValues(averages(descriptor, length, closes), naive(closes, length))
    }),
  )
})

test.each([SMA, WMA, HMA])('$shortName is the same wherever the series begins', (descriptor) => {
  const chosen = { length: 40, source: 'hlc3' } as const
  expectSameFromAnyStart(() => descriptor.create(chosen, nyse), descriptor.barsNeeded(chosen) ?? NaN)
})

test.each([SMA, EMA, WMA, HMA])('$shortName of equal prices is that price', (descriptor) => {
  for (const price of [0.0001, 0.1, 1.13, 98.71, 699_999.99])
    for (const length of [3, 10, 12, 26, 49, 200]) {
      const values = averages(
        descriptor,
        length,
        Array.from({ length: 450 }, () => price),
      )
      expect(new Set(values.slice((descriptor.barsNeeded({ length, source: 'close' }) ?? NaN) - 1))).toEqual(
        new Set([price]),
      )
    }
})

test.each([SMA, WMA])('$shortName is not moved by a price that has left the window', (descriptor) => {
  const values = averages(descriptor, 3, [0.0001, 700_000, 0.0001, 0.0002, 0.0003, 0.0004])
  expect(values.at(-1)).toBeCloseTo(descriptor === SMA ? 0.0003 : 0.002 / 6, 15)
})

test('a WMA and an HMA by hand', () => {
  expect(averages(WMA, 3, [1, 2, 6])).toEqual([NaN, NaN, (3 * 6 + 2 * 2 + 1) / 6])
  // n = 4: half 2, whole 4, smoothed over 2
  const [whole, next] = [(1 + 2 * 2 + 3 * 4 + 4 * 8) / 10, (2 + 2 * 4 + 3 * 8 + 4 * 16) / 10]
  const ahead = [2 * ((4 + 2 * 8) / 3) - whole, 2 * ((8 + 2 * 16) / 3) - next]
  expectValues(averages(HMA, 4, [1, 2, 4, 8, 16]), [NaN, NaN, NaN, NaN, (ahead[0]! + 2 * ahead[1]!) / 3])
})

test.skipIf(whyNoData)('an SMA has the published values', () => {
  const short = readVector('sma_5_tulip-untest').column
  expectValues(averages(SMA, 5, short('close')), short('expected_sma'), toDigits(3))
  const long = readVector('sma14_ema14_macd12-26_rsi14_lean-djia-daily').column
  expectValues(averages(SMA, 14, long('close')), long('expected_sma14'), nearly(0, 1e-6))
})

test.skipIf(whyNoData)('an EMA has the published values where it is seeded with the SMA', () => {
  const vector = readVector('sma14_ema14_macd12-26_rsi14_lean-djia-daily').column
  expectValues(averages(EMA, 14, vector('close')), vector('expected_ema14'), nearly(0, 1e-6))
})

test.skipIf(whyNoData)('an EMA comes to the published values of one that begins with the first price', () => {
  const vector = readVector('ema_5_tulip-untest').column
  const closes = vector('close')
  expectValues(emaFromFirst(closes, 5), vector('expected_ema'), toDigits(3))
  const apart = averages(EMA, 5, closes).map((value, at) => value - (vector('expected_ema')[at] ?? NaN))
  const first = apart[4] ?? NaN
  expect(Math.abs(first)).toBeGreaterThan(0.2)
  const fading = apart.map((_, at) => (at < 4 ? NaN : first * (2 / 3) ** (at - 4)))
  expectValues(apart, fading, (actual, expected) => Math.abs(actual - expected) <= 0.001)
})

test('an EMA meets one that begins with the first price', () => {
  fc.assert(
    fc.property(pricedBars({ minLength: 100, maxLength: 120 }), (bars) => {
      const closes = bars.map(({ close }) => close)
      expectValues(averages(EMA, 5, closes).slice(80), emaFromFirst(closes, 5).slice(80), nearly(0, 1e-12))
    }),
  )
})
