import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { context, link } from '../../../tests/support/health-context.ts'
import { nextEpisodes, troublesOf, type Episodes, type Trouble } from './anomalies.ts'
import type { HealthContext } from './health-context.ts'

const halt = { code: 'T1', reason: 'Halt News Pending', at: TEN_O_CLOCK }

test('a halt names its symbol, so that its end can be told apart', () => {
  expect(troublesOf(context({ halts: [{ symbol: 'AAPL', halt }] }))).toMatchObject([{ symbol: 'AAPL' }])
})

test('there are no anomalies while everything is well', () => {
  expect(troublesOf(context())).toEqual([])
})

test.each<[string, Partial<HealthContext>, Trouble['kind'], Trouble['severity']]>([
  ['60 s without a quote', { quotelessMs: 60_000 }, 'no-quotes', 'warning'],
  ['5 minutes without a bar', { barlessMs: 300_000 }, 'no-bars', 'warning'],
  ['more than 10 reconnects an hour', { reconnectsLastHour: 11 }, 'many-reconnects', 'error'],
  ['more than 5 minutes without a connection', { connection: link('reconnecting') }, 'disconnected', 'error'],
  ['a mute stream', { mute: 'Mute.', quotelessMs: 60_000 }, 'mute', 'error'],
  ['a halt', { halts: [{ symbol: 'AAPL', halt }] }, 'halt', 'warning'],
  ['refused keys', { refused: 'Refused.', connection: link('disconnected') }, 'market-data-refused', 'error'],
  ['a process that died', { processes: { storage: 'restarting' } }, 'process-died', 'warning'],
  ['a process that is gone', { processes: { demoMarket: 'stopped' } }, 'process-died', 'error'],
])('%s is reported as what it is, and as nothing else', (_name, given, kind, severity) => {
  expect(troublesOf(context(given))).toEqual([expect.objectContaining({ kind, severity })])
})

test.each<[string, Partial<HealthContext>]>([
  ['10 reconnects an hour', { reconnectsLastHour: 10 }],
  [
    'a connection that is down for 5 minutes',
    { connection: link('reconnecting', { since: TEN_O_CLOCK - 300_000 }) },
  ],
  ['an app without keys', { connection: link('not-configured') }],
  [
    'a quiet, thinly traded list',
    { quotelessMs: 90_000, expectedQuotes: 1, barlessMs: 400_000, expectedBars: 1 },
  ],
])('%s is not an anomaly', (_name, given) => {
  expect(troublesOf(context(given))).toEqual([])
})

const trouble: Trouble = { key: 'mute', kind: 'mute', severity: 'error', message: 'Mute.' }

/** Runs steps one second apart, with or without the trouble; returns the steps at which it was reported. */
function told(steps: readonly boolean[]): readonly number[] {
  let episodes: Episodes = new Map()
  return steps.flatMap((isThere, second) => {
    const step = nextEpisodes(episodes, isThere ? [trouble] : [], second * 1_000)
    episodes = step.episodes
    return step.news.map(() => second)
  })
}

test('a trouble is reported once, however long it lasts', () => {
  expect(told(Array.from({ length: 10_000 }, () => true))).toEqual([0])
})

test('a flickering trouble is one episode; after a minute without it, it is reported again', () => {
  const gone = (seconds: number) => Array.from({ length: seconds }, () => false)
  expect(told([true, ...gone(58), true])).toEqual([0])
  expect(told([true, ...gone(60), true])).toEqual([0, 61])
})

test('every trouble is reported when it first occurs', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 300 }), (steps) => {
      const first = steps.indexOf(true)
      expect(told(steps)[0]).toBe(first === -1 ? undefined : first)
    }),
  )
})

test('a second halt of the same symbol is reported too', () => {
  const [first] = troublesOf(context({ halts: [{ symbol: 'AAPL', halt }] }))
  const [second] = troublesOf(
    context({ halts: [{ symbol: 'AAPL', halt: { ...halt, at: TEN_O_CLOCK + 1 } }] }),
  )
  expect(first?.key).not.toBe(second?.key)
  expect(first?.message).toBe('AAPL halted: Halt News Pending.')
})
