import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, flatBars, longWalk, walkingBars } from '../../../tests/support/analysis/bars.ts'
import { averageTrueRange } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import { expectNear } from '../../../tests/support/analysis/vectors.ts'
import type { SeriesBar } from '../series.ts'
import { SUPERTREND } from './supertrend.ts'

/** Band by band, from the bar at which the ATR begins. */
function reference(bars: readonly SeriesBar[], length: number, multiplier: number) {
  const ranges = averageTrueRange(bars, length)
  let [upper, lower, direction] = [Infinity, -Infinity, -1]
  return bars.map((bar, at) => {
    const close = bars[at - 1]?.close ?? NaN
    const [middle, width] = [(bar.high + bar.low) / 2, multiplier * (ranges[at] ?? NaN)]
    if (at < length - 1) return { line: NaN, direction: NaN }
    if (middle + width < upper || close > upper) upper = middle + width
    if (middle - width > lower || close < lower) lower = middle - width
    if (direction === -1 && at > length - 1 && bar.close > upper) direction = 1
    else if (direction === 1 && bar.close < lower) direction = -1
    return { line: direction === 1 ? lower : upper, direction }
  })
}

function expectFormula(bars: readonly SeriesBar[], length: number, multiplier: number): void {
  const [line, direction] = runDescriptor(SUPERTREND, { length, multiplier }, bars)
  const expected = reference(bars, length, multiplier)
  expectNear(
    line ?? [],
    expected.map((point) => point.line),
    1e-9,
    'line',
  )
  expect(direction).toEqual(expected.map((point) => point.direction))
}

test('line and direction are those of the formula', () => {
  const multiplier = fc.constantFrom(0.5, 1, 2, 3)
  fc.assert(fc.property(walkingBars(), fc.integer({ min: 1, max: 12 }), multiplier, expectFormula))
  expectFormula(longWalk(5_000), 10, 3)
})

test('the line follows a rise from below, and a close through it turns it', () => {
  const bars = barsAt([
    [11, 9, 10],
    [14, 12, 13],
    [13, 12, 12.5],
    [12, 10, 10.5],
  ])
  expect(runDescriptor(SUPERTREND, { length: 1, multiplier: 1 }, bars)).toEqual([
    [12, 9, 11.5, 13.5],
    [-1, 1, 1, -1],
  ])
})

test('a close on the line does not turn it', () => {
  expect(runDescriptor(SUPERTREND, { length: 1, multiplier: 1 }, flatBars([10, 10, 10]))).toEqual([
    [10, 10, 10],
    [-1, -1, -1],
  ])
  const rising = flatBars([10, 11, 11, 11])
  expect(runDescriptor(SUPERTREND, { length: 1, multiplier: 1 }, rising)[1]).toEqual([-1, 1, 1, 1])
  const touching = barsAt([
    [11, 9, 10],
    [14, 12, 13],
    [13, 12, 12.5],
    [12, 11, 11.5],
    [12, 11, 11.5],
  ])
  expect(runDescriptor(SUPERTREND, { length: 1, multiplier: 1 }, touching)).toEqual([
    [12, 9, 11.5, 11.5, 11.5],
    [-1, 1, 1, 1, 1],
  ])
})
