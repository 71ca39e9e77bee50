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
import { seededRandom } from '../../../tests/support/seeded-random.ts'
import type { SeriesBar } from '../series.ts'
import { CCI } from './commodity-channel-index.ts'

const create = (length: number) => CCI.create({ length }, nyse)

/** Three times the typical price, exact: in units of $0.00000001. */
const typicalUnits = ({ high, low, close }: SeriesBar) =>
  [high, low, close].reduce((sum, price) => sum + Math.round(price * 1e8), 0)

function naive(length: number, bars: readonly SeriesBar[]): number[] {
  const typical = bars.map(typicalUnits)
  return typical.map((newest, at) => {
    if (at < length - 1) return NaN
    const window = typical.slice(at - length + 1, at + 1)
    const mean = window.reduce((sum, price) => sum + price / length, 0)
    const deviation = window.reduce((sum, price) => sum + Math.abs(price - mean), 0) / length
    return window.every((price) => price === newest) ? 0 : (newest - mean) / (0.015 * deviation)
  })
}

test('CCI is what its formula says', () => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 150 }), fc.integer({ min: 2, max: 40 }), (bars, length) => {
      expectValues(valuesOf(create(length), bars)[0], naive(length, bars), nearly(100))
    }),
  )
})

test.each([
  { prices: fc.oneof({ weight: 4, arbitrary: fc.constant(10) }, fc.constantFrom(9.99, 10.01)) },
  { prices: fc.integer({ min: 1, max: 4 }) },
])('CCI is what its formula says where prices are often equal, or their mean', ({ prices }) => {
  fc.assert(
    fc.property(fc.array(prices, { maxLength: 80 }), fc.integer({ min: 2, max: 30 }), (closes, length) => {
      const bars = barsOf(closes)
      expectValues(valuesOf(create(length), bars)[0], naive(length, bars), nearly(100, 1e-8))
    }),
    { numRuns: 300 },
  )
})

test('CCI is what its formula says over a long window, in trends and in jumps', () => {
  const random = seededRandom(11)
  let cents = 10_000
  const closes = Array.from({ length: 3_000 }, (_, at) => {
    cents += Math.round((random() - 0.5) * 20) + (at % 1_000 < 500 ? 3 : -3)
    return (at % 97 === 0 ? cents * 3 : cents) / 100
  })
  const bars = barsOf(closes)
  expectValues(valuesOf(create(1_000), bars)[0], naive(1_000, bars), nearly(100))
})

test('CCI is the same wherever the series begins', () => {
  expectSameFromAnyStart(() => create(40), 40)
})

test('CCI is 0 while the typical price stands still, though the bars do not, and at any price', () => {
  const closes = Array.from({ length: 9 }, () => 33.35)
  const around = (distance: number) => closes.map((_, at) => Number((33.35 + (at % 3) * distance).toFixed(2)))
  expect(valuesOf(create(4), barsOf(closes, around(0.01), around(-0.01)))[0]?.slice(3)).toEqual([
    0, 0, 0, 0, 0, 0,
  ])
  for (const price of [0.0001, 0.1, 699_999.99])
    expect(valuesOf(create(7), barsOf(closes.map(() => price)))[0]?.slice(6)).toEqual([0, 0, 0])
})

test('a CCI by hand', () => {
  // Means 3 and 10/3, mean deviations 4/3 and 16/9
  const typical = [1, 3, 5, 2]
  expectValues(valuesOf(create(3), barsOf(typical))[0], [
    NaN,
    NaN,
    2 / (0.015 * (4 / 3)),
    (2 - 10 / 3) / (0.015 * (10 / 9)),
  ])
})

test.each([699_999.99, 123_456.78])('one cent in a thousand bars shows at a price of $%f', (price) => {
  // Of n values one is away from the others: n / 2 mean deviations from the mean, and they n / (n - 1) / 2 on the other side
  for (const newest of [price - 0.01, price + 0.01]) {
    const closes = [...Array.from({ length: 999 }, () => price), Number(newest.toFixed(2)), price]
    const side = Math.sign(newest - price)
    const expected = [(side * 500) / 0.015, (-side * (500 / 999)) / 0.015]
    expectValues(valuesOf(create(1_000), barsOf(closes))[0]?.slice(-2), expected, nearly(0, 1e-7))
  }
})

test('a price that has left the window leaves nothing behind', () => {
  const closes = [700_000, 0.0001, 0.0003, 0.0002, 0.0002, 0.0002]
  // Deviations of 0.0003, 0.0002, 0.0002: their mean is 4/9 of 0.0001
  expectValues(
    valuesOf(create(3), barsOf(closes))[0]?.slice(3),
    [0, -1 / 3 / (4 / 9) / 0.015, 0],
    nearly(100),
  )
})
