import * as z from 'zod'
import { expect, test } from 'vitest'
import { nyse, type TradingDay } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { alwaysOpen, exchangeSessionClock, slotIn } from './session-clock.ts'
import { storedTraffic } from './symbol-traffic.ts'
import { TrafficProfile, type TradedMinute } from './traffic-profile.ts'

const { slotAt } = exchangeSessionClock(nyse)

function dayOf(day: string): TradingDay {
  const found = nyse.tradingDay(day)
  if (found === undefined) throw new Error(`${day} is no trading day`)
  return found
}

const MONDAY = dayOf('2026-11-23')
const TUESDAY = dayOf('2026-11-24')
const HALF_DAY = dayOf('2026-11-27')
const TEN = TUESDAY.open + 30 * MINUTE_MS
const slotOfTen = slotIn(TUESDAY, TEN) ?? 0

/**
 * One bar with this many trades for each minute of the regular session, or for every `everyMinutes` minutes.
 */
function bars({ open, close }: TradingDay, tradeCount: number, everyMinutes = 1): readonly TradedMinute[] {
  const minutes = (close - open) / MINUTE_MS / everyMinutes
  return Array.from({ length: Math.floor(minutes) }, (_, index) => ({
    at: open + index * everyMinutes * MINUTE_MS,
    volume: tradeCount * 100,
    tradeCount,
  }))
}

const perMinute = (profile: TrafficProfile, at: number, symbol = 'AAPL') =>
  profile.expectedBetween(symbol, at, at + MINUTE_MS, slotAt)

test('nothing is expected of an unknown symbol', () => {
  const profile = new TrafficProfile()
  expect(perMinute(profile, TEN)).toBe(0)
  expect(profile.expectedBars('AAPL', TEN, TEN + MINUTE_MS, slotAt)).toBe(0)
  expect(profile.knows('AAPL')).toBe(false)
})

test('minute bars alone give a cautious expectation, in proportion to their trades', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  profile.learnSession('UGA', MONDAY, bars(MONDAY, 1, 6))
  expect(perMinute(profile, TEN)).toBeCloseTo(30, 0)
  expect(perMinute(profile, TEN, 'UGA')).toBeLessThan(0.1)
  expect(profile.knows('UGA')).toBe(true)
})

test('minutes without a bar count as minutes without a trade', () => {
  const full = new TrafficProfile()
  full.learnSession('AAPL', MONDAY, bars(MONDAY, 6))
  const holes = new TrafficProfile()
  holes.learnSession('AAPL', MONDAY, bars(MONDAY, 6, 2))
  expect(perMinute(holes, TEN)).toBeCloseTo(perMinute(full, TEN) / 2, 0)
  expect(full.expectedBars('AAPL', TEN, TEN + 5 * MINUTE_MS, slotAt)).toBeCloseTo(5, 0)
  const thin = new TrafficProfile()
  thin.learnSession('AAPL', MONDAY, bars(MONDAY, 1, 10))
  expect(thin.expectedBars('AAPL', TEN, TEN + 10 * MINUTE_MS, slotAt)).toBeLessThan(1.5)
})

test('if bars have no trade count, volume is used instead', () => {
  const profile = new TrafficProfile()
  profile.learnSession(
    'AAPL',
    MONDAY,
    bars(MONDAY, 60).map(({ at, volume }) => ({ at, volume })),
  )
  expect(perMinute(profile, TEN)).toBeCloseTo(30, 0)
})

test('the rest of today is not counted as quiet', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  const sofar = bars(TUESDAY, 60).filter(({ at }) => at < TEN)
  profile.learnSession('AAPL', TUESDAY, sofar, TEN)
  expect(perMinute(profile, TEN + 60 * MINUTE_MS)).toBeCloseTo(30, 0)
})

test('live ticks show how many bursts go with a trade', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  for (let minute = 0; minute < 30; minute++) profile.observe('AAPL', slotOfTen, 60, 54)
  // Ticks in 54 of 60 seconds: exp(-rate) = 0.1.
  expect(perMinute(profile, TEN)).toBeGreaterThan(100)
  expect(perMinute(profile, TEN)).toBeLessThan(150)
})

