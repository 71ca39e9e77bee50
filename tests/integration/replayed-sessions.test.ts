import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { nyse, type TradingDay } from '../../src/shared/exchange-calendar.ts'
import type { BarMessage, MarketDataMessage } from '#alpaca'
import { TrafficProfile } from '../../src/main/market/index.ts'
import { ReplayedApp, type ProbeBehavior } from '../support/replayed-app.ts'
import { arrivalOf, REPLAYED_DAYS, REPLAYED_SYMBOLS, replayedStream } from '../support/replayed-market.ts'

/** Five sessions of a whole list take some seconds, and more on a busy machine. */
const LONG = { timeout: 120_000 }
const LIQUID = ['AAPL', 'MSFT', 'MU', 'QQQ', 'SPY']

function tradingDay(day: string): TradingDay {
  const found = nyse.tradingDay(day)
  if (found === undefined) throw new Error(`${day} is no trading day`)
  return found
}

interface Replay {
  readonly day: TradingDay
  readonly stream: readonly MarketDataMessage[]
  readonly app: ReplayedApp
}

/**
 * Replays the five sessions one after another. The first starts with nothing known, each later one knows the
 * bars of those before, as the warm-up would have fetched them.
 */
async function replaySessions(
  symbols: readonly string[],
  probe: ProbeBehavior,
  session: (replay: Replay) => Promise<void>,
): Promise<void> {
  const profile = new TrafficProfile()
  for (const name of REPLAYED_DAYS) {
    const day = tradingDay(name)
    const stream = replayedStream(symbols, name)
    const app = new ReplayedApp(symbols, profile, day.open, probe)
    await session({ day, stream, app })
    app.stop()
    learn(profile, day, symbols, stream)
  }
}

/** What the warm-up would learn about a session from its bars. */
function learn(
  profile: TrafficProfile,
  day: TradingDay,
  symbols: readonly string[],
  stream: readonly MarketDataMessage[],
): void {
  const bars = new Map<string, BarMessage[]>(symbols.map((symbol) => [symbol, []]))
  for (const message of stream) if (message.type === 'bar') bars.get(message.symbol)?.push(message)
  for (const [symbol, found] of bars) profile.learnSession(symbol, day, found)
}

/** Counts how often a price becomes stale, checking every other second. */
function staleSpells(app: ReplayedApp, symbols: readonly string[]): () => number {
  const stale = new Set<string>()
  let spells = 0
  app.clock.every(2_000, () => {
    for (const symbol of symbols) {
      if (app.truth.freshness(symbol, app.clock.now()) !== 'stale') stale.delete(symbol)
      else if (!stale.has(symbol)) {
        stale.add(symbol)
        spells++
      }
    }
  })
  return () => spells
}

describe('a healthy stream', () => {
  test.each([
    ['the whole list', REPLAYED_SYMBOLS],
    ['one thin fund', ['UGA']],
    ['a busy share and a thin fund', ['AAPL', 'UGA']],
    ['three thin funds', ['UGA', 'GLD', 'VOO']],
  ])(
    '%s: in five real sessions the alarm never sounds and hardly any price is called stale',
    LONG,
    async (_name, symbols) => {
      await replaySessions(symbols, 'answers', async ({ stream, app, day }) => {
        const spells = staleSpells(app, symbols)
        await app.play(stream)
        expect(app.reconnects).toEqual([])
        expect(app.probes).toBeLessThan((1.5 * (day.close - day.open)) / MINUTE_MS)
        expect(spells()).toBeLessThanOrEqual(3)
      })
    },
  )

  test.each([
    ['the whole list', REPLAYED_SYMBOLS],
    ['one thin fund', ['UGA']],
    ['a busy share and a thin fund', ['AAPL', 'UGA']],
  ])('%s: even if REST never answers, at most one false alarm per session', LONG, async (_name, symbols) => {
    await replaySessions(symbols, 'fails', async ({ stream, app }) => {
      await app.play(stream)
      expect(app.reconnects.length).toBeLessThanOrEqual(1)
    })
  })

  test(
    'an early close is not silence: after 13:00 there is hardly a request and no reconnect',
    LONG,
    async () => {
      const profile = new TrafficProfile()
      for (const name of REPLAYED_DAYS.slice(0, 4))
        learn(profile, tradingDay(name), LIQUID, replayedStream(LIQUID, name))
      const halfDay = tradingDay('2018-12-24')
      const shift = tradingDay('2019-02-15').open - halfDay.open
      const stream = replayedStream(LIQUID, '2019-02-15')
        .map((message) => ({
          ...message,
          at: message.at - shift,
        }))
        .filter((message) => arrivalOf(message) < halfDay.close)
      const app = new ReplayedApp(LIQUID, profile, halfDay.open, 'answers')
      await app.play(stream)
      const probesBefore = app.probes
      await app.clock.turn(halfDay.afterClose - halfDay.close + 60 * MINUTE_MS)
      app.stop()
      expect(app.reconnects).toEqual([])
      expect(app.probes - probesBefore).toBeLessThanOrEqual(12)
    },
  )
})

