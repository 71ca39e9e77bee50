import { beforeEach, expect, test, vi } from 'vitest'
import type { Anomaly, SystemStats } from '#shared/health'
import type { Connection, MarketSession } from '#shared/market'
import { NOT_REPORTED } from '#shared/trading/unknown-account'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import type { Log } from '#process/log'
import { createBus, type Bus, type MarketEvents } from '../market/index.ts'
import { Metrics } from './metrics.ts'
import { Monitor, type MonitorDeps } from './monitor.ts'

let clock: ManualClock
let bus: Bus<MarketEvents>
let metrics: Metrics
let connection: Connection
let session: MarketSession
let expected: ReturnType<MonitorDeps['expected']>
let mute: string | undefined
let bytes: number
let loopDelayMs: number
let clockOffsetMs: number | undefined
let stats: SystemStats[]
let anomalies: Anomaly[]
let log: Record<'debug' | 'info' | 'warn' | 'error', ReturnType<typeof vi.fn>>
let monitor: Monitor
let unknownAccount: string | undefined
let stop: () => void

beforeEach(() => {
  clock = new ManualClock(TEN_O_CLOCK)
  bus = createBus((_name, cause) => {
    throw cause
  })
  metrics = new Metrics(TEN_O_CLOCK)
  connection = { status: 'connected', since: TEN_O_CLOCK }
  session = { phase: 'regular', day: '2026-11-24', earlyClose: false }
  expected = undefined
  mute = undefined
  unknownAccount = undefined
  bytes = 0
  loopDelayMs = 3
  clockOffsetMs = 0
  stats = []
  anomalies = []
  log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  monitor = new Monitor({
    metrics,
    bus,
    connection: () => connection,
    subscriptions: () => 17,
    session: () => session,
    halts: () => [],
    expected: () => expected,
    mute: () => mute,
    unknownAccount: () => unknownAccount,
    refused: () => undefined,
    historyProblem: () => undefined,
    clockOffsetMs: () => clockOffsetMs,
    bytes: () => bytes,
    rateLimit: () => ({ limit: 200, remaining: 190, resetAt: 0 }),
    processes: () => ({ demoMarket: 'running' }),
    loopDelay: { read: () => ({ p50: 0.2, p99: loopDelayMs }) },
    onStats: (each) => stats.push(each),
    onAnomaly: (each) => anomalies.push(each),
    log: log as unknown as Log, // a mock cannot express the overloads of pino's type
    clock,
  })
  stop = monitor.start()
})

function receive(kind: 'quote' | 'bar', seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    metrics.trackMessage(kind, clock.now(), kind === 'quote' ? clock.now() - 8 : undefined)
    clock.turnAtOnce(1_000)
  }
}

test('an account not reported yet is not a problem in the first ten seconds, one that cannot be read is', () => {
  unknownAccount = NOT_REPORTED
  clock.turnAtOnce(9_000)
  expect(monitor.stats().health.level).toBe('healthy')
  unknownAccount = 'Alpaca’s row for ODDX cannot be read (qty).'
  expect(monitor.stats().health.reasons.join()).toContain('ODDX')
  unknownAccount = NOT_REPORTED
  clock.turnAtOnce(1_000)
  expect(monitor.stats().health.level).toBe('degraded')
})

test('stats are reported once a second, with health, latency and the remaining rate limit', () => {
  bytes = 3_000
  receive('quote', 3)
  expect(stats).toHaveLength(3)
  expect(stats.at(-1)).toMatchObject({
    at: TEN_O_CLOCK + 3_000,
    health: { level: 'healthy', reasons: [] },
    received: { quotes: 3 },
    quotesPerSecond: { last1s: 1, last60s: 1 },
    latency: { p50: 8, p99: 8 },
    eventLoopDelay: { p50: 0.2, p99: 3 },
    connectedForMs: 3_000,
    subscriptions: 17,
    rateLimit: { remaining: 190 },
    processes: { demoMarket: 'running' },
  })
  expect(stats.at(-1)?.bytesPerSecond).toBeGreaterThan(0)
  expect(monitor.stats().received.quotes).toBe(3)
})

test('the plan’s line is logged once a minute', () => {
  receive('quote', 120)
  const lines = log.info.mock.calls.map(([, text]) => String(text))
  expect(lines).toEqual([
    '[Monitor] Stats (60s window): quotes=60 (1/s), bars=0 (0/min), errors=0, uptime=0h01m',
    '[Monitor] Stats (60s window): quotes=60 (1/s), bars=0 (0/min), errors=0, uptime=0h02m',
  ])
})