test('a quiet afternoon is recognized within minutes', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  for (let minute = 0; minute < 30; minute++) profile.observe('AAPL', slotOfTen, 60, 54)
  const busy = perMinute(profile, TEN)
  for (let minute = 0; minute < 20; minute++) profile.observe('AAPL', slotOfTen, 60, 6)
  expect(perMinute(profile, TEN)).toBeLessThan(busy / 4)
})

test('without bars, live ticks alone are learned, cautiously at first', () => {
  const profile = new TrafficProfile()
  profile.observe('AAPL', slotOfTen, 15, 15)
  const early = perMinute(profile, TEN)
  expect(profile.knows('AAPL')).toBe(false)
  for (let step = 0; step < 20; step++) profile.observe('AAPL', slotOfTen, 15, 15)
  expect(early).toBeGreaterThan(5)
  expect(perMinute(profile, TEN)).toBeGreaterThan(early * 2)
  expect(profile.knows('AAPL')).toBe(true)
})

test('traffic before the open makes the open look at most five times as busy', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 600))
  for (let minute = 0; minute < 30; minute++) profile.observe('AAPL', 100, 60, 6)
  const early = TUESDAY.preOpen + 100 * MINUTE_MS
  expect(perMinute(profile, TEN)).toBeCloseTo(perMinute(profile, early) * 5, 5)
})

test('only open minutes count, each for the part that is included', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  const night = TUESDAY.afterClose
  expect(profile.expectedBetween('AAPL', night, night + 8 * 60 * MINUTE_MS, slotAt)).toBe(0)
  const half = profile.expectedBetween('AAPL', TEN + 15_000, TEN + 45_000, slotAt)
  expect(half).toBeCloseTo(perMinute(profile, TEN) / 2, 5)
  const across = profile.expectedBetween('AAPL', TEN + 30_000, TEN + 90_000, slotAt)
  expect(across).toBeCloseTo(perMinute(profile, TEN), 0)
  expect(profile.expectedBetween('AAPL', TEN, TEN - 1, slotAt)).toBe(0)
})

test('a silence is not counted beyond one session day', () => {
  const profile = new TrafficProfile()
  profile.observe('AAPL', 0, 60, 30)
  const day = profile.expectedBetween('AAPL', TEN - 960 * MINUTE_MS, TEN, alwaysOpen.slotAt)
  expect(profile.expectedBetween('AAPL', TEN - 9_600 * MINUTE_MS, TEN, alwaysOpen.slotAt)).toBeCloseTo(day, 5)
})

test('after an early close at 13:00 no afternoon traffic is expected', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  expect(perMinute(profile, HALF_DAY.close - MINUTE_MS)).toBeGreaterThan(10)
  expect(perMinute(profile, HALF_DAY.close)).toBeLessThan(1)
})

test('in the demo market all minutes are alike', () => {
  const profile = new TrafficProfile()
  for (let step = 0; step < 8; step++) profile.observe('AAPL', 0, 15, 15)
  const now = Date.parse('2026-11-29T03:00:00Z')
  expect(profile.expectedBetween('AAPL', now, now + 10_000, alwaysOpen.slotAt)).toBeGreaterThan(10)
})

test('a session is learned once, and again only if it has continued', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60), MONDAY.open + 60 * MINUTE_MS)
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 600), MONDAY.open + 60 * MINUTE_MS)
  expect(
    profile.expectedBars('AAPL', MONDAY.open + 30 * MINUTE_MS, MONDAY.open + 31 * MINUTE_MS, slotAt),
  ).toBeCloseTo(1, 5)
  const once = JSON.stringify(profile)
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 600), MONDAY.open + 60 * MINUTE_MS)
  expect(JSON.stringify(profile)).toBe(once)
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  expect(JSON.stringify(profile)).not.toBe(once)
})

test('learned traffic survives storage', () => {
  const profile = new TrafficProfile()
  profile.learnSession('AAPL', MONDAY, bars(MONDAY, 60))
  profile.observe('AAPL', slotOfTen, 60, 54)
  profile.observe('NVDA', slotOfTen, 60, 30)
  const kept: unknown = JSON.parse(JSON.stringify(profile))
  const restored = new TrafficProfile()
  restored.restore(z.record(z.string(), storedTraffic).parse(kept))
  expect(perMinute(restored, TEN)).toBeCloseTo(perMinute(profile, TEN), 5)
  expect(perMinute(restored, TEN, 'NVDA')).toBeCloseTo(perMinute(profile, TEN, 'NVDA'), 5)
})
