import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, flatBars, longWalk, walkingBars } from '../../../tests/support/analysis/bars.ts'
import { trueRanges } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import { expectNear, readVector } from '../../../tests/support/analysis/vectors.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import type { SeriesBar } from '../series.ts'
import { ADX } from './directional-movement.ts'

test.skipIf(whyNoData).each([
  { file: 'adx_5_tulip-untest', length: 5, tolerance: 0.000_501 },
  { file: 'adx_14_tulip-extra', length: 14, tolerance: 0.000_051 },
])('the ADX is that of $file', ({ file, length, tolerance }) => {
  const { bars, column } = readVector(file) // without closes, which the ADX does not need
  expectNear(runDescriptor(ADX, { length }, bars)[2] ?? [], column('expected_adx'), tolerance)
})

/** Wilder's sums as in his book: S = S₋₁ − S₋₁ / n + x, from the sum of the first n − 1 moves. */
function wilderSums(moves: readonly number[], length: number): readonly number[] {
  let sum = 0
  return moves.map((move, at) => {
    sum = at < length ? sum + move : sum - sum / length + move
    return at < length - 1 ? NaN : sum
  })
}

/** In whole cents, whose differences are exact. */
function reference(bars: readonly SeriesBar[], length: number): readonly (readonly number[])[] {
  const cents = bars.map((bar) => ({
    ...bar,
    high: Math.round(bar.high * 100),
    low: Math.round(bar.low * 100),
    close: Math.round(bar.close * 100),
  }))
  const moves = cents.map(({ high, low }, at) => {
    const before = cents[at - 1]
    const [up, down] = before ? [high - before.high, before.low - low] : [0, 0]
    return { plus: up > down && up > 0 ? up : 0, minus: down > up && down > 0 ? down : 0 }
  })
  const ranges = wilderSums([0, ...trueRanges(cents).slice(1)].slice(0, bars.length), length)
  const indicator = (side: 'plus' | 'minus') =>
    wilderSums(
      moves.map((move) => move[side]),
      length,
    ).map((sum, at) => (ranges[at] === 0 ? 0 : (100 * sum) / (ranges[at] ?? NaN)))
  const [plus, minus] = [indicator('plus'), indicator('minus')]
  const index = plus.map((up, at) => {
    const down = minus[at] ?? NaN
    return up + down === 0 ? 0 : (100 * Math.abs(up - down)) / (up + down)
  })
  const first = 2 * length - 2
  let mean = NaN
  const adx = index.map((value, at) => {
    if (at < first) return NaN
    if (at > first) mean = (mean * (length - 1) + value) / length
    else mean = index.slice(length - 1, first + 1).reduce((total, one) => total + one, 0) / length
    return mean
  })
  return [plus, minus, adx]
}

function expectFormula(bars: readonly SeriesBar[], length: number): void {
  const lines = runDescriptor(ADX, { length }, bars)
  reference(bars, length).forEach((line, at) =>
    expectNear(lines[at] ?? [], line, 1e-8, ADX.outputs[at]?.name),
  )
}

test('the three lines are those of the formula', () => {
  fc.assert(fc.property(walkingBars(), fc.integer({ min: 2, max: 12 }), expectFormula))
  expectFormula(longWalk(5_000), 14)
})

test('a steady rise is all +DI, a steady fall all −DI', () => {
  const rise = barsAt([1, 2, 3, 4].map((high) => [high, high - 1, high]))
  const fall = barsAt([4, 3, 2, 1].map((high) => [high, high - 1, high - 1]))
  expect(runDescriptor(ADX, { length: 2 }, rise)).toEqual([
    [NaN, 100, 100, 100],
    [NaN, 0, 0, 0],
    [NaN, NaN, 100, 100],
  ])
  expect(runDescriptor(ADX, { length: 2 }, fall)).toEqual([
    [NaN, 0, 0, 0],
    [NaN, 100, 100, 100],
    [NaN, NaN, 100, 100],
  ])
})

test('where nothing moves, or as far up as down, all three are 0', () => {
  const standing = runDescriptor(ADX, { length: 2 }, flatBars([10, 10, 10, 10]))
  const widening = runDescriptor(
    ADX,
    { length: 2 },
    barsAt([
      [1.1, 1, 1],
      [1.13, 0.97, 1],
      [1.17, 0.93, 1],
      [1.18, 0.92, 1],
    ]),
  )
  for (const lines of [standing, widening])
    expect(lines).toEqual([
      [NaN, 0, 0, 0],
      [NaN, 0, 0, 0],
      [NaN, NaN, 0, 0],
    ])
})

test('a price that stands still keeps its directions, until nothing is left of them', () => {
  const lines = runDescriptor(
    ADX,
    { length: 2 },
    barsAt([
      [11, 10, 10],
      [12, 10, 12],
      [12, 9, 9],
      ...Array.from({ length: 3_000 }, () => [9, 9, 9] as const),
    ]),
  )
  expect(lines.map((line) => line[900])).toEqual(lines.map((line) => line[100]))
  expect(lines[0]?.[900]).toBeGreaterThan(0)
  expect(lines.slice(0, 2).map((line) => line.at(-1))).toEqual([0, 0])
  expect(lines[2]?.at(-1)).toBeCloseTo(0, 100)
})
