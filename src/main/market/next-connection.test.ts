import { expect, test } from 'vitest'
import type { ConnectionMessage, StreamProblem } from '#alpaca'
import { createBus } from './bus.ts'
import { connectionAfter, describeProblem, notConnected } from './next-connection.ts'
import { ConnectionState } from './connection-state.ts'
import type { MarketEvents } from './market-events.ts'

const message = (given: Partial<ConnectionMessage>): ConnectionMessage => ({
  type: 'connection',
  status: 'connecting',
  at: 1_000,
  attempt: 0,
  ...given,
})

const network: StreamProblem = { kind: 'network', message: 'ECONNREFUSED', fatal: false }

const fresh = notConnected(0, 'connecting')
const up = connectionAfter(fresh, message({ status: 'subscribed' }), false)

test('before the first attempt nothing was tried', () => {
  expect(fresh).toEqual({ status: 'connecting', since: 0 })
})

test('the first attempt connects, a later one reconnects', () => {
  expect(connectionAfter(fresh, message({ status: 'connected' }), false).status).toBe('connecting')
  expect(up).toEqual({ status: 'connected', since: 1_000 })
  expect(connectionAfter(up, message({ status: 'connecting', at: 2_000 }), true)).toMatchObject({
    status: 'reconnecting',
    since: 2_000,
  })
})

test('the trader sees when the next retry is, or that the connection is down if there is none', () => {
  const waiting = message({ status: 'disconnected', attempt: 2, retryAt: 9_000, problem: network })
  expect(connectionAfter(up, waiting, true)).toMatchObject({
    status: 'reconnecting',
    retryAt: 9_000,
    problem: expect.stringContaining('ECONNREFUSED') as string,
  })
  const refused = message({ status: 'disconnected', problem: { kind: 'auth', message: 'no', fatal: true } })
  expect(connectionAfter(up, refused, true).status).toBe('disconnected')
  expect(connectionAfter(up, message({ status: 'disconnected' }), true).status).toBe('disconnected')
})

test('since is when the current status began, not when it was last reported', () => {
  const authenticated = connectionAfter(fresh, message({ status: 'authenticated', at: 1_000 }), false)
  expect(connectionAfter(authenticated, message({ status: 'subscribed', at: 1_500 }), true)).toMatchObject({
    since: 1_000,
  })
})

test('every problem has a description that says what to do', () => {
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

test('the connection remembers its state and reports every change', () => {
  const bus = createBus<MarketEvents>(() => {})
  const told: string[] = []
  bus.subscribe('connection', ({ status }) => told.push(status))
  const link = new ConnectionState({ initial: notConnected(0, 'connecting'), bus })
  link.handle(message({ status: 'subscribed' }))
  link.handle(message({ status: 'disconnected', retryAt: 5_000 }))
  expect(told).toEqual(['connected', 'reconnecting'])
  expect(link.now().status).toBe('reconnecting')
})

test('reconnecting deliberately counts as a reconnect, so the gap is known', () => {
  const link = new ConnectionState({
    initial: fresh,
    bus: createBus<MarketEvents>(() => {}),
  })
  link.handle(message({ status: 'subscribed' }))
  link.handle(message({ status: 'disconnected' }))
  link.handle(message({ status: 'connecting' }))
  expect(link.now().status).toBe('reconnecting')
})