test('unusable messages are logged by kind, once a minute and only if there were any', () => {
  metrics.trackError('not-json', clock.now())
  metrics.trackError('not-json', clock.now())
  receive('quote', 180)
  expect(log.warn).toHaveBeenCalledExactlyOnceWith({ errors: { 'not-json': 2 } }, expect.any(String))
})

test('a minute without a quote in the session is an anomaly, reported once and kept', () => {
  clock.turnAtOnce(59_000)
  expect(anomalies).toEqual([])
  clock.turnAtOnce(200_000)
  expect(anomalies.map(({ kind }) => kind)).toEqual(['no-quotes'])
  expect(monitor.anomalies()).toEqual(anomalies)
  expect(stats.at(-1)?.health.level).toBe('error')
})

test('five minutes without a bar are an anomaly even if quotes come', () => {
  receive('quote', 301)
  expect(anomalies.map(({ kind }) => kind)).toEqual(['no-bars'])
})

test('a list that is usually quiet may be quiet', () => {
  expected = { quotes: 0.5, bars: 0.2 }
  clock.turnAtOnce(600_000)
  expect(anomalies).toEqual([])
})

test('minutes count from the open, and from when the connection came up', () => {
  session = { ...session, phase: 'pre' }
  clock.turnAtOnce(600_000)
  session = { ...session, phase: 'regular' }
  bus.publish('session', session)
  clock.turnAtOnce(59_000)
  expect(anomalies).toEqual([])
  connection = { ...connection, since: clock.now() }
  clock.turnAtOnce(59_000)
  expect(anomalies).toEqual([])
  clock.turnAtOnce(1_000)
  expect(anomalies).toHaveLength(1)
})

test('connection changes are counted, and errors are logged as errors', () => {
  connection = { ...connection, status: 'reconnecting', since: clock.now() }
  bus.publish('connection', connection)
  clock.turnAtOnce(301_000)
  expect(stats.at(-1)).not.toHaveProperty('connectedForMs')
  expect(anomalies.map(({ kind }) => kind)).toEqual(['disconnected'])
  expect(log.error).toHaveBeenCalledTimes(1)
  connection = { ...connection, status: 'connected', since: clock.now() }
  bus.publish('connection', connection)
  clock.turnAtOnce(1_000)
  expect(stats.at(-1)?.reconnectsLastHour).toBe(1)
})

test('the last hundred anomalies are kept, newest first', () => {
  for (let episode = 0; episode < 101; episode++) {
    mute = `mute ${episode}`
    clock.turnAtOnce(1_000)
    mute = undefined
    metrics.trackMessage('quote', clock.now(), undefined)
    metrics.trackMessage('bar', clock.now(), undefined)
    clock.turnAtOnce(59_000)
    metrics.trackMessage('quote', clock.now(), undefined)
    clock.turnAtOnce(2_000)
  }
  expect(monitor.anomalies()).toHaveLength(100)
  expect(monitor.anomalies()[0]?.message).toBe('mute 100')
})

test('one short freeze of the program does not matter, a lasting one does', () => {
  loopDelayMs = 400
  receive('quote', 4)
  loopDelayMs = 3
  receive('quote', 1)
  loopDelayMs = 300
  receive('quote', 4)
  expect(stats.map(({ health }) => health.level)).not.toContain('degraded')
  receive('quote', 1)
  expect(stats.at(-1)?.health).toEqual({
    level: 'degraded',
    reasons: ['App lag up to 300 ms.'],
  })
})

test('late quotes degrade health, but only with a measured clock', () => {
  const receiveLate = () => {
    metrics.trackMessage('quote', clock.now(), clock.now() - 3_000)
    clock.turnAtOnce(1_000)
  }
  receiveLate()
  expect(stats.at(-1)?.health.reasons).toEqual([expect.stringContaining('Quotes delayed')])
  clockOffsetMs = undefined
  receiveLate()
  expect(stats.at(-1)?.health.level).toBe('healthy')
})

test('nothing is reported after it is stopped', () => {
  stop()
  clock.turnAtOnce(120_000)
  expect(stats).toEqual([])
  expect(log.info).not.toHaveBeenCalled()
  expect(clock.waiting).toBe(0)
})
