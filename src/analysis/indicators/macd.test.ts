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
import { MACD } from './macd.ts'

interface Lengths {
  readonly fast: number
  readonly slow: number
  readonly signal: number
}

const macd = (lengths: Lengths, closes: readonly number[]) =>
  valuesOf(MACD.create({ ...lengths, source: 'close' }, nyse), barsOf(closes))

const lengths = fc
  .record({
    fast: fc.integer({ min: 1, max: 15 }),
    more: fc.integer({ min: 1, max: 15 }),
    signal: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ fast, more, signal }) => ({ fast, slow: fast + more, signal }))

type Ema = (values: readonly number[], length: number) => number[]

/** An EMA from the first value that is not NaN on, seeded with the mean of the first n. */
const emaFromMean: Ema = (values, length) => {
  const first = values.findIndex((value) => !Number.isNaN(value))
  let before = NaN
  return values.map((value, at) => {
    if (first < 0 || at < first + length - 1) return NaN
    if (at > first + length - 1) before += (2 / (length + 1)) * (value - before)
    else before = values.slice(first, at + 1).reduce((sum, one) => sum + one, 0) / length
    return before
  })
}

/** An EMA that begins with the first value that is not NaN. */
const emaFromFirst: Ema = (values, length) => {
  let before = NaN
  return values.map((value) => {
    before = Number.isNaN(before) ? value : before + (2 / (length + 1)) * (value - before)
    return before
  })
}

function naive(ema: Ema, { fast, slow, signal }: Lengths, closes: readonly number[]) {
  const slowly = ema(closes, slow)
  const line = ema(closes, fast).map((value, at) => (at < slow - 1 ? NaN : value - (slowly[at] ?? NaN)))
  const smoothed = ema(line, signal)
  return [line, smoothed, line.map((value, at) => value - (smoothed[at] ?? NaN))] as const
}

test('MACD, signal and histogram are what their formula says', () => {
  fc.assert(
    fc.property(pricedBars({ maxLength: 150 }), lengths, (bars, chosen) => {
      const closes = bars.map(({ close }) => close)
      const size = Math.max(...closes)
      const ours = macd(chosen, closes)
      naive(emaFromMean, chosen, closes).forEach((expected, output) => {
        expectValues(ours[output], expected, nearly(size, 1e-12))
      })
    }),
  )
})

test('MACD, signal and histogram are 0 while the price stands still', () => {
  const closes = Array.from({ length: 80 }, () => 0.1)
  for (const [at, warm] of [25, 33, 33].entries())
    expect(new Set(macd({ fast: 12, slow: 26, signal: 9 }, closes)[at]?.slice(warm))).toEqual(new Set([0]))
})

test('a MACD by hand', () => {
  // EMAs of 1 and 2 bars: 2 - 1.5, 4 - (1.5 + 2.5 × 2/3), 3 - (19/6 - 1/6 × 2/3); a signal over 2
  const [first, second, third] = [0.5, 4 - 19 / 6, 3 - (19 / 6 - 1 / 9)]
  const signal = (first + second) / 2
  const [line, smoothed, histogram] = macd({ fast: 1, slow: 2, signal: 2 }, [1, 2, 4, 3])
  expectValues(line, [NaN, first, second, third])
  expectValues(smoothed, [NaN, NaN, signal, signal + (2 / 3) * (third - signal)])
  expectValues(histogram, [NaN, NaN, second - signal, (third - signal) / 3])
})

test('a slow average that is not slower than the fast one is refused', () => {
  const chosen = { slow: 26, signal: 9 }
  expect(MACD.parameters.safeParse({ ...chosen, fast: 25 }).success).toBe(true)
  expect(MACD.parameters.safeParse({ ...chosen, fast: 26 }).error?.issues[0]?.path).toEqual(['slow'])
})

test.skipIf(whyNoData)('MACD has the published values where its EMAs are seeded with the SMA', () => {
  const { column } = readVector('sma14_ema14_macd12-26_rsi14_lean-djia-daily')
  const [line] = macd({ fast: 12, slow: 26, signal: 9 }, column('close'))
  expectValues(line, column('expected_macd_12_26'), nearly(20_000, 1e-6))
})

test.skipIf(whyNoData)('the MACD that begins with the first price is the published one', () => {
  const { column } = readVector('macd_2_5_9_tulip-untest')
  const [line, signal, histogram] = naive(emaFromFirst, { fast: 2, slow: 5, signal: 9 }, column('close'))
  expectValues(line, column('expected_macd'), toDigits(3))
  expectValues(signal, column('expected_macd_signal'), toDigits(3))
  expectValues(histogram, column('expected_macd_histogram'), toDigits(3))
})

test('MACD, signal and histogram meet those that begin with the first price', () => {
  fc.assert(
    fc.property(pricedBars({ minLength: 160, maxLength: 180 }), (bars) => {
      const closes = bars.map(({ close }) => close)
      const chosen = { fast: 2, slow: 5, signal: 9 }
      const ours = macd(chosen, closes)
      naive(emaFromFirst, chosen, closes).forEach((expected, output) => {
        const within = nearly(Math.max(...closes), 1e-12)
        expectValues(ours[output]?.slice(140), expected.slice(140), within)
        expect(() => {
          expectValues(ours[output]?.slice(13, 20), expected.slice(13, 20), within)
        }).toThrow()
      })
    }),
    { numRuns: 30 },
  )
})
