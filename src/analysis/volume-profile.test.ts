import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf, randomBars } from '../../tests/support/analysis/bars.ts'
import type { SeriesBar } from './series.ts'
import { volumeProfile } from './volume-profile.ts'

const bar = (low: number, high: number, volume: number): SeriesBar => ({
  minute: 0,
  open: low,
  high,
  low,
  close: high,
  volume,
  vwap: NaN,
})
const profileOf = (buckets: number, ...bars: readonly SeriesBar[]) => volumeProfile(columnsOf(bars), buckets)

/** How much of a bar's volume lies between two prices. */
function share({ low, high, volume }: SeriesBar, from: number, until: number, isHighest: boolean): number {
  if (low === high) return low >= from && (low < until || isHighest) ? volume : 0
  return (volume * Math.max(0, Math.min(high, until) - Math.max(low, from))) / (high - low)
}

test('each bucket has what the bars traded at its prices', () => {
  fc.assert(
    fc.property(randomBars({ minLength: 1 }), fc.integer({ min: 1, max: 60 }), (bars, buckets) => {
      const traded = bars.filter(({ volume }) => volume > 0)
      const profile = profileOf(buckets, ...bars)
      if (!profile) {
        expect(traded).toEqual([])
        return
      }
      const { low, height, volumes } = profile
      expect(low).toBe(Math.min(...traded.map((each) => each.low)))
      const total = traded.reduce((sum, { volume }) => sum + volume, 0)
      expect(volumes.reduce((sum, volume) => sum + volume, 0) / total).toBeCloseTo(1, 9)
      // Up to each edge between buckets; flat bars exactly on it may be on either side by rounding.
      let [below, onEdge, found] = [0, 0, 0]
      for (let bucket = 0; bucket < volumes.length - 1; bucket += 1) {
        const edge = low + (bucket + 1) * height
        below = traded.reduce((sum, each) => sum + share(each, -Infinity, edge, false), 0)
        onEdge = traded
          .filter((each) => each.low === each.high && Math.abs(each.low - edge) < 1e-9)
          .reduce((sum, { volume }) => sum + volume, 0)
        found += volumes[bucket] ?? NaN
        expect(Math.abs(found - below)).toBeLessThanOrEqual(onEdge + total * 1e-9)
      }
    }),
  )
})

test('the value area is around the point of control and has at least 70% of the volume', () => {
  fc.assert(
    fc.property(randomBars({ minLength: 1 }), fc.integer({ min: 1, max: 60 }), (bars, buckets) => {
      const profile = profileOf(buckets, ...bars)
      if (!profile) return
      const { volumes, pointOfControl, valueArea } = profile
      expect(volumes[pointOfControl]).toBe(Math.max(...volumes))
      expect(valueArea.from).toBeLessThanOrEqual(pointOfControl)
      expect(valueArea.until).toBeGreaterThan(pointOfControl)
      const sum = (of: Float64Array) => of.reduce((total, volume) => total + volume, 0)
      const covered = sum(volumes.slice(valueArea.from, valueArea.until))
      expect(covered).toBeGreaterThanOrEqual(0.7 * sum(volumes) * (1 - 1e-9))
    }),
  )
})

test('a bar spreads its volume evenly, a flat one has it at its price', () => {
  const profile = profileOf(4, bar(10, 14, 400), bar(11, 12, 50), bar(13.5, 13.5, 7), bar(14, 14, 1))
  expect(profile).toEqual({
    low: 10,
    height: 1,
    volumes: new Float64Array([100, 150, 100, 108]),
    pointOfControl: 1,
    valueArea: { from: 1, until: 4 }, // 150 of 458, then 208 above against 100 below
  })
})

test('the value area goes to the side with more volume, two buckets at a time', () => {
  const flat = (...volumes: readonly number[]) => volumes.map((volume, at) => bar(at, at + 1, volume))
  const area = (...volumes: readonly number[]) => profileOf(volumes.length, ...flat(...volumes))?.valueArea
  expect(area(1, 30, 31, 100, 20, 20, 1)).toEqual({ from: 1, until: 4 }) // 161 of 203
  expect(area(1, 20, 20, 100, 20, 20, 1)).toEqual({ from: 3, until: 6 }) // equal: above; 140 of 182
  expect(area(100, 30, 30, 30)).toEqual({ from: 0, until: 3 })
  expect(area(30, 30, 30, 100)).toEqual({ from: 1, until: 4 })
  expect(area(40, 100, 40, 40)).toEqual({ from: 1, until: 4 })
  expect(area(40, 40, 40, 40, 40)).toEqual({ from: 0, until: 5 }) // the middle, then two above, then two below
})

test('of equal buckets the one nearest to the middle has control', () => {
  const control = (...volumes: readonly number[]) =>
    profileOf(volumes.length, ...volumes.map((volume, at) => bar(at, at + 1, volume)))?.pointOfControl
  expect(control(5, 1, 5, 1)).toBe(2)
  expect(control(5, 1, 1, 5)).toBe(0)
})

test('at one price there is one bucket', () => {
  expect(profileOf(24, bar(0.0001, 0.0001, 5), bar(0.0001, 0.0001, 6))).toEqual({
    low: 0.0001,
    height: 0,
    volumes: new Float64Array([11]),
    pointOfControl: 0,
    valueArea: { from: 0, until: 1 },
  })
})

test('bars without volume do not widen the range, and alone are no profile', () => {
  expect(profileOf(2, bar(10, 12, 100), bar(1, 90, 0))).toMatchObject({ low: 10, height: 1 })
  expect(profileOf(2, bar(1, 90, 0))).toBeUndefined()
  expect(profileOf(2)).toBeUndefined()
})
