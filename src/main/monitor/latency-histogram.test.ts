import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LatencyHistogram } from './latency-histogram.ts'

test('quantiles are accurate to an eighth', () => {
  const latencies = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(latencies, (elapsed) => {
      const histogram = new LatencyHistogram()
      for (const each of elapsed) histogram.add(1_000, each)
      const sorted = [...elapsed].sort((one, other) => one - other)
      const found = histogram.quantiles(1_000, [0.5, 0.99]) ?? []
      ;[0.5, 0.99].forEach((share, index) => {
        const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0
        expect(found[index]).toBeLessThanOrEqual(exact)
        expect(found[index]).toBeGreaterThanOrEqual(Math.floor(exact * 0.875))
      })
    }),
  )
})

test('values older than a minute are forgotten, values younger than 50 s are not', () => {
  const histogram = new LatencyHistogram()
  histogram.add(0, 4_000)
  histogram.add(50_000, 5)
  expect(histogram.quantiles(50_000, [1])?.[0]).toBeGreaterThan(3_000)
  expect(histogram.quantiles(60_000, [1])).toEqual([5])
  expect(histogram.quantiles(200_000, [1])).toBeUndefined()
})

test('negative and infinite latencies count as the nearest valid value', () => {
  const histogram = new LatencyHistogram()
  histogram.add(1_000, -50)
  histogram.add(1_000, 1e12)
  expect(histogram.quantiles(1_000, [0.5])).toEqual([0])
  expect(histogram.quantiles(1_000, [1])).toEqual([2 ** 26])
})

test('nothing is lost when the clock is set back', () => {
  const histogram = new LatencyHistogram()
  histogram.add(100_000, 5)
  histogram.add(50_000, 7)
  expect(histogram.quantiles(100_000, [0.5, 1])).toEqual([5, 7])
})
