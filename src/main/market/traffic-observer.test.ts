import { beforeEach, expect, test } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { quote, status, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { BarCache } from './cache.ts'
import { alwaysOpen } from './session-clock.ts'
import { observeTraffic } from './traffic-observer.ts'
import { TrafficProfile } from './traffic-profile.ts'

let clock: ManualClock
let cache: BarCache
let profile: TrafficProfile
let trustedSince: number | undefined
let isStale: boolean
let stop: () => void

beforeEach(() => {
  clock = new ManualClock(TEN_O_CLOCK)
  cache = new BarCache()
  cache.watch(['AAPL'])
  profile = new TrafficProfile()
  trustedSince = TEN_O_CLOCK
  isStale = false
  stop = observeTraffic({
    cache,
    profile,
    sessionClock: () => alwaysOpen,
    trustedSince: () => trustedSince,
    isStale: () => isStale,
    clock,
  })
})

/** Expected bursts per second. */
const rateOf = (symbol: string) => profile.expectedBetween(symbol, TEN_O_CLOCK, TEN_O_CLOCK + 1_000, () => 0)

/** Sends one quote per second for this many seconds. */
function tick(seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    clock.turnAtOnce(1_000)
    const receivedAt = clock.now()
    cache.updateQuote({ message: quote({ at: receivedAt }), source: 'iex', receivedAt })
  }
}

test('a dozen seconds of ticks are enough to expect ticks', () => {
  tick(12)
  expect(rateOf('AAPL')).toBeGreaterThan(0.05)
})

test('nothing is learned while the stream cannot be trusted', () => {
  trustedSince = undefined
  tick(31)
  expect(rateOf('AAPL')).toBe(0)
})

test('an interval in which the connection came back is skipped', () => {
  trustedSince = TEN_O_CLOCK + 6_000
  tick(12)
  expect(rateOf('AAPL')).toBe(0)
  tick(5)
  expect(rateOf('AAPL')).toBeGreaterThan(0)
})

test('an interval that began when the connection came back is learned', () => {
  trustedSince = TEN_O_CLOCK + 5_000
  tick(11)
  expect(rateOf('AAPL')).toBeGreaterThan(0)
})

test('sleep and halts are not learned as quiet', () => {
  tick(120)
  const rate = rateOf('AAPL')
  clock.jump(3_600_000)
  clock.turnAtOnce(0)
  expect(rateOf('AAPL')).toBe(rate)
  cache.updateStatus({ message: status(), source: 'iex', receivedAt: clock.now() })
  clock.turnAtOnce(60_000)
  expect(rateOf('AAPL')).toBe(rate)
})

test('a silence is learned once it has ended, and in parts if it lasts long', () => {
  tick(120)
  clock.turnAtOnce(5_000)
  const rate = rateOf('AAPL')
  clock.turnAtOnce(300_000)
  expect(rateOf('AAPL')).toBe(rate)
  tick(6)
  const after = rateOf('AAPL')
  expect(after).toBeLessThan(rate / 2)
  clock.turnAtOnce(605_000)
  expect(rateOf('AAPL')).toBeLessThan(after)
})

test('a silence judged to be a fault is not learned as quiet, even after it has ended', () => {
  tick(120)
  clock.turnAtOnce(5_000)
  const rate = rateOf('AAPL')
  isStale = true
  clock.turnAtOnce(1_200_000)
  tick(6)
  expect(rateOf('AAPL')).toBeGreaterThanOrEqual(rate * 0.9)
})

test('a suspected silence that turns out to be normal is learned', () => {
  tick(120)
  clock.turnAtOnce(5_000)
  const rate = rateOf('AAPL')
  isStale = true
  clock.turnAtOnce(100_000)
  isStale = false
  clock.turnAtOnce(5_000)
  tick(6)
  expect(rateOf('AAPL')).toBeLessThan(rate * 0.8)
})

test('a symbol added later is learned from its first whole interval on', () => {
  cache.watch(['AAPL', 'NVDA'])
  tick(45)
  expect(rateOf('NVDA')).toBe(0)
  expect(rateOf('AAPL')).toBeGreaterThan(0)
})

test('nothing is learned after it is stopped', () => {
  stop()
  tick(60)
  expect(rateOf('AAPL')).toBe(0)
})

const wide = { bid: 98, ask: 100 }

/** The quote of that spread stands for this many seconds. */
function stand(seconds: number, sides: { readonly bid: number; readonly ask: number }): void {
  const receivedAt = clock.now()
  cache.updateQuote({ message: quote({ at: receivedAt, ...sides }), source: 'iex', receivedAt })
  clock.turnAtOnce(seconds * 1_000)
}

test('a spread that stands for long becomes usual, by its time and not by the number of quotes', () => {
  stand(600, wide)
  expect(cache.get('AAPL')?.widestSpread).toBeGreaterThan(0.02)
})

test('no spread is learned while the stream cannot be trusted', () => {
  trustedSince = undefined
  stand(600, wide)
  expect(cache.get('AAPL')?.widestSpread).toBe(0.01)
})
