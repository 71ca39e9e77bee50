import { expect, test } from 'vitest'
import { jumpOf, OUTLIER } from './outliers.ts'

const at = Date.parse('2026-11-24T15:00:00Z')
/** A bar in whole dollars. */
const bar = (close: number, high = close, low = close) => ({
  at,
  open: close * 10_000,
  high: high * 10_000,
  low: low * 10_000,
  close: close * 10_000,
  volume: 1,
  vwap: null,
  tradeCount: null,
})

const isOutlier = (...bars: Parameters<typeof jumpOf>) => jumpOf(...bars) > OUTLIER

test('a price more than 20% off that returns a minute later is an outlier', () => {
  expect(isOutlier(bar(100), bar(100, 121), bar(100))).toBe(true)
  expect(isOutlier(bar(100), bar(100, 100, 79), bar(100))).toBe(true)
  expect(isOutlier(bar(100), bar(100, 120), bar(100))).toBe(false)
  expect(isOutlier(bar(100), bar(100, 100, 80), bar(100))).toBe(false)
  expect(isOutlier(bar(100), bar(100, 101, 99), bar(100))).toBe(false)
})

test('a split or a fall that stays is not an outlier', () => {
  expect(isOutlier(bar(100), bar(50), bar(50))).toBe(false)
  expect(isOutlier(bar(100), bar(100, 130), bar(115))).toBe(false)
  expect(isOutlier(bar(100), bar(100, 130), bar(114))).toBe(true)
})
