import fc from 'fast-check'
import { expect } from 'vitest'
import { runIndicator, type Indicator } from '../../../src/analysis/indicator.ts'
import type { SeriesBar } from '../../../src/analysis/series.ts'
import { columnsOf, randomBars } from './bars.ts'

/** The values of an indicator at each of the bars, one list for each output. */
export const valuesOf = (indicator: Indicator, bars: readonly SeriesBar[]): readonly (readonly number[])[] =>
  runIndicator(indicator, columnsOf(bars)).map((column) => [...column])

/** Random bars at prices of about $0.0001, $100 and $700,000. */
export const pricedBars = (length: { minLength?: number; maxLength?: number }) =>
  fc
    .tuple(randomBars(length), fc.constantFrom(1e-6, 1, 7_000))
    .map(([bars, scale]) => bars.map((bar) => scaled(bar, scale)))

function scaled(bar: SeriesBar, scale: number): SeriesBar {
  const price = (value: number) => Number((value * scale).toFixed(8))
  const { open, high, low, close } = bar
  return { ...bar, open: price(open), high: price(high), low: price(low), close: price(close) }
}

/** A value that `within` says is close enough to another one. */
type Within = (actual: number, expected: number) => boolean

/** Equal but for rounding, at this share of `size`, or of the expected value if that is larger. */
export const nearly =
  (size = 0, share = 1e-9): Within =>
  (actual, expected) =>
    Math.abs(actual - expected) <= share * Math.max(size, Math.abs(expected))

/** Equal but for the printed digits. */
export const toDigits =
  (digits: number): Within =>
  (actual, expected) =>
    Math.abs(actual - expected) <= 0.500_001 * 10 ** -digits

/** Fails at the first value that is not close enough to the expected one, or is NaN where that is not or the other way round. */
export function expectValues(
  actual: readonly number[] | undefined,
  expected: readonly number[],
  within = nearly(),
) {
  expect(actual).toHaveLength(expected.length)
  const wrong = expected.findIndex((value, at) => {
    const ours = actual?.[at] ?? NaN
    return Number.isNaN(value) ? !Number.isNaN(ours) : !within(ours, value)
  })
  expect(
    wrong < 0 ? undefined : { at: wrong, is: actual?.[wrong], expected: expected[wrong] },
  ).toBeUndefined()
}

/** Fails unless an indicator over a window is the same, bit for bit, wherever its series begins. */
export function expectSameFromAnyStart(create: () => Indicator, barsNeeded: number) {
  const length = barsNeeded + 300
  fc.assert(
    fc.property(pricedBars({ minLength: length, maxLength: length }), fc.nat(250), (bars, start) => {
      const end = (from: number) => valuesOf(create(), bars.slice(from)).map((values) => values.slice(-50))
      expect(end(start)).toEqual(end(0))
    }),
    { numRuns: 10 },
  )
}

/** Consecutive minutes with these closes, and with these highs and lows if they are given. */
export const barsOf = (
  closes: readonly number[],
  highs: readonly number[] = closes,
  lows: readonly number[] = closes,
  volumes: readonly number[] = closes.map(() => 100),
): readonly SeriesBar[] =>
  closes.map((close, at) => ({
    minute: at,
    open: close,
    high: highs[at] ?? NaN,
    low: lows[at] ?? NaN,
    close,
    volume: volumes[at] ?? NaN,
    vwap: NaN,
  }))
