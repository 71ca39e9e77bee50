import { expect, test, vi } from 'vitest'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { quote, status, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import { AlpacaError, type AlpacaClient, type QuoteMessage } from '#alpaca'
import { silentLog } from '#process/log'
import { createBus } from './bus.ts'
import { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import { probeLatest } from './probe.ts'

type Client = Pick<AlpacaClient, 'getLatestQuotes'>

function setUp(answer: Client['getLatestQuotes']) {
  const cache = new BarCache()
  cache.watch(['AAPL', 'TSLA'])
  cache.updateQuote({ message: quote(), source: 'iex', receivedAt: TEN_O_CLOCK })
  const clock = new ManualClock(TEN_O_CLOCK + 10_000)
  const bus = createBus<MarketEvents>(() => {})
  const filled = vi.fn()
  bus.subscribe('filled', filled)
  const client = { getLatestQuotes: vi.fn(answer) }
  return {
    cache,
    clock,
    client,
    filled,
    probe: () => probeLatest({ client, cache, bus, log: silentLog, clock }),
  }
}

const latest = (...quotes: readonly QuoteMessage[]) => new Map(quotes.map((each) => [each.symbol, each]))

test('a quote timestamped after everything known is newer, and is shown', async () => {
  const newer = quote({ symbol: 'TSLA', at: TEN_O_CLOCK + 1 })
  const { probe, cache, filled } = setUp(async () => latest(newer))
  expect(await probe()).toBe('newer')
  expect(cache.getQuote('TSLA')).toMatchObject({ source: 'rest', message: newer })
  expect(filled).toHaveBeenCalledTimes(1)
})

test('a quote of one symbol that is older than another symbol’s newest data proves nothing', async () => {
  const { probe } = setUp(async () => latest(quote({ symbol: 'TSLA', at: TEN_O_CLOCK - 1 }), quote()))
  expect(await probe()).toBe('nothing-newer')
})

test('the same fetched quote is not newer the second time', async () => {
  const { probe } = setUp(async () => latest(quote({ at: TEN_O_CLOCK + 1 })))
  expect(await probe()).toBe('newer')
  expect(await probe()).toBe('nothing-newer')
})

test('what the stream delivers during the request is not newer', async () => {
  const message = quote({ at: TEN_O_CLOCK + 1 })
  const { probe, cache } = setUp(async () => {
    cache.updateQuote({ message, source: 'iex', receivedAt: TEN_O_CLOCK + 1 })
    return latest(message)
  })
  expect(await probe()).toBe('nothing-newer')
})

test('a streamed odd lot counts as known, though it sets no price', async () => {
  const { probe, cache } = setUp(async () => latest(quote({ at: TEN_O_CLOCK + 1 })))
  const message = trade({ at: TEN_O_CLOCK + 2, conditions: ['I'] })
  cache.updateTrade({ message, source: 'iex', receivedAt: TEN_O_CLOCK + 2 })
  expect(await probe()).toBe('nothing-newer')
})

test('halted symbols are not requested', async () => {
  const { probe, cache, client } = setUp(async () => latest())
  cache.updateStatus({ message: status(), source: 'iex', receivedAt: TEN_O_CLOCK })
  await probe()
  expect(client.getLatestQuotes).toHaveBeenCalledWith(['TSLA'], expect.anything())
})

test('an error is not an answer', async () => {
  const { probe } = setUp(async () => {
    throw new AlpacaError('network', 'down')
  })
  expect(await probe()).toBe('failed')
})

test('an answer that takes too long counts as failed', async () => {
  const { probe, clock } = setUp(
    (_symbols, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(new AlpacaError('aborted', 'aborted')))
      }),
  )
  const answer = probe()
  await clock.turn(4_000)
  expect(await answer).toBe('failed')
  expect(clock.waiting).toBe(0)
})
