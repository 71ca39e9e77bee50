import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { quote, status, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { BarCache } from './cache.ts'
import { exchangeSessionClock } from './session-clock.ts'
import { TrafficProfile } from './traffic-profile.ts'
import { freshnessOf, FreshnessJudge, type FreshnessContext } from './freshness.ts'

/** A streamed price, last heard this long ago, of a symbol that is not expected to tick. */
function context(ageMs: number, given: Partial<FreshnessContext> = {}): FreshnessContext {
  const heardAt = TEN_O_CLOCK - ageMs
  return {
    now: TEN_O_CLOCK,
    origin: { source: 'iex', at: heardAt, receivedAt: heardAt },
    heardAt,
    heardStamp: heardAt,
    fetchedAt: undefined,
    isLeftOver: false,
    connection: { status: 'connected', since: TEN_O_CLOCK - 3_600_000 },
    phase: 'regular',
    halted: false,
    expected: 0,
    clockOffsetMs: undefined,
    ...given,
  }
}

test('a price is live for two seconds, and aging until five', () => {
  expect(freshnessOf(context(0))).toBe('live')
  expect(freshnessOf(context(1_999))).toBe('live')
  expect(freshnessOf(context(2_000))).toBe('ageing')
  expect(freshnessOf(context(4_999))).toBe('ageing')
})

test('a fetched price goes by the exchange’s stamp, on the machine’s clock while its error is not known', () => {
  const fetched = (at: number, clockOffsetMs?: number) => {
    const origin = { source: 'rest' as const, at, receivedAt: TEN_O_CLOCK }
    return freshnessOf(
      context(0, {
        origin,
        heardAt: undefined,
        heardStamp: undefined,
        fetchedAt: TEN_O_CLOCK,
        clockOffsetMs,
      }),
    )
  }
  expect(fetched(TEN_O_CLOCK - 1_999)).toBe('live')
  expect(fetched(TEN_O_CLOCK - 2_000)).toBe('ageing')
  expect(fetched(TEN_O_CLOCK - 1_500, 1_000)).toBe('ageing')
  expect(fetched(TEN_O_CLOCK - 2_500, -1_000)).toBe('live')
})

test('an old price is stale when this symbol should have ticked, and quiet when it need not have', () => {
  expect(freshnessOf(context(60_000, { expected: 1 }))).toBe('quiet')
  expect(freshnessOf(context(60_000, { expected: 100 }))).toBe('stale')
})

test('a price left over from another watchlist is stale until it is confirmed, however rarely the symbol ticks', () => {
  expect(freshnessOf(context(60_000, { isLeftOver: true }))).toBe('stale')
  expect(freshnessOf(context(60_000, { isLeftOver: true, phase: 'closed' }))).toBe('stale')
})

test('a halted symbol is quiet, however much it usually ticks', () => {
  expect(freshnessOf(context(60_000, { expected: 100, halted: true }))).toBe('quiet')
})

test('in a closed market the last price is not stale', () => {
  expect(freshnessOf(context(50_000, { phase: 'closed', expected: 100 }))).toBe('closed')
})

test('while the feed is down the freshness is unknown, even at night', () => {
  for (const status of ['reconnecting', 'disconnected', 'connecting', 'not-configured'] as const) {
    const connection = { status, since: TEN_O_CLOCK }
    expect(freshnessOf(context(0, { connection }))).toBe('disconnected')
    expect(freshnessOf(context(0, { connection, phase: 'closed' }))).toBe('disconnected')
  }
})

test('a symbol without a price is waiting for its first', () => {
  expect(freshnessOf(context(0, { origin: undefined }))).toBe('waiting')
})

test('a price from before the feed went down is stale until it is confirmed', () => {
  const connection = { status: 'connected' as const, since: TEN_O_CLOCK - 20_000 }
  expect(freshnessOf(context(600_000, { connection }))).toBe('stale')
  expect(freshnessOf(context(600_000, { connection, phase: 'closed' }))).toBe('stale')
  const fetchedAt = TEN_O_CLOCK - 19_000
  expect(freshnessOf(context(600_000, { connection, fetchedAt }))).toBe('quiet')
  expect(freshnessOf(context(600_000, { connection, fetchedAt, phase: 'closed' }))).toBe('closed')
})

test('a price fetched just before the stream came up counts as confirmed', () => {
  const connection = { status: 'connected' as const, since: TEN_O_CLOCK }
  const fetchedAt = TEN_O_CLOCK - 1_000
  const origin = { source: 'rest' as const, at: TEN_O_CLOCK - 600_000, receivedAt: fetchedAt }
  const fetched = { origin, fetchedAt, heardAt: undefined, heardStamp: undefined, connection }
  expect(freshnessOf(context(0, { ...fetched, phase: 'closed' }))).toBe('closed')
})

test('a fetched price is as old as the exchange’s timestamp, not as its arrival', () => {
  const origin = { source: 'rest' as const, at: TEN_O_CLOCK - 600_000, receivedAt: TEN_O_CLOCK }
  const fetched = { origin, heardAt: undefined, heardStamp: undefined, fetchedAt: TEN_O_CLOCK }
  expect(freshnessOf(context(0, fetched))).toBe('quiet')
  expect(freshnessOf(context(0, { ...fetched, origin: { ...origin, at: TEN_O_CLOCK - 1_000 } }))).toBe('live')
})

test('a price that REST shows and the stream withholds is stale, though it is the newest', () => {
  const origin = { source: 'rest' as const, at: TEN_O_CLOCK - 3_000, receivedAt: TEN_O_CLOCK - 2_500 }
  const keptBack = { origin, fetchedAt: TEN_O_CLOCK - 2_500 }
  expect(freshnessOf(context(60_000, keptBack))).toBe('stale')
  const justFetched = { ...origin, receivedAt: TEN_O_CLOCK - 500 }
  expect(freshnessOf(context(60_000, { ...keptBack, origin: justFetched }))).toBe('quiet')
  // From before the stream went down, and fetched since: the stream isn't withholding it.
  const connection = { status: 'connected' as const, since: TEN_O_CLOCK - 10_000 }
  expect(freshnessOf(context(60_000, { ...keptBack, connection }))).toBe('quiet')
})

test('a feed that runs seconds late is detected by the exchange’s timestamps', () => {
  const late = { heardStamp: TEN_O_CLOCK - 30_000, clockOffsetMs: 0 }
  expect(freshnessOf(context(0, late))).toBe('stale')
  expect(freshnessOf(context(0, { ...late, heardStamp: TEN_O_CLOCK - 3_000 }))).toBe('ageing')
  // A last message that came late a minute ago doesn't show that the feed runs late now.
  expect(freshnessOf(context(60_000, { heardStamp: TEN_O_CLOCK - 70_000, clockOffsetMs: 0 }))).toBe('quiet')
})

test('a feed is not called late because of one message that took three seconds and arrived three seconds ago', () => {
  const heardStamp = TEN_O_CLOCK - 6_000
  expect(freshnessOf(context(3_000, { heardStamp, clockOffsetMs: 0 }))).toBe('quiet')
})

test('a feed that runs late is seen as well on a computer whose clock is behind', () => {
  const behind = { heardStamp: TEN_O_CLOCK + 2_000, clockOffsetMs: 10_000 }
  expect(freshnessOf(context(0, behind))).toBe('stale')
})

test('a price that REST shows two seconds ahead of the stream’s last quote is not held against the stream yet', () => {
  const heardStamp = TEN_O_CLOCK - 60_000
  const fetched = (at: number) =>
    freshnessOf(
      context(60_000, {
        origin: { source: 'rest', at, receivedAt: TEN_O_CLOCK - 2_000 },
        fetchedAt: TEN_O_CLOCK,
      }),
    )
  expect(fetched(heardStamp + 2_000)).toBe('quiet')
  expect(fetched(heardStamp + 2_001)).toBe('stale')
})

test('a computer whose clock is wrong makes no price look old', () => {
  const wrongClock = { heardStamp: TEN_O_CLOCK - 30_000 }
  expect(freshnessOf(context(0, { ...wrongClock, clockOffsetMs: -30_000 }))).toBe('live')
  expect(freshnessOf(context(0, { ...wrongClock, clockOffsetMs: undefined }))).toBe('live')
})

function setUp() {
  const cache = new BarCache()
  const profile = new TrafficProfile()
  const day = nyse.tradingDay('2026-11-24')
  if (day === undefined) throw new Error('no trading day')
  const bars = Array.from({ length: 390 }, (_, minute) => ({
    at: day.open + minute * 60_000,
    volume: 10_000,
    tradeCount: 100,
  }))
  profile.learnSession('AAPL', day, bars)
  const sessionClock = exchangeSessionClock(nyse)
  const truth = new FreshnessJudge({
    cache,
    profile,
    connection: () => ({ status: 'connected', since: day.preOpen }),
    sessionClock: () => sessionClock,
    clockOffsetMs: () => undefined,
  })
  const hear = (symbol: string, at: number) =>
    cache.updateQuote({ message: quote({ symbol, at }), source: 'iex', receivedAt: at })
  return { cache, truth, hear, day }
}

test('a busy symbol that falls silent is stale within a minute, while a thinly traded one is quiet', () => {
  const { truth, hear } = setUp()
  hear('AAPL', TEN_O_CLOCK)
  hear('UGA', TEN_O_CLOCK)
  expect(truth.freshness('AAPL', TEN_O_CLOCK + 6_000)).toBe('quiet')
  expect(truth.freshness('AAPL', TEN_O_CLOCK + 60_000)).toBe('stale')
  expect(truth.freshness('UGA', TEN_O_CLOCK + 60_000)).toBe('quiet')
  expect(truth.freshness('TSLA', TEN_O_CLOCK)).toBe('waiting')
})

test('a repeated quote is a sign of life', () => {
  const { truth, hear } = setUp()
  hear('AAPL', TEN_O_CLOCK)
  hear('AAPL', TEN_O_CLOCK + 59_000)
  expect(truth.freshness('AAPL', TEN_O_CLOCK + 60_000)).toBe('live')
})

test('silence is counted in market time: the night does not count, the minutes since the open do', () => {
  const { truth, hear, day } = setUp()
  hear('AAPL', day.preOpen - 8 * 3_600_000)
  expect(truth.freshness('AAPL', day.open)).toBe('stale') // not yet confirmed on this connection
  hear('AAPL', day.preOpen + 1_000)
  expect(truth.freshness('AAPL', day.open)).toBe('quiet')
  expect(truth.freshness('AAPL', day.open + 120_000)).toBe('stale')
})

test('a halted symbol is not expected to tick', () => {
  const { truth, hear, cache } = setUp()
  hear('AAPL', TEN_O_CLOCK)
  cache.updateStatus({ message: status(), source: 'iex', receivedAt: TEN_O_CLOCK })
  expect(truth.freshness('AAPL', TEN_O_CLOCK + 60_000)).toBe('quiet')
})
