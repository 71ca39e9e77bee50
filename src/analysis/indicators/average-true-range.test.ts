import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsAt, flatBars, longWalk, randomBars } from '../../../tests/support/analysis/bars.ts'
import { averageTrueRange } from '../../../tests/support/analysis/references.ts'
import { runDescriptor } from '../../../tests/support/analysis/run-descriptor.ts'
import { expectNear, readVector } from '../../../tests/support/analysis/vectors.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import { ATR } from './average-true-range.ts'

test.skipIf(whyNoData).each([
  { file: 'atr_5_tulip-untest', expected: 'expected_atr', length: 5 },
  { file: 'tr_tulip-untest', expected: 'expected_tr', length: 1 },
])('it is that of $file', ({ file, expected, length }) => {
  const { bars, column } = readVector(file)
  expectNear(runDescriptor(ATR, { length }, bars)[0] ?? [], column(expected), 0.000_501)
})

test('it is that of the formula', () => {
  fc.assert(
    fc.property(randomBars(), fc.integer({ min: 1, max: 12 }), (bars, length) => {
      expectNear(runDescriptor(ATR, { length }, bars)[0] ?? [], averageTrueRange(bars, length), 1e-9)
    }),
  )
  const bars = longWalk(5_000)
  expectNear(runDescriptor(ATR, { length: 14 }, bars)[0] ?? [], averageTrueRange(bars, 14), 1e-9)
})

test('the first bar counts with high - low', () => {
  const bars = barsAt([
    [12, 10, 11],
    [15, 13, 14],
    [14, 14, 14],
  ])
  expect(runDescriptor(ATR, { length: 2 }, bars)).toEqual([[NaN, 3, 1.5]])
})

test('what stands still has a range of 0, at any price', () => {
  for (const price of [0.0001, 700_000])
    expect(runDescriptor(ATR, { length: 2 }, flatBars([price, price, price]))).toEqual([[NaN, 0, 0]])
})
