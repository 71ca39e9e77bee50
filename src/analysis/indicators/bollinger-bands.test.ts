import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flatBars, longWalk, randomBars } from '../../../tests/support/analysis/bars.ts'
import { meanOf, overWindows } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import { expectNear, readVector } from '../../../tests/support/analysis/vectors.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import type { SeriesBar } from '../series.ts'
import { BOLLINGER_BANDS } from './bollinger-bands.ts'

test.skipIf(whyNoData).each([
  { file: 'bbands_5_2_tulip-untest', length: 5, tolerance: 0.000_501 },
  { file: 'bbands_20_2_lean-spy-daily', length: 20, tolerance: 0.000_101 },
])('the bands are those of $file', ({ file, length, tolerance }) => {
  const { bars, column } = readVector(file)
  const bands = runDescriptor(BOLLINGER_BANDS, { length, deviations: 2 }, bars)
  for (const [at, name] of ['lower', 'middle', 'upper'].entries())
    expectNear(bands[at] ?? [], column(`expected_bb_${name}`), tolerance, name)
})

function expectFormula(bars: readonly SeriesBar[], length: number, deviations: number): void {
  const prices = bars.map(({ high, low }) => (high + low) / 2)
  const middle = overWindows(prices, length, meanOf)
  const sigma = overWindows(prices, length, (window) => {
    const mean = meanOf(window)
    return Math.sqrt(meanOf(window.map((price) => (price - mean) ** 2)))
  })
  const bands = runDescriptor(BOLLINGER_BANDS, { length, deviations, source: 'hl2' }, bars)
  const at = (sign: number) => middle.map((mean, index) => mean + sign * deviations * (sigma[index] ?? NaN))
  expectNear(bands[0] ?? [], at(-1), 1e-9, 'lower')
  expectNear(bands[1] ?? [], middle, 1e-9, 'middle')
  expectNear(bands[2] ?? [], at(1), 1e-9, 'upper')
}

test('the bands are those of the formula', () => {
  fc.assert(
    fc.property(randomBars(), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 4 }), expectFormula),
  )
  expectFormula(longWalk(5_000), 20, 2)
})

test('bands have no width where the price stands still, and a known one where it moved once', () => {
  const bands = runDescriptor(BOLLINGER_BANDS, { length: 4, deviations: 2 }, flatBars([5, 5, 5, 5, 9]))
  expect(bands.map((band) => band.slice(3))).toEqual([
    [5, 6 - 2 * Math.sqrt(3)],
    [5, 6],
    [5, 6 + 2 * Math.sqrt(3)],
  ])
})

test('cents of a price of $700,000 count', () => {
  const bars = flatBars(Array.from({ length: 1_000 }, (_, at) => 700_000 + (at % 2) / 100))
  const [lower, middle, upper] = runDescriptor(BOLLINGER_BANDS, { length: 20, deviations: 2 }, bars)
  expect(lower?.at(-1)).toBeCloseTo(699_999.995, 9)
  expect(middle?.at(-1)).toBeCloseTo(700_000.005, 9)
  expect(upper?.at(-1)).toBeCloseTo(700_000.015, 9)
})
