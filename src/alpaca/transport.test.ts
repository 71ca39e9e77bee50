import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { alpacaConfig } from './config.ts'
import { silentLog } from './log.ts'
import { Transport, type Call } from './transport.ts'

const START = Date.parse('2026-11-20T15:00:00Z')
beforeEach(() => void vi.useFakeTimers({ now: START }))
afterEach(() => void vi.useRealTimers())

const GET: Call = { host: 'trading', method: 'GET', path: '/v2/account' }
const POST: Call = { host: 'trading', method: 'POST', path: '/v2/orders', body: {}, lane: 'orders' }
const CONFIG = alpacaConfig({ ALPACA_API_KEY: 'PKTEST', ALPACA_API_SECRET: 'sesame-1234' })

/** A network that gives these answers, repeating the last one, and records when it was called. */
function network(...answers: (() => Response)[]) {
  const askedAt: number[] = []
  const told: { facts: object; sentence: string }[] = []
  const note = (facts: object, sentence: string): void => void told.push({ facts, sentence })
  const transport = new Transport(CONFIG, {
    fetch: async () => {
      askedAt.push(Date.now() - START)
      const answer = answers[askedAt.length - 1] ?? answers.at(-1)
      if (!answer) throw new Error('no answer')
      return answer()
    },
    clock: Date.now,
    log: { ...silentLog, info: note, warn: note },
    timeoutMs: 15_000,
    firstRetryMs: 500,
    random: () => 0.5,
  })
  const call = (what: Call) => transport.call(what, z.unknown(), {})
  return { askedAt, told, transport, call }
}

const ok = (): Response => Response.json({})
const status =
  (code: number, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json({ message: 'no' }, { status: code, headers })

test('a call that only reads is retried after 0.5, 1 and 2 seconds, and each delay is logged', async () => {
  const { askedAt, told, call } = network(status(500), status(502), status(503), ok)
  const answer = call(GET)
  await vi.advanceTimersByTimeAsync(3_500)
  expect(await answer).toEqual({})
  expect(askedAt).toEqual([0, 500, 1_500, 3_500])
  expect(told.map(({ facts }) => facts)).toEqual([
    { path: '/v2/account', kind: 'server_error', delayMs: 500 },
    { path: '/v2/account', kind: 'server_error', delayMs: 1_000 },
    { path: '/v2/account', kind: 'server_error', delayMs: 2_000 },
  ])
})

test('a finished call leaves neither a timer nor a listener behind', async () => {
  const { transport } = network(status(500), ok)
  const { signal } = new AbortController()
  const answer = transport.call(GET, z.unknown(), { signal })
  await vi.advanceTimersByTimeAsync(500)
  await answer
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('three retries are enough', async () => {
  const { askedAt, call } = network(status(500))
  const answer = expect(call(GET)).rejects.toMatchObject({ kind: 'server_error', outcome: 'not_done' })
  await vi.advanceTimersByTimeAsync(60_000)
  await answer
  expect(askedAt).toHaveLength(4)
})

test('a Retry-After is honored, and holds back every call to that host', async () => {
  const { askedAt, transport, call } = network(status(429, { 'Retry-After': '7' }), ok)
  const first = call(GET)
  await vi.advanceTimersByTimeAsync(1_000)
  const second = call(POST)
  expect(transport.rateLimit('trading')).toMatchObject({ remaining: 0, waiting: 1 })
  expect(transport.rateLimit('data').remaining).toBe(200)
  await vi.advanceTimersByTimeAsync(6_000)
  await Promise.all([first, second])
  expect(askedAt).toEqual([0, 7_000, 7_000])
})

test.each(['1000000000', '-1', 'soon', 'Fri, 20 Nov 2099 15:00:00 GMT'])(
  'an absurd Retry-After (%s) does not make the call hang',
  async (header) => {
    const { askedAt, call } = network(status(429, { 'Retry-After': header }), ok)
    const answer = call(GET)
    await vi.advanceTimersByTimeAsync(500)
    await answer
    expect(askedAt).toEqual([0, 500])
  },
)

test('an order is sent once, whatever goes wrong, and the error says whether it may have arrived', async () => {
  const unclear = network(status(503))
  await expect(unclear.call(POST)).rejects.toMatchObject({ kind: 'server_error', outcome: 'unknown' })
  const refused = network(status(429, { 'Retry-After': '7' }))
  await expect(refused.call(POST)).rejects.toMatchObject({
    kind: 'rate_limited',
    outcome: 'not_done',
    retryAfterMs: 7_000,
  })
  expect([...unclear.askedAt, ...refused.askedAt]).toEqual([0, 0])
})

test('a wait for the rate limit is logged', async () => {
  const { told, call } = network(ok)
  const calls = Array.from({ length: 181 }, () => call(GET))
  await vi.advanceTimersByTimeAsync(60_000)
  await Promise.all(calls)
  expect(told).toEqual([
    { facts: { path: '/v2/account', waitedMs: 60_000 }, sentence: 'A call waited for the rate limit' },
  ])
})

test('market data does not use up the trading budget', async () => {
  const { askedAt, call } = network(ok)
  const data: Call = { host: 'data', method: 'GET', path: '/v2/stocks/bars' }
  await Promise.all([...Array.from({ length: 200 }, () => call(data)), call(GET)])
  expect(askedAt).toHaveLength(201)
})

test('an error that is not a network failure is rethrown: it is a bug', async () => {
  const { transport } = network(ok)
  const broken = transport.callRaw(
    GET,
    () => {
      throw new TypeError('bug')
    },
    {},
  )
  await expect(broken).rejects.toThrow(TypeError)
})
