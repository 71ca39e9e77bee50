import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, longWalk, randomBars } from '../../../tests/support/analysis/bars.ts'
import { middles, overWindows } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import type { SeriesBar } from '../series.ts'
import { DONCHIAN_CHANNELS } from './donchian-channels.ts'

function expectFormula(bars: readonly SeriesBar[], length: number): void {
  expect(runDescriptor(DONCHIAN_CHANNELS, { length }, bars)).toEqual([
    overWindows(bars, length, (window) => Math.max(...window.map(({ high }) => high))),
    middles(bars, length),
    overWindows(bars, length, (window) => Math.min(...window.map(({ low }) => low))),
  ])
}

test('the lines are those of the formula', () => {
  fc.assert(fc.property(randomBars(), fc.integer({ min: 1, max: 12 }), expectFormula))
  expectFormula(longWalk(3_000), 20)
})

test('an extreme counts from its own bar until it leaves the window', () => {
  const bars = barsAt([
    [10, 9, 9],
    [14, 10, 11],
    [11, 8, 10],
    [11, 10, 10],
    [11, 10, 10],
  ])
  expect(runDescriptor(DONCHIAN_CHANNELS, { length: 2 }, bars)).toEqual([
    [NaN, 14, 14, 11, 11],
    [NaN, 11.5, 11, 9.5, 10.5],
    [NaN, 9, 8, 8, 10],
  ])
})
