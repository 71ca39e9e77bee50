import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import {
  barsOf,
  expectSameFromAnyStart,
  expectValues,
  nearly,
  pricedBars,
  valuesOf,
} from '../../../tests/support/analysis/checks.ts'
import type { SeriesBar } from '../series.ts'
import { MFI } from './money-flow-index.ts'

const create = (length: number) => MFI.create({ length }, nyse)

/** Three times the typical price, exact: in units of $0.00000001. */
const typicalUnits = ({ high, low, close }: SeriesBar) =>
  [high, low, close].reduce((sum, price) => sum + Math.round(price * 1e8), 0)

function naive(length: number, bars: readonly SeriesBar[]): number[] {
  const flows = bars.map((bar, at) => {
    const before = bars[at - 1]
    return before ? Math.sign(typicalUnits(bar) - typicalUnits(before)) * typicalUnits(bar) * bar.volume : NaN
  })
  return flows.map((_, at) => {
    if (at < length) return NaN
    const window = flows.slice(at - length + 1, at + 1)
    const up = window.reduce((sum, flow) => sum + Math.max(flow, 0), 0)
    const down = window.reduce((sum, flow) => sum + Math.max(-flow, 0), 0)
    if (down === 0) return up === 0 ? 50 : 100
    return 100 - 100 / (1 + up / down)
  })
}

test('MFI is what its formula says', () => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 150 }), fc.integer({ min: 2, max: 40 }), (bars, length) => {
      expectValues(valuesOf(create(length), bars)[0], naive(length, bars), nearly(100))
    }),
  )
})

test('MFI is what its formula says where typical prices are often equal but for rounding', () => {
  const tick = fc.integer({ min: 0, max: 2 }).map((ticks) => (3_334 + ticks) / 100)
  const bar = fc.tuple(tick, tick, tick, fc.integer({ min: 0, max: 3 }))
  fc.assert(
    fc.property(fc.array(bar, { maxLength: 60 }), fc.integer({ min: 2, max: 8 }), (rows, length) => {
      const bars = barsOf(
        rows.map(
          ([one, two, three]) => one + two + three - Math.max(one, two, three) - Math.min(one, two, three),
        ),
        rows.map(([one, two, three]) => Math.max(one, two, three)),
        rows.map(([one, two, three]) => Math.min(one, two, three)),
        rows.map((row) => row[3]),
      ).map((row) => ({ ...row, close: Number(row.close.toFixed(2)) }))
      expectValues(valuesOf(create(length), bars)[0], naive(length, bars), nearly(100))
    }),
    { numRuns: 300 },
  )
})

test('MFI is the same wherever the series begins', () => {
  expectSameFromAnyStart(() => create(40), 41)
})

test('MFI is 100 after nothing but rises, 0 after nothing but falls, and 50 where no money flowed', () => {
  const closes = [5, 6, 7, 6, 5, 5, 5, 6, 7]
  const volumes = [1, 1, 2, 3, 1, 9, 9, 0, 0]
  expect(valuesOf(create(2), barsOf(closes, closes, closes, volumes))[0]).toEqual([
    NaN,
    NaN,
    100,
    expect.closeTo(100 * (14 / (14 + 18)), 12),
    0,
    0,
    50,
    50,
    50,
  ])
})

test('a flow that has left the window leaves nothing behind', () => {
  const closes = [1, 700_000, 699_999.9, 0.3, 0.2, 0.1, 0.0003, 0.0003, 0.0003, 0.0003]
  const volumes = [1e9, 5e9 / 3, 1e9, 1e-9, 1e-9, 0.1, 0.1, 0.1, 0.1, 0.1]
  const values = valuesOf(create(3), barsOf(closes, closes, closes, volumes))[0]
  expect(values?.slice(4)).toEqual([0, 0, 0, 0, 0, 50])
})
