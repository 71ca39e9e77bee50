import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, flatBars, longWalk, walkingBars } from '../../../tests/support/analysis/bars.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import { expectNear } from '../../../tests/support/analysis/vectors.ts'
import type { SeriesBar } from '../series.ts'
import { PARABOLIC_SAR } from './parabolic-sar.ts'

interface Range {
  readonly ahead: number
  readonly behind: number
}

/** Every trend as a rising one: a falling one is a rising one of the negated prices. */
function reference(bars: readonly SeriesBar[], step: number, maximum: number): readonly number[] {
  const ranges = (side: number): readonly Range[] =>
    bars.map(({ high, low }) => (side > 0 ? { ahead: high, behind: low } : { ahead: -low, behind: -high }))
  const [first, second] = bars
  if (!first || !second) return bars.map(() => NaN)
  const values = [NaN]
  let side = first.low - second.low > Math.max(0, second.high - first.high) ? -1 : 1
  let stop = ranges(side)[0]?.behind ?? NaN
  let [extreme, steps] = [ranges(side)[1]?.ahead ?? NaN, 1]
  for (let at = 1; at < bars.length; at += 1) {
    const [before, now] = [ranges(side)[at - 1], ranges(side)[at]]
    if (!before || !now) break
    if (now.behind <= stop) {
      const top = Math.max(extreme, before.ahead, now.ahead)
      side = -side
      ;[stop, extreme, steps] = [-top, -now.behind, 1]
    } else if (now.ahead > extreme) [extreme, steps] = [now.ahead, steps + 1]
    values.push(side * stop)
    const lows = ranges(side).slice(at - 1, at + 1)
    const next = stop + Math.min(step * steps, maximum) * (extreme - stop)
    stop = Math.min(next, ...lows.map(({ behind }) => behind))
  }
  return values
}

function expectFormula(bars: readonly SeriesBar[], step: number, maximum: number): void {
  const [sar] = runDescriptor(PARABOLIC_SAR, { step, maximum }, bars)
  expectNear(sar ?? [], reference(bars, step, maximum), 1e-9)
}

test('it is that of the formula', () => {
  fc.assert(
    fc.property(
      walkingBars(),
      fc.constantFrom(0.01, 0.02, 0.1, 0.3),
      fc.constantFrom(0.1, 0.2),
      expectFormula,
    ),
  )
  expectFormula(longWalk(600), 0.02, 0.2)
})

test('it is never inside its bar', () => {
  const bars = longWalk(5_000)
  const [sar = []] = runDescriptor(PARABOLIC_SAR, {}, bars)
  const inside = bars.filter(({ high, low }, at) => (sar[at] ?? NaN) > low && (sar[at] ?? NaN) < high)
  expect(inside).toEqual([])
})

test('it follows a rise slowly, and turns to the highest price once it is reached', () => {
  const bars = barsAt([
    [10, 9, 10],
    [11, 10, 11],
    [12, 11, 12],
    [12, 9, 9],
    [11, 8, 8],
    [10, 8, 8],
    [9, 8, 8],
  ])
  const [sar] = runDescriptor(PARABOLIC_SAR, {}, bars)
  expectNear(sar ?? [], [NaN, 9, 9, 12, 12, 12, 11.84], 1e-12)
})

test('it is never beyond the lows of the two bars before, and a touch turns it', () => {
  const bars = barsAt([
    [10, 9, 10],
    [11, 10, 11],
    [11, 9, 9],
    [10, 9, 9],
  ])
  expect(runDescriptor(PARABOLIC_SAR, {}, bars)).toEqual([[NaN, 9, 11, 11]])
})

test('it begins falling if the second bar fell further than it rose', () => {
  const bars = barsAt([
    [10, 9, 10],
    [10.5, 7, 7],
    [9, 6, 6],
  ])
  expect(runDescriptor(PARABOLIC_SAR, {}, bars)[0]?.slice(0, 2)).toEqual([NaN, 7])
  const lower = barsAt([
    [10, 9, 10],
    [9, 7, 7],
    [8, 6, 6],
  ])
  expect(runDescriptor(PARABOLIC_SAR, {}, lower)).toEqual([[NaN, 10, 10]])
})

test('where the price stands still it is the price', () => {
  expect(runDescriptor(PARABOLIC_SAR, {}, flatBars([10, 10, 10, 10]))).toEqual([[NaN, 10, 10, 10]])
})

test('a step above the maximum is the maximum', () => {
  const bars = longWalk(100)
  expect(runDescriptor(PARABOLIC_SAR, { step: 0.5, maximum: 0.1 }, bars)).toEqual(
    runDescriptor(PARABOLIC_SAR, { step: 0.1, maximum: 0.1 }, bars),
  )
})
