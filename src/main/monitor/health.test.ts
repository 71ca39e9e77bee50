import { expect, test } from 'vitest'
import { TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { context, link } from '../../../tests/support/health-context.ts'
import type { HealthContext } from './health-context.ts'
import { healthOf } from './health.ts'

const WELL = { level: 'healthy', reasons: [] }

test('a connected feed that delivers is healthy', () => {
  expect(healthOf(context())).toEqual(WELL)
})

test.each<[string, Partial<HealthContext>, RegExp]>([
  ['without keys', { connection: link('not-configured') }, /keys/],
  ['disconnected', { connection: link('disconnected', { problem: 'Refused.' }) }, /disconnected\. Refused\./],
  ['long reconnecting', { connection: link('reconnecting') }, /Reconnecting/],
  ['long connecting', { connection: link('connecting') }, /^Connecting/],
  ['mute', { mute: 'Feed stalled.' }, /stalled/],
  ['without quotes in the session', { quotelessMs: 60_000 }, /No quotes for 60 s/],
  ['without the demo market', { processes: { demoMarket: 'stopped' } }, /Demo market stopped/],
])('%s is an error', (_name, given, reason) => {
  const { level, reasons } = healthOf(context(given))
  expect(level).toBe('error')
  expect(reasons[0]).toMatch(reason)
})

test.each<[string, Partial<HealthContext>, RegExp]>([
  [
    'a connection lost a moment ago',
    { connection: link('reconnecting', { since: TEN_O_CLOCK - 5_000 }) },
    /Reconnecting/,
  ],
  [
    'a connection just back',
    { connection: link('connected', { since: TEN_O_CLOCK - 5_000 }), reconnectsLastHour: 1 },
    /^Reconnected/,
  ],
  ['a connection often lost', { reconnectsLastHour: 11 }, /11 disconnects/],
  [
    'a refused symbol',
    { connection: link('connected', { problem: 'Too many symbols.' }) },
    /Too many symbols/,
  ],
  ['no bars for minutes', { barlessMs: 300_000 }, /No 1-min bars for 5 min/],
  ['late quotes', { medianLatencyMs: 2_340 }, /delayed 2\.3 s/],
  ['a busy program', { loopDelayMs: 400 }, /400 ms/],
  ['many unusable messages', { errorsLastMinute: 200 }, /200 unreadable messages/],
  ['a process that restarts', { processes: { storage: 'restarting' } }, /Database process crashed/],
])('%s means degraded', (_name, given, reason) => {
  const { level, reasons } = healthOf(context(given))
  expect(level).toBe('degraded')
  expect(reasons[0]).toMatch(reason)
})

test.each<[string, Partial<HealthContext>]>([
  ['a first connection', { connection: link('connected', { since: TEN_O_CLOCK - 5_000 }) }],
  ['a minute without quotes of a thinly traded list', { quotelessMs: 60_000, expectedQuotes: 0.5 }],
  ['five minutes without bars of a thinly traded list', { barlessMs: 300_000, expectedBars: 1 }],
  ['59 s without a quote', { quotelessMs: 59_000 }],
  ['a single unusable message', { errorsLastMinute: 1, messagesLastMinute: 10 }],
  ['a few unusable ones among many', { errorsLastMinute: 50 }],
  ['an unmeasured clock', { medianLatencyMs: undefined }],
  ['a process that starts', { processes: { demoMarket: 'starting', storage: 'running' } }],
])('%s is nothing to worry about', (_name, given) => {
  expect(healthOf(context(given))).toEqual(WELL)
})

test('silence that is unusual for the list is an error', () => {
  expect(healthOf(context({ quotelessMs: 60_000, expectedQuotes: 500 })).level).toBe('error')
})

test('errors come first, and a mute stream is not reported again as missing quotes', () => {
  const { reasons } = healthOf(
    context({ mute: 'Mute.', quotelessMs: 90_000, loopDelayMs: 400, reconnectsLastHour: 12 }),
  )
  expect(reasons).toHaveLength(3)
  expect(reasons[0]).toBe('Mute.')
})

test('a price history that could not be fetched is a reason', () => {
  expect(healthOf(context({ historyProblem: 'Price history unavailable: not in your plan' }))).toEqual({
    level: 'degraded',
    reasons: ['Price history unavailable: not in your plan.'],
  })
})

test('health is not healthy while it is not known what the account holds', () => {
  const unknownAccount = 'Database not readable.'
  expect(healthOf(context({ unknownAccount }))).toEqual({
    level: 'degraded',
    reasons: ['Account holdings unknown. Database not readable.'],
  })
})
