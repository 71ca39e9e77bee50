import { expect, test } from 'vitest'
import type { ConnectionMessage, StreamProblem } from '../alpaca/index.ts'
import { createBus } from './bus.ts'
import { connectionAfter, describeProblem, notConnected } from './connection.ts'
import { Link } from './link.ts'
import type { MarketEvents } from './market-events.ts'

const message = (given: Partial<ConnectionMessage>): ConnectionMessage => ({
  type: 'connection',
  status: 'connecting',
  at: 1_000,
  attempt: 0,
  ...given,
})

const network: StreamProblem = { kind: 'network', message: 'ECONNREFUSED', fatal: false }

test('a first dial connects, a later one reconnects', () => {
  const fresh = notConnected(0, 'connecting')
  expect(connectionAfter(fresh, message({ status: 'connected' }), 0).status).toBe('connecting')
  const up = connectionAfter(fresh, message({ status: 'subscribed' }), 17)
  expect(up).toEqual({ status: 'connected', since: 1_000, attempt: 0, subscribed: 17 })
  expect(connectionAfter(up, message({ status: 'connecting', at: 2_000 }), 17)).toMatchObject({
    status: 'reconnecting',
    since: 2_000,
    subscribed: 0,
  })
})

test('while it is tried again the trader sees when; when it is not, that it is down', () => {
  const up = connectionAfter(notConnected(0, 'connecting'), message({ status: 'subscribed' }), 17)
  const waiting = message({ status: 'disconnected', attempt: 2, retryAt: 9_000, problem: network })
  expect(connectionAfter(up, waiting, 0)).toMatchObject({
    status: 'reconnecting',
    attempt: 2,
    retryAt: 9_000,
    problem: expect.stringContaining('ECONNREFUSED') as string,
  })
  const refused = message({ status: 'disconnected', problem: { kind: 'auth', message: 'no', fatal: true } })
  expect(connectionAfter(up, refused, 0).status).toBe('disconnected')
  expect(connectionAfter(up, message({ status: 'disconnected' }), 0).status).toBe('disconnected')
})

test('since is when the present state began, not when it was last told', () => {
  const up = connectionAfter(
    notConnected(0, 'connecting'),
    message({ status: 'authenticated', at: 1_000 }),
    0,
  )
  expect(connectionAfter(up, message({ status: 'subscribed', at: 1_500 }), 17)).toMatchObject({
    since: 1_000,
    subscribed: 17,
  })
})

test('every problem is told in words that say what to do', () => {
  const kinds = [
    'network',
    'auth',
    'connection-limit',
    'symbol-limit',
    'subscription',
    'invalid-request',
    'server',
    'slow-client',
  ] as const
  const texts = kinds.map((kind) => describeProblem({ kind, message: 'detail', fatal: false }))
  expect(new Set(texts).size).toBe(kinds.length)
  for (const text of texts) expect(text).toMatch(/\. .+\.$|; .+\.$/)
})

test('the link remembers its state and tells every change', () => {
  const bus = createBus<MarketEvents>(() => {})
  const told: string[] = []
  bus.subscribe('connection', ({ status, subscribed }) => told.push(`${status} ${subscribed}`))
  const link = new Link({ initial: notConnected(0, 'connecting'), bus, subscribed: () => 17 })
  link.handle(message({ status: 'subscribed' }))
  link.handle(message({ status: 'disconnected', retryAt: 5_000 }))
  expect(told).toEqual(['connected 17', 'reconnecting 0'])
  expect(link.now().status).toBe('reconnecting')
})
