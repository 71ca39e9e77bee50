import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RollingCounter } from './rolling-counter.ts'

test('the last second is the last complete one', () => {
  const counter = new RollingCounter(10_000)
  counter.add(10_100)
  counter.add(10_900, 4)
  expect(counter.lastSecond(10_950)).toBe(0)
  expect(counter.lastSecond(11_000)).toBe(5)
  expect(counter.lastSecond(12_000)).toBe(0)
})

test('counts of the last 60 whole seconds match a count by hand', () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 200 })
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 0, max: 100_000 }), (times, waitMs) => {
      const sorted = [...times].sort((one, other) => one - other)
      const counter = new RollingCounter(0)
      for (const at of sorted) counter.add(at)
      const now = (sorted.at(-1) ?? 0) + waitMs
      const second = Math.floor(now / 1_000)
      const within = sorted.filter((at) => at >= (second - 60) * 1_000 && at < second * 1_000)
      expect(counter.lastMinute(now)).toBe(within.length)
      expect(counter.perSecond(now)).toBeCloseTo(within.length / Math.max(1, Math.min(60, second)))
    }),
  )
})

test('in the first minute the rate is over the seconds so far', () => {
  const counter = new RollingCounter(0)
  for (let second = 0; second < 10; second++) counter.add(second * 1_000, 7)
  expect(counter.perSecond(10_000)).toBe(7)
})

test('setting the clock back neither loses nor repeats a count', () => {
  const counter = new RollingCounter(100_000)
  counter.add(100_500)
  counter.add(90_000)
  expect(counter.lastSecond(101_000)).toBe(2)
})

test('a clock that jumps by centuries empties the minute immediately', () => {
  const counter = new RollingCounter(0)
  counter.add(0)
  expect(counter.lastMinute(1e15)).toBe(0)
})
