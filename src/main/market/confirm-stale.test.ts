import { beforeEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { quote, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { AlpacaError, type AlpacaClient } from '#alpaca'
import { silentLog } from '#process/log'
import { createBus } from './bus.ts'
import { BarCache } from './cache.ts'
import { confirmStale } from './confirm-stale.ts'
import type { MarketEvents } from './market-events.ts'

let clock: ManualClock
let cache: BarCache
let stale: Set<string>
let lastHeardAt: (() => number | undefined) | undefined
let getLatestQuotes: ReturnType<typeof vi.fn<AlpacaClient['getLatestQuotes']>>
let stop: () => void

beforeEach(() => {
  clock = new ManualClock(TEN_O_CLOCK)
  cache = new BarCache()
  cache.watch(['AAPL', 'TSLA', 'NVDA'])
  stale = new Set()
  lastHeardAt = () => clock.now()
  getLatestQuotes = vi.fn(async (symbols) => new Map(symbols.map((symbol) => [symbol, quote({ symbol })])))
  stop = confirmStale({
    client: { getLatestQuotes },
    cache,
    bus: createBus<MarketEvents>(() => {}),
    isStale: (symbol) => stale.has(symbol),
    lastHeardAt: () => lastHeardAt?.(),
    log: silentLog,
    clock,
  })
})

const asked = () => getLatestQuotes.mock.calls.map(([symbols]) => symbols.join())

test('stale symbols are fetched in one request, and the answer is on the screen', async () => {
  stale = new Set(['AAPL', 'NVDA'])
  await clock.turn(5_000)
  expect(asked()).toEqual(['AAPL,NVDA'])
  expect(cache.getQuote('NVDA')?.source).toBe('rest')
})

test('nothing is fetched if nothing is stale', async () => {
  await clock.turn(60_000)
  expect(asked()).toEqual([])
})

test('a symbol that stays stale is fetched every 15 seconds, others in between', async () => {
  stale = new Set(['AAPL'])
  await clock.turn(5_000)
  stale.add('TSLA')
  await clock.turn(25_000)
  expect(asked()).toEqual(['AAPL', 'TSLA', 'AAPL', 'TSLA'])
})

test('while the whole stream is silent, fetching is left to the mute watchdog', async () => {
  stale = new Set(['AAPL'])
  lastHeardAt = () => TEN_O_CLOCK - 1_000
  await clock.turn(60_000)
  lastHeardAt = undefined
  await clock.turn(60_000)
  expect(asked()).toEqual([])
})

test('there is one request at a time, and a failed one is tried again later', async () => {
  stale = new Set(['AAPL'])
  let fail: (cause: unknown) => void = () => {}
  getLatestQuotes.mockImplementationOnce(
    () =>
      new Promise((_resolve, reject) => {
        fail = reject
      }),
  )
  await clock.turn(20_000)
  expect(asked()).toHaveLength(1)
  fail(new AlpacaError('network', 'down'))
  await clock.turn(5_000)
  expect(asked()).toHaveLength(2)
  expect(cache.getQuote('AAPL')?.source).toBe('rest')
})

test('nothing is fetched after it is stopped', async () => {
  stale = new Set(['AAPL'])
  stop()
  await clock.turn(60_000)
  expect(asked()).toEqual([])
  expect(clock.waiting).toBe(0)
})
