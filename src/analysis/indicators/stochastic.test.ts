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
import type { SeriesBar } from '../series.ts'
import { STOCHASTIC } from './stochastic.ts'

const create = (length: number, slowing: number, smoothing: number) =>
  STOCHASTIC.create({ length, slowing, smoothing }, nyse)

function raw(bars: readonly SeriesBar[], length: number): number[] {
  return bars.map(({ close }, at) => {
    if (at < length - 1) return NaN
    const window = bars.slice(at - length + 1, at + 1)
    const lowest = Math.min(...window.map(({ low }) => low))
    const highest = Math.max(...window.map(({ high }) => high))
    return highest === lowest ? 50 : ((close - lowest) / (highest - lowest)) * 100
  })
}

const mean = (values: readonly number[], length: number) =>
  values.map((_, at) =>
    at < length - 1
      ? NaN
      : values.slice(at - length + 1, at + 1).reduce((sum, value) => sum + value, 0) / length,
  )

test('%K and %D are what their formulas say', () => {
  const length = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(
      pricedBars({ maxLength: 120 }),
      length,
      length,
      length,
      (bars, window, slowing, smoothing) => {
        const [k, d] = valuesOf(create(window, slowing, smoothing), bars)
        const expected = mean(raw(bars, window), slowing)
        expectValues(k, expected, nearly(100))
        expectValues(d, mean(expected, smoothing), nearly(100))
      },
    ),
  )
})

test('%K and %D are the same wherever the series begins', () => {
  expectSameFromAnyStart(() => create(30, 5, 7), 40)
})

test('the raw value is 0 at the low, 100 at the high, and 50 where there is no range', () => {
  const closes = [5, 5, 7, 4, 4, 4]
  const [k, d] = valuesOf(create(2, 1, 2), barsOf(closes))
  expect(k).toEqual([NaN, 50, 100, 0, 50, 50])
  expect(d).toEqual([NaN, NaN, 75, 50, 25, 50])
})

test.skipIf(whyNoData)('%K and %D have the published values', () => {
  const { bars, column } = readVector('stoch_5_3_3_tulip-untest')
  const [k, d] = valuesOf(create(5, 3, 3), bars)
  // The file begins where both have a value; ours has %K two bars before.
  expect(k?.slice(0, 8).map(Number.isNaN)).toEqual([true, true, true, true, true, true, false, false])
  expectValues(k?.slice(8), column('expected_stoch_k').slice(8), toDigits(3))
  expectValues(d, column('expected_stoch_d'), toDigits(3))
})
