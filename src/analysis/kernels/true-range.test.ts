import { expect, test } from 'vitest'
import { barsAt, flatBars } from '../../../tests/support/analysis/bars.ts'
import { expectNear, readVector } from '../../../tests/support/analysis/vectors.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import type { Kernel } from '../kernel.ts'
import type { SeriesBar } from '../series.ts'
import { wilder } from './smoothing.ts'
import { AverageTrueRange, TrueRange } from './true-range.ts'

const valuesOf = <Value>(kernel: Kernel<Value>, values: readonly Value[]) =>
  values.map((value) => {
    const result = kernel.peek(value)
    kernel.take(value)
    return result
  })

const rangesOf = (bars: readonly SeriesBar[]) => valuesOf(new TrueRange(), bars)

test.skipIf(whyNoData)('the true range is that of the vector', () => {
  const { bars, column } = readVector('tr_tulip-untest')
  expectNear(rangesOf(bars), column('expected_tr'), 1e-9)
})

test.skipIf(whyNoData)('Wilder’s moving average is that of the vector', () => {
  const { column } = readVector('wilders_5_tulip-untest')
  expectNear(valuesOf(wilder(5), column('close')), column('expected_wilders'), 0.000_501)
})

test('a gap counts from the close before, up and down; a bar around the close is its own range', () => {
  const bars = barsAt([
    [10, 9, 9.5],
    [13, 12, 12.5],
    [11, 10, 10.5],
    [12, 8, 11],
  ])
  expect(rangesOf(bars)).toEqual([1, 3.5, 2.5, 4])
})

test('what stands still has no range', () => {
  expect(rangesOf(flatBars([10, 10, 11, 11]))).toEqual([0, 0, 1, 0])
  expect(valuesOf(new AverageTrueRange(2), flatBars([10, 10, 10]))).toEqual([NaN, 0, 0])
})
