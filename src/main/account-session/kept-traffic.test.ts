import { beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/result'
import { silentLog, type Log } from '#process/log'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { alwaysOpen, BarCache, TrafficProfile } from '../market/index.ts'
import type { KeptValues } from './kept-days.ts'
import { KeptTraffic } from './kept-traffic.ts'

const STARTING = err({ kind: 'starting', message: 'Opening the database.' } as const)
const AWAY = err({ kind: 'refused', message: 'There is no database here.' } as const)

let clock: ManualClock
let texts: Map<string, string>
/** Problems that the database answers first, instead of the text. */
let problems: (typeof STARTING | typeof AWAY)[]

const values: KeptValues = {
  keep: async ({ name, value }) => problems.shift() ?? ok(void texts.set(name, value)),
  read: async ({ name }) => problems.shift() ?? ok(texts.get(name)),
}

beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-11-24T15:00:00Z'))
  texts = new Map()
  problems = []
})

/** A start of Signal: an empty profile, and the storage for it. */
function start(feed: 'iex' | 'sip' = 'iex', log: Log = silentLog) {
  const [profile, cache] = [new TrafficProfile(), new BarCache()]
  cache.watch(['AAPL'])
  return { profile, kept: new KeptTraffic({ values, feed, profile, cache, clock, log }) }
}
/** A session that recalls what was stored, learns traffic, and ends. */
async function learnOnce(...symbols: readonly string[]): Promise<void> {
  const { profile, kept } = start()
  await kept.recall()
  const stop = kept.start()
  for (const symbol of symbols) learn(profile, symbol)
  await stop()
}

function recordingLog() {
  const warnings: unknown[] = []
  return { warnings, log: { ...silentLog, warn: (facts: unknown) => void warnings.push(facts) } as Log }
}

const learn = (profile: TrafficProfile, symbol = 'AAPL') => {
  for (let minute = 0; minute < 10; minute++) profile.observe(symbol, 0, 60, 30)
  for (let seconds = 0; seconds < 400; seconds += 5) profile.observeSpread(symbol, 0, 0.02)
}
const expected = (profile: TrafficProfile, symbol = 'AAPL') =>
  profile.expectedBetween(symbol, clock.now(), clock.now() + 60_000, alwaysOpen.slotAt)

test('learned traffic is known after a restart', async () => {
  const before = start()
  await before.kept.recall()
  const stop = before.kept.start()
  learn(before.profile)
  await stop()
  const after = start()
  await after.kept.recall()
  expect(after.profile.widestSpread('AAPL', 0)).toBeGreaterThan(0.02)
  expect(expected(after.profile)).toBeGreaterThan(10)
  expect(expected(after.profile)).toBeCloseTo(expected(before.profile), 5)
})

test('traffic is stored every five minutes, so that a crash loses no more', async () => {
  const before = start()
  await before.kept.recall()
  before.kept.start()
  learn(before.profile)
  await clock.turn(300_000)
  const after = start()
  await after.kept.recall()
  expect(after.profile.knows('AAPL')).toBe(true)
})

test('each feed has its own traffic, and only watched symbols are stored', async () => {
  await learnOnce('AAPL', 'TSLA')
  const [same, other] = [start(), start('sip')]
  await Promise.all([same.kept.recall(), other.kept.recall()])
  expect(same.profile.knows('AAPL')).toBe(true)
  expect(same.profile.knows('TSLA')).toBe(false)
  expect(other.profile.knows('AAPL')).toBe(false)
})

test('traffic waits for a database that is being opened', async () => {
  await learnOnce('AAPL')
  const after = start()
  problems = [STARTING, STARTING, STARTING]
  const recalled = after.kept.recall()
  await clock.turn(1_000)
  await recalled
  expect(after.profile.knows('AAPL')).toBe(true)
})

test('stored traffic is not lost if the database was away at the start', async () => {
  await learnOnce('AAPL')
  const [text] = texts.values()
  const after = start()
  problems = [AWAY]
  await after.kept.recall()
  const stopAfter = after.kept.start()
  await stopAfter() // without having read what was stored
  expect([...texts.values()]).toEqual([text])
  after.kept.start()
  await clock.turn(300_000)
  expect(after.profile.knows('AAPL')).toBe(true)
})

test.each(['{', '{"AAPL":{"sessions":-1}}', '[]'])(
  'stored text that cannot be read is reported once and learned again: %s',
  async (text) => {
    texts.set('usual-traffic:iex', text)
    const { warnings, log } = recordingLog()
    const { profile, kept } = start('iex', log)
    await kept.recall()
    expect(profile.knows('AAPL')).toBe(false)
    const stop = kept.start()
    learn(profile)
    await clock.turn(600_000)
    await stop()
    expect(texts.get('usual-traffic:iex')).toContain('AAPL')
    expect(warnings).toHaveLength(1)
  },
)

test('one symbol whose stored traffic cannot be read costs no other symbol its own', async () => {
  await learnOnce('AAPL')
  const stored = JSON.parse(texts.get('usual-traffic:iex') ?? '') as object
  texts.set('usual-traffic:iex', JSON.stringify({ ...stored, MSFT: { sessions: -1 } }))
  const { warnings, log } = recordingLog()
  const after = start('iex', log)
  await after.kept.recall()
  expect(after.profile.knows('AAPL')).toBe(true)
  expect(warnings).toEqual([{ problems: [expect.stringMatching(/^MSFT: [^]*at sessions/)] }])
})

test('a database that does not answer delays neither start nor exit', async () => {
  const { profile, cache } = { profile: new TrafficProfile(), cache: new BarCache() }
  const silent: KeptValues = { keep: () => new Promise(() => {}), read: () => new Promise(() => {}) }
  const kept = new KeptTraffic({ values: silent, feed: 'iex', profile, cache, clock, log: silentLog })
  const startedAt = clock.now()
  const recalled = kept.recall()
  await clock.turn(3_000)
  await recalled
  await kept.start()()
  expect(clock.now()).toBe(startedAt + 3_000)
  expect(clock.waiting).toBe(0)
})
