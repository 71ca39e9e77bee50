import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextConnection, statusOf, type StreamState, type ConnectionEvent } from './connection.ts'
import type { StreamProblem } from './messages.ts'

const BACKOFF = { firstMs: 1_000, maxMs: 60_000, healthyMs: 30_000, refusedMs: 5_000 }
const IDLE: StreamState = { kind: 'idle' }
const BROKEN: StreamProblem = { kind: 'network', message: 'broken', fatal: false }
const WRONG_KEYS: StreamProblem = { kind: 'auth', message: 'wrong keys', fatal: true }

const after = (start: StreamState, ...events: readonly ConnectionEvent[]): StreamState =>
  events.reduce((now, event) => nextConnection(now, event, BACKOFF), start)

const closed = (at = 0, problem = BROKEN): ConnectionEvent => ({ kind: 'closed', at, problem })
const failed = (problem = BROKEN, at = 0): ConnectionEvent => ({ kind: 'failed', at, problem })
const connect: ConnectionEvent = { kind: 'connect-asked' }
const close: ConnectionEvent = { kind: 'close-asked' }
const redial: ConnectionEvent = { kind: 'redial-asked' }
const retry: ConnectionEvent = { kind: 'retry-due' }
const opened: ConnectionEvent = { kind: 'opened' }
const authenticated = (at: number): ConnectionEvent => ({ kind: 'authenticated', at })
const acknowledged = (entries: number): ConnectionEvent => ({ kind: 'acknowledged', entries })

test('a connection authenticates first and subscribes next', () => {
  const states = [connect, opened, authenticated(5), acknowledged(3)]
  const seen = states.map((_, count) => statusOf(after(IDLE, ...states.slice(0, count + 1))))
  expect(seen).toEqual(['connecting', 'connected', 'authenticated', 'subscribed'])
})

test('a connection without subscriptions counts as authenticated', () => {
  const up = after(IDLE, connect, opened, authenticated(0))
  expect(after(up, acknowledged(0))).toBe(up)
  expect(after(up, acknowledged(2), acknowledged(0)).kind).toBe('authenticated')
})

test('delays double from one second to a minute while connecting keeps failing', () => {
  let now = after(IDLE, connect)
  const delays = Array.from({ length: 8 }, () => {
    now = after(now, closed())
    const delay = now.kind === 'waiting' ? now.delayMs : undefined
    now = after(now, retry)
    return delay
  })
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
})

test('a short connection does not reset the delay, half a healthy minute does', () => {
  const flapping = after(IDLE, connect, closed(), retry, closed(), retry, opened, authenticated(0))
  expect(after(flapping, closed(29_999))).toMatchObject({ kind: 'waiting', attempt: 3, delayMs: 4_000 })
  expect(after(flapping, closed(30_000))).toMatchObject({ kind: 'waiting', attempt: 1, delayMs: 1_000 })
  expect(after(flapping, failed(BROKEN, 30_000), closed(30_001))).toMatchObject({
    attempt: 1,
    delayMs: 1_000,
  })
})

test('a connection that another program holds is retried slowly', () => {
  const occupied: StreamProblem = { kind: 'connection-limit', code: 406, message: 'in use', fatal: false }
  const up = after(IDLE, connect, opened)
  expect(after(up, failed(occupied), closed())).toMatchObject({
    kind: 'waiting',
    delayMs: 5_000,
    problem: occupied,
  })
})

test('wrong keys stop the stream for good, and it says why', () => {
  const stopped = after(IDLE, connect, opened, failed(WRONG_KEYS), closed())
  expect(stopped).toEqual({ kind: 'idle', problem: WRONG_KEYS })
  expect(after(stopped, retry, redial)).toBe(stopped)
  expect(after(stopped, connect)).toEqual({ kind: 'dialling', attempt: 0 })
})

test('a close in the middle of the handshake is a failure like any other', () => {
  expect(after(IDLE, connect, closed())).toMatchObject({ kind: 'waiting', attempt: 1 })
  expect(after(IDLE, connect, opened, closed())).toMatchObject({ kind: 'waiting', attempt: 1 })
})

describe('reconnecting immediately', () => {
  test('disconnects first, and connects once the old socket is closed', () => {
    const leaving = after(IDLE, connect, opened, authenticated(0), redial)
    expect(leaving.kind).toBe('leaving')
    expect(after(leaving, redial, failed())).toMatchObject({ kind: 'leaving', next: { kind: 'dial' } })
    expect(after(leaving, closed())).toEqual({ kind: 'dialling', attempt: 0 })
  })

  test('cuts a wait short', () => {
    expect(after(IDLE, connect, closed(), redial)).toEqual({ kind: 'dialling', attempt: 1 })
  })

  test('replaces a wait that was about to start', () => {
    expect(after(IDLE, connect, opened, failed(), redial, closed()).kind).toBe('dialling')
  })

  test('does nothing on a stream that is closed or closing', () => {
    expect(after(IDLE, redial)).toBe(IDLE)
    expect(after(IDLE, connect, opened, close, redial, closed())).toEqual(IDLE)
  })
})

describe('closing', () => {
  test('waits until the socket is closed', () => {
    const leaving = after(IDLE, connect, opened, close)
    expect(statusOf(leaving)).toBe('disconnected')
    expect(leaving.kind).toBe('leaving')
    expect(after(leaving, closed())).toEqual(IDLE)
  })

  test('ends a wait immediately', () => {
    expect(after(IDLE, connect, closed(), close)).toEqual(IDLE)
  })

  test('can be undone before it is complete', () => {
    expect(after(IDLE, connect, opened, close, connect, closed())).toEqual({ kind: 'dialling', attempt: 0 })
  })
})

const anyEvent: fc.Arbitrary<ConnectionEvent> = fc.oneof(
  fc.constantFrom(connect, close, redial, retry, opened),
  fc.nat(100_000).map(authenticated),
  fc.nat(3).map(acknowledged),
  fc.tuple(fc.nat(100_000), fc.constantFrom(BROKEN, WRONG_KEYS)).map(([at, problem]) => failed(problem, at)),
  fc.nat(100_000).map((at) => closed(at)),
)

test('whatever happens, a second socket is never opened before the first is closed', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      let now: StreamState = IDLE
      let sockets = 0
      for (const event of events) {
        if (event.kind === 'closed' && sockets === 0) continue // without a socket there is nothing to close
        if (event.kind === 'closed') sockets -= 1
        const next = nextConnection(now, event, BACKOFF)
        if (next.kind === 'dialling' && next !== now) sockets += 1
        if (next.kind === 'idle' || next.kind === 'waiting') expect(sockets).toBe(0)
        expect(sockets).toBeLessThanOrEqual(1)
        now = next
      }
    }),
    { numRuns: 1_000 },
  )
})

test('whatever happened before, a close and the end of the socket leave the stream idle', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      expect(after(IDLE, ...events, close, closed())).toEqual(IDLE)
    }),
  )
})
