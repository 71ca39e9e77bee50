import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AlpacaError, kindOfStatus } from './error.ts'
import { FIRST_RETRY_MS, isTransient, pause, readRetryAfter, retryDelayMs } from './retry.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const NOW = Date.parse('2026-11-20T15:00:00Z')

test.each([
  ['0', 0],
  ['7', 7_000],
  [' 60 ', 60_000],
  ['Fri, 20 Nov 2026 15:00:10 GMT', 10_000],
])('Retry-After %j is honored', (header, ms) => {
  expect(readRetryAfter(header, NOW)).toBe(ms)
})

test.each([
  null,
  '',
  '-5',
  '1.5',
  '61',
  '1000000000',
  '9'.repeat(40),
  '1e3',
  'soon',
  'Fri, 20 Nov 2026 14:59:59 GMT',
  'Fri, 20 Nov 2099 15:00:00 GMT',
  'Foo, 99 Bar 2026',
])('Retry-After %j is ignored', (header) => {
  expect(readRetryAfter(header, NOW)).toBeUndefined()
})

const pace = (random: number) => ({ firstRetryMs: FIRST_RETRY_MS, random: () => random })

test('without instructions from the server the delays double, with jitter', () => {
  expect([0, 1, 2].map((tries) => retryDelayMs(tries, undefined, pace(0.5)))).toEqual([500, 1_000, 2_000])
  expect(retryDelayMs(0, undefined, pace(0))).toBe(250)
  expect(retryDelayMs(0, undefined, pace(1))).toBe(750)
  expect(retryDelayMs(0, 7_000, pace(1))).toBe(7_000)
})

test.each([
  [401, 'unauthorized', false],
  [403, 'forbidden', false],
  [404, 'not_found', false],
  [408, 'timeout', false],
  [422, 'unprocessable', false],
  [400, 'unprocessable', false],
  [429, 'rate_limited', true],
  [500, 'server_error', true],
  [503, 'server_error', true],
  [302, 'invalid_response', false],
] as const)('HTTP %i is %s; a retry helps: %s', (status, kind, transient) => {
  expect(kindOfStatus(status)).toBe(kind)
  expect(isTransient(new AlpacaError(kind, ''))).toBe(transient)
})

test('a pause ends on time', async () => {
  let done = false
  void pause(1_000, undefined).then(() => (done = true))
  await vi.advanceTimersByTimeAsync(999)
  expect(done).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(done).toBe(true)
})

test('a pause ends immediately when the call is aborted, before or during it', async () => {
  const controller = new AbortController()
  const paused = expect(pause(1_000, controller.signal)).rejects.toMatchObject({ kind: 'aborted' })
  controller.abort()
  await paused
  await expect(pause(1_000, controller.signal)).rejects.toMatchObject({ kind: 'aborted' })
  expect(vi.getTimerCount()).toBe(0)
})
