import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import {
  barsOf,
  expectSameFromAnyStart,
  expectValues,
  pricedBars,
  valuesOf,
} from '../../../tests/support/analysis/checks.ts'
import type { SeriesBar } from '../series.ts'
import { VWMA } from './volume-weighted-moving-average.ts'

const create = (length: number) => VWMA.create({ length, source: 'close' }, nyse)

const sum = (bars: readonly SeriesBar[], figure: (bar: SeriesBar) => number) =>
  bars.reduce((total, bar) => total + figure(bar), 0)

function naive(window: readonly SeriesBar[]): number {
  const volume = sum(window, (bar) => bar.volume)
  return volume === 0
    ? sum(window, ({ close }) => close) / window.length
    : sum(window, (bar) => bar.close * bar.volume) / volume
}

test('VWMA is what its formula says', () => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 150 }), fc.integer({ min: 1, max: 40 }), (bars, length) => {
      const expected = bars.map((_, at) =>
        at < length - 1 ? NaN : naive(bars.slice(at - length + 1, at + 1)),
      )
      expectValues(valuesOf(create(length), bars)[0], expected)
    }),
  )
})

test('VWMA is the same wherever the series begins', () => {
  expectSameFromAnyStart(() => create(40), 40)
})

test('a price without volume weighs nothing, and prices all without volume weigh the same', () => {
  const closes = [1, 2, 3, 6, 7, 9]
  const volumes = [0, 100, 300, 0, 0, 0]
  expect(valuesOf(create(3), barsOf(closes, closes, closes, volumes))[0]).toEqual([
    NaN,
    NaN,
    (2 * 100 + 3 * 300) / 400,
    (2 * 100 + 3 * 300) / 400,
    3,
    22 / 3,
  ])
})

test('volumes of any size leave nothing behind', () => {
  const volumes = [5e9, 1e-9, 3e9 + 1 / 3, 0.1, 0, 0, 0, 7e9, 0, 1e-9, 0]
  const closes = volumes.map((_, at) => 100 + at)
  const values = valuesOf(create(3), barsOf(closes, closes, closes, volumes))[0]
  expect(values?.slice(6)).toEqual([105, 107, 107, 107, expect.closeTo(109, 9)])
})
