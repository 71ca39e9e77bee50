import { beforeEach, expect, test } from 'vitest'
import type { Connection } from '#shared/market'
import { Metrics } from './metrics.ts'

const link = (status: Connection['status'], since: number): Connection => ({
  status,
  since,
})

let metrics: Metrics
beforeEach(() => {
  metrics = new Metrics(0)
})

test('every message is counted by kind, and its arrival time is kept', () => {
  metrics.trackMessage('quote', 1_000, 990)
  metrics.trackMessage('quote', 2_000, 1_990)
  metrics.trackMessage('trade', 3_000, 2_990)
  metrics.trackMessage('bar', 4_000, undefined)
  metrics.trackMessage('status', 5_000, 4_990)
  metrics.trackDuplicate()
  expect(metrics.getStats(6_000)).toMatchObject({
    received: { quotes: 2, trades: 1, bars: 1, statuses: 1 },
    duplicateQuotes: 1,
    lastMessageAt: { quote: 2_000, trade: 3_000, bar: 4_000 },
    uptimeMs: 6_000,
  })
})

test('before anything has arrived there is no last message and no latency', () => {
  const stats = metrics.getStats(1_000)
  expect(stats.lastMessageAt).toEqual({})
  expect(stats).not.toHaveProperty('latency')
  expect(stats).not.toHaveProperty('connectedForMs')
})

test('rates cover the last second and the last minute', () => {
  for (let second = 0; second < 60; second++) {
    for (let quote = 0; quote < 5; quote++) metrics.trackMessage('quote', second * 1_000, undefined)
    metrics.trackMessage('trade', second * 1_000, undefined)
  }
  for (let bar = 0; bar < 17; bar++) metrics.trackMessage('bar', 59_000, undefined)
  expect(metrics.getStats(60_000)).toMatchObject({
    quotesPerSecond: { last1s: 5, last60s: 5 },
    tradesPerSecond: { last1s: 1, last60s: 1 },
    barsPerMinute: 17,
  })
  expect(metrics.getStats(90_000).quotesPerSecond).toEqual({ last1s: 0, last60s: 2.5 })
})

test('latency is measured from the exchange’s timestamp to arrival, with the clock corrected', () => {
  metrics.trackMessage('quote', 1_000, 993)
  expect(metrics.getStats(1_000).latency).toEqual({ p50: 7, p99: 7 })
  metrics.setClockOffset(-5)
  metrics.trackMessage('quote', 61_000, 60_993)
  expect(metrics.getStats(61_000).latency).toEqual({ p50: 2, p99: 2 })
})

test('a reconnect is a connection after an earlier one, and is forgotten after an hour', () => {
  metrics.trackConnection(link('connecting', 0))
  metrics.trackConnection(link('connected', 1_000))
  metrics.trackConnection(link('connected', 1_000))
  expect(metrics.getStats(5_000)).toMatchObject({ connectedForMs: 4_000, reconnectsLastHour: 0 })
  metrics.trackConnection(link('reconnecting', 6_000))
  expect(metrics.getStats(7_000)).not.toHaveProperty('connectedForMs')
  metrics.trackConnection(link('connected', 8_000))
  expect(metrics.getStats(9_000)).toMatchObject({ connectedForMs: 1_000, reconnectsLastHour: 1 })
  expect(metrics.getStats(8_000 + 3_600_001).reconnectsLastHour).toBe(0)
})

test('errors are counted in total, by kind and by minute', () => {
  metrics.trackError('not-json', 1_000)
  metrics.trackError('not-json', 70_000)
  metrics.trackError('quote', 70_000)
  expect(metrics.getStats(80_000).errors).toBe(3)
  expect(metrics.errorsByKind).toEqual(new Map(Object.entries({ 'not-json': 2, quote: 1 })))
  expect(metrics.errorsLastMinute(80_000)).toBe(2)
})

test('bytes per second are the growth of the stream’s count, even when a new stream starts from zero', () => {
  metrics.trackBytes(1_000, 1_000)
  metrics.trackBytes(3_000, 2_000)
  metrics.trackBytes(500, 3_000)
  expect(metrics.getStats(5_000).bytesPerSecond).toBe(700)
})
