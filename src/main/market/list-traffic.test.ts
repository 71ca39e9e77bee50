import { beforeEach, expect, test } from 'vitest'
import { quote, status, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { BarCache } from './cache.ts'
import { ListTraffic } from './list-traffic.ts'
import { alwaysOpen } from './session-clock.ts'
import { TrafficProfile } from './traffic-profile.ts'

let cache: BarCache
let profile: TrafficProfile
let traffic: ListTraffic

beforeEach(() => {
  cache = new BarCache()
  cache.watch(['AAPL', 'TSLA'])
  profile = new TrafficProfile()
  traffic = new ListTraffic({ cache, profile, sessionClock: () => alwaysOpen })
})

const halt = (symbol: string) =>
  cache.updateStatus({ message: status({ symbol }), source: 'iex', receivedAt: TEN_O_CLOCK })

test('the list was last heard from when any of its symbols was', () => {
  expect(traffic.lastHeardAt()).toBeUndefined()
  cache.updateQuote({ message: quote(), source: 'iex', receivedAt: TEN_O_CLOCK })
  cache.updateQuote({ message: quote({ symbol: 'TSLA' }), source: 'iex', receivedAt: TEN_O_CLOCK - 5 })
  expect(traffic.lastHeardAt()).toBe(TEN_O_CLOCK)
})

test('expected traffic is the sum over the symbols, not counting halted ones', () => {
  for (const symbol of ['AAPL', 'TSLA'])
    for (let step = 0; step < 10; step++) profile.observe(symbol, 0, 15, 10)
  const both = traffic.expectedBursts(TEN_O_CLOCK, TEN_O_CLOCK + 10_000)
  expect(both).toBeGreaterThan(5)
  halt('TSLA')
  expect(traffic.expectedBursts(TEN_O_CLOCK, TEN_O_CLOCK + 10_000)).toBeCloseTo(both / 2)
  expect(traffic.halts()).toEqual([
    { symbol: 'TSLA', halt: expect.objectContaining({ code: 'T1' }) as object },
  ])
  halt('AAPL')
  expect(traffic.due(TEN_O_CLOCK, TEN_O_CLOCK + 10_000)).toEqual({ quotes: 0, bars: 0 })
})

test('expected traffic is unknown while one symbol’s traffic is unknown', () => {
  for (let step = 0; step < 10; step++) profile.observe('AAPL', 0, 15, 10)
  expect(traffic.due(TEN_O_CLOCK, TEN_O_CLOCK + 10_000)).toBeUndefined()
  for (let step = 0; step < 10; step++) profile.observe('TSLA', 0, 15, 10)
  expect(traffic.due(TEN_O_CLOCK, TEN_O_CLOCK + 10_000)?.quotes).toBeGreaterThan(5)
})