/**
 * How long each reconnect took, in seconds from the first message that was held back. Muted some 120 times a
 * session.
 */
async function detectionTimes({ day, stream, app }: Replay): Promise<readonly number[]> {
  const times: number[] = []
  let muteAt = day.open + 77_000
  let keptBackAt: number | undefined
  await app.play(stream, () => {
    const now = app.clock.now()
    if (!app.isMuted) {
      app.isMuted = now >= muteAt && now < day.close - 3 * MINUTE_MS
      return
    }
    keptBackAt ??= now
    const dialed = app.reconnects[times.length]
    if (dialed === undefined) return
    times.push((dialed.at - keptBackAt) / 1_000)
    app.isMuted = false
    keptBackAt = undefined
    // Two and a half minutes of data, plus a part that makes the next mute fall anywhere in its minute.
    muteAt = now + 150_000 + ((times.length * 7_919) % MINUTE_MS)
  })
  return times
}

describe('a stream that is connected and delivers nothing', () => {
  test.each([
    ['the whole list', REPLAYED_SYMBOLS],
    ['five busy symbols', LIQUID],
  ])('%s: reconnects within 20 s, at whatever moment it goes silent', LONG, async (_name, symbols) => {
    await replaySessions(symbols, 'answers', async (replay) => {
      const times = await detectionTimes(replay)
      expect(times.length).toBeGreaterThan(100)
      expect(Math.max(...times)).toBeLessThanOrEqual(20)
    })
  })

  test('the whole list: mostly within 20 s even if REST does not answer', LONG, async () => {
    await replaySessions(REPLAYED_SYMBOLS, 'fails', async (replay) => {
      const times = await detectionTimes(replay)
      const slow = times.filter((seconds) => seconds > 20)
      expect(slow.length).toBeLessThanOrEqual(times.length * 0.2)
      expect(Math.max(...times)).toBeLessThanOrEqual(30)
    })
  })

  test('a single busy stock with a thin fund: mostly within 20 s', LONG, async () => {
    await replaySessions(['AAPL', 'UGA'], 'answers', async (replay) => {
      const times = await detectionTimes(replay)
      const quick = times.filter((seconds) => seconds <= 20)
      expect(quick.length).toBeGreaterThan(times.length * 0.75)
    })
  })

  test('one busy symbol is muted: its price is called stale, the others are not, and it stays the newest anyway', async () => {
    const day = tradingDay('2019-02-11')
    const app = new ReplayedApp(LIQUID, new TrafficProfile(), day.open, 'answers')
    const stream = replayedStream(LIQUID, '2019-02-11')
    const until = (minutes: number) =>
      stream.filter((message) => arrivalOf(message) < day.open + minutes * MINUTE_MS)
    const before = until(20)
    await app.play(before)
    app.mutedSymbol = 'SPY'
    const staleSeconds = new Map(LIQUID.map((symbol) => [symbol, 0]))
    app.clock.every(1_000, () => {
      for (const [symbol, seconds] of staleSeconds)
        if (app.truth.freshness(symbol, app.clock.now()) === 'stale') staleSeconds.set(symbol, seconds + 1)
    })
    await app.play(until(25).slice(before.length))
    app.stop()
    expect(staleSeconds.get('SPY')).toBeGreaterThan(180)
    expect([...staleSeconds].filter(([, seconds]) => seconds > 10)).toHaveLength(1)
    expect(app.cache.getQuote('SPY')?.message.at).toBeGreaterThan(day.open + 24 * MINUTE_MS)
    expect(app.reconnects).toEqual([])
  })

  test('prices that REST shows meanwhile are displayed', async () => {
    const day = tradingDay('2019-02-11')
    const app = new ReplayedApp(LIQUID, new TrafficProfile(), day.open, 'answers')
    const stream = replayedStream(LIQUID, '2019-02-11')
    const until = (minutes: number) =>
      stream.filter((message) => arrivalOf(message) < day.open + minutes * MINUTE_MS)
    const before = until(10)
    await app.play(before)
    app.isMuted = true
    await app.play(until(11).slice(before.length))
    app.stop()
    expect(app.cache.getQuote('SPY')?.source).toBe('rest')
    expect(app.cache.getQuote('SPY')?.message.at).toBeGreaterThan(day.open + 10 * MINUTE_MS)
  })
})
