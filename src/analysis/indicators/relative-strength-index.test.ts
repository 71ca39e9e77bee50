import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import {
  barsOf,
  expectValues,
  nearly,
  pricedBars,
  toDigits,
  valuesOf,
} from '../../../tests/support/analysis/checks.ts'
import { readVector } from '../../../tests/support/analysis/vectors.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import { RSI } from './relative-strength-index.ts'

const rsi = (length: number, closes: readonly number[]) =>
  valuesOf(RSI.create({ length, source: 'close' }, nyse), barsOf(closes))[0]

/** Wilder's worksheet: averages of the first n changes, then (average (n - 1) + change) / n; RSI = 100 - 100 / (1 + RS). */
function naive(length: number, closes: readonly number[]): number[] {
  let [gain, loss] = [0, 0]
  return closes.map((close, at) => {
    if (at === 0) return NaN
    const change = close - (closes[at - 1] ?? NaN)
    const [up, down] = [change > 0 ? change : 0, change < 0 ? -change : 0]
    if (at <= length) {
      gain += up / length
      loss += down / length
    } else {
      gain = (gain * (length - 1) + up) / length
      loss = (loss * (length - 1) + down) / length
    }
    if (at < length) return NaN
    if (loss === 0) return gain === 0 ? 50 : 100
    return 100 - 100 / (1 + gain / loss)
  })
}

test('RSI is what its formula says', () => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (bars, length) => {
      const closes = bars.map(({ close }) => close)
      expectValues(rsi(length, closes), naive(length, closes), nearly(100))
    }),
  )
})

test('RSI is 50 while the price has never changed, 100 after nothing but gains and 0 after nothing but losses', () => {
  expect(rsi(2, [5, 5, 5, 5, 6])).toEqual([NaN, NaN, 50, 50, 100])
  expect(rsi(2, [5, 6, 7, 7])).toEqual([NaN, NaN, 100, 100])
  expect(rsi(2, [0.0003, 0.0002, 0.0001, 0.0001])).toEqual([NaN, NaN, 0, 0])
})

test('an RSI by hand', () => {
  // Changes +2, -1, +3: averages 1 and 0.5, then 2 and 0.25
  expectValues(rsi(2, [10, 12, 11, 14]), [NaN, NaN, 100 * (1 / 1.5), 100 * (2 / 2.25)])
})

test.skipIf(whyNoData)('RSI has the published values', () => {
  const short = readVector('rsi_5_tulip-untest').column
  expectValues(rsi(5, short('close')), short('expected_rsi'), toDigits(3))
  const long = readVector('sma14_ema14_macd12-26_rsi14_lean-djia-daily').column
  expectValues(rsi(14, long('close')), long('expected_rsi14_wilder'), nearly(100, 1e-6))
})
