import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RateLimiter, type Lane } from './rate-limiter.ts'

const START = Date.parse('2026-11-20T15:00:00Z')
beforeEach(() => void vi.useFakeTimers({ now: START }))
afterEach(() => void vi.useRealTimers())

const headers = (limit: number | string, remaining?: number | string, resetInS?: number): Headers =>
  new Headers({
    'X-RateLimit-Limit': String(limit),
    ...(remaining !== undefined && { 'X-RateLimit-Remaining': String(remaining) }),
    ...(resetInS !== undefined && { 'X-RateLimit-Reset': String(Date.now() / 1_000 + resetInS) }),
  })

/** Takes that many tokens and records when each was granted. */
function takeMany(
  limiter: RateLimiter,
  count: number,
  lane: Lane = 'ordinary',
  signal?: AbortSignal,
): number[] {
  const times: number[] = []
  for (let n = 0; n < count; n++) void limiter.take(lane, signal).then(() => times.push(Date.now() - START))
  return times
}

test('two hundred calls go out immediately, the next one a minute later', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  const times = takeMany(limiter, 201)
  await vi.advanceTimersByTimeAsync(59_999)
  expect(times).toHaveLength(200)
  expect(limiter.state).toMatchObject({ limit: 200, remaining: 0, waiting: 1, resetAt: START + 60_000 })
  await vi.advanceTimersByTimeAsync(1)
  expect(times.at(-1)).toBe(60_000)
  expect(limiter.state).toMatchObject({ remaining: 199, waiting: 0 })
})

test('no minute ever holds more calls than the limit, whenever they are requested', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 9 })), {
        maxLength: 12,
      }),
      async (limit, bursts) => {
        vi.setSystemTime(START)
        const limiter = new RateLimiter(Date.now, 0)
        limiter.learn(headers(limit))
        const all: number[][] = []
        let asked = 0
        for (const [pauseMs, count] of bursts) {
          all.push(takeMany(limiter, count))
          asked += count
          await vi.advanceTimersByTimeAsync(pauseMs)
        }
        await vi.advanceTimersByTimeAsync(60_000 * (Math.ceil(asked / limit) + 1))
        const times = all.flat().sort((a, b) => a - b)
        expect(times).toHaveLength(asked)
        times.forEach((time, n) => {
          const soonest = times[n - limit]
          if (soonest !== undefined) expect(time - soonest).toBeGreaterThanOrEqual(60_000)
        })
      },
    ),
    { numRuns: 50 },
  )
})

test('an order goes before everything that waits, and may use the part reserved for orders', async () => {
  const limiter = new RateLimiter(Date.now, 0.1)
  const ordinary = takeMany(limiter, 400)
  const orders = takeMany(limiter, 25, 'orders')
  await vi.advanceTimersByTimeAsync(0)
  expect(ordinary).toHaveLength(180)
  expect(orders).toHaveLength(20)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(orders).toHaveLength(25)
  expect(ordinary).toHaveLength(180 + 175)
})

test('the limit follows the headers up and down', () => {
  const limiter = new RateLimiter(Date.now, 0)
  limiter.learn(headers(10_000))
  expect(limiter.state).toMatchObject({ limit: 10_000, remaining: 10_000 })
  limiter.learn(headers(100))
  expect(limiter.state.limit).toBe(100)
})

test('a raised limit releases waiting calls', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  const times = takeMany(limiter, 250)
  await vi.advanceTimersByTimeAsync(1_000)
  limiter.learn(headers(1_000))
  await vi.advanceTimersByTimeAsync(0)
  expect(times).toHaveLength(250)
})

test.each(['', 'many', '-1', '0', '1e9', '200.5', 'Infinity'])('a limit of %j is ignored', (limit) => {
  const limiter = new RateLimiter(Date.now, 0)
  limiter.learn(headers(limit))
  expect(limiter.state.limit).toBe(200)
})

test("another program's use of the budget is subtracted from ours until the reset", async () => {
  const limiter = new RateLimiter(Date.now, 0)
  limiter.learn(headers(200, 3, 20))
  const times = takeMany(limiter, 5)
  await vi.advanceTimersByTimeAsync(19_000)
  expect(times).toHaveLength(3)
  expect(limiter.state).toMatchObject({ remaining: 0, resetAt: START + 60_000 })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(times).toHaveLength(5)
})

test('a reset in the past or the far future is ignored', () => {
  const limiter = new RateLimiter(Date.now, 0)
  limiter.learn(headers(200, 0, -5))
  limiter.learn(headers(200, 0, 3_600))
  limiter.learn(headers(200, 'none', 20))
  expect(limiter.state.remaining).toBe(200)
})

test('after a 429 nothing goes out until the pause is over', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  limiter.pause(5_000)
  expect(limiter.state).toMatchObject({ remaining: 0, resetAt: START + 5_000 })
  const times = takeMany(limiter, 1, 'orders')
  await vi.advanceTimersByTimeAsync(4_999)
  expect(times).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(times).toEqual([5_000])
})

test('a call aborted while it waits leaves the queue, and those behind it move up', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  takeMany(limiter, 200)
  const controller = new AbortController()
  const aborted = expect(limiter.take('ordinary', controller.signal)).rejects.toMatchObject({
    kind: 'aborted',
  })
  const times = takeMany(limiter, 1)
  controller.abort()
  await aborted
  expect(limiter.state.waiting).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times).toEqual([60_000])
  await expect(limiter.take('ordinary', controller.signal)).rejects.toMatchObject({ kind: 'aborted' })
})

test('a call whose turn has come no longer listens for its abort signal', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  takeMany(limiter, 200)
  const { signal } = new AbortController()
  takeMany(limiter, 1, 'ordinary', signal)
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('nothing is left running when nobody waits', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  const controller = new AbortController()
  takeMany(limiter, 200)
  const aborted = expect(limiter.take('ordinary', controller.signal)).rejects.toThrow('aborted')
  controller.abort()
  await aborted
  expect(vi.getTimerCount()).toBe(0)
})

test('it counts correctly through the calls of a long day', async () => {
  const limiter = new RateLimiter(Date.now, 0)
  limiter.learn(headers(10_000))
  for (let minute = 0; minute < 3; minute++) {
    const times = takeMany(limiter, 10_000)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(times).toHaveLength(10_000)
  }
  expect(limiter.state.remaining).toBe(10_000)
})

test('a timer that fires a moment before a pause ends does not make the call wait for the next minute', async () => {
  const early: number[] = []
  const limiter = new RateLimiter(() => early.shift() ?? Date.now(), 0)
  await limiter.take('ordinary')
  limiter.pause(10)
  const times = takeMany(limiter, 1)
  early.push(START + 9) // what the clock says first when the timer fires; the next reading finds the pause over
  await vi.advanceTimersByTimeAsync(10)
  expect(early).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(times).toEqual([11])
})
