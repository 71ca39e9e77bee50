import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, flatBars, longWalk, randomBars } from '../../../tests/support/analysis/bars.ts'
import { averageTrueRange, exponential } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import { expectNear } from '../../../tests/support/analysis/vectors.ts'
import type { SeriesBar } from '../series.ts'
import { KELTNER_CHANNELS } from './keltner-channels.ts'

function expectFormula(
  bars: readonly SeriesBar[],
  length: number,
  atrLength: number,
  multiplier: number,
): void {
  const middle = exponential(
    bars.map(({ close }) => close),
    length,
    2 / (length + 1),
  )
  const ranges = averageTrueRange(bars, atrLength)
  const lines = runDescriptor(KELTNER_CHANNELS, { length, atrLength, multiplier }, bars)
  const at = (sign: number) => middle.map((mean, index) => mean + sign * multiplier * (ranges[index] ?? NaN))
  expectNear(lines[0] ?? [], at(-1), 1e-9, 'lower')
  expectNear(lines[1] ?? [], middle, 1e-9, 'middle')
  expectNear(lines[2] ?? [], at(1), 1e-9, 'upper')
}

test('the lines are those of the formula', () => {
  const length = fc.integer({ min: 1, max: 12 })
  fc.assert(fc.property(randomBars(), length, length, fc.integer({ min: 1, max: 4 }), expectFormula))
  expectFormula(longWalk(5_000), 20, 10, 2)
})

test('with windows of one bar they are the close and its true range', () => {
  const bars = barsAt([
    [12, 10, 11],
    [15, 13, 14],
  ])
  const chosen = { length: 1, atrLength: 1, multiplier: 2 }
  expect(runDescriptor(KELTNER_CHANNELS, chosen, bars)).toEqual([
    [7, 6],
    [11, 14],
    [15, 22],
  ])
})

test('they have no width where the price stands still', () => {
  const lines = runDescriptor(KELTNER_CHANNELS, { length: 3, atrLength: 2 }, flatBars([10, 10, 10, 10]))
  for (const line of lines) expect(line.slice(2)).toEqual([10, 10])
})
