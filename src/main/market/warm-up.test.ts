import { beforeEach, expect, test, vi } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { bar, dailyBar, quote, TEN_O_CLOCK, trade } from '../../../tests/support/market-messages.ts'
import { AlpacaError, type HistoricalBar, type CalendarDay, type MarketClock, type Snapshot } from '#alpaca'
import { silentLog } from '#process/log'
import { createBus } from './bus.ts'
import { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import { PlanLimits } from './plan-limits.ts'
import { TrafficProfile } from './traffic-profile.ts'
import { catchUp, warmUp, type WarmUpClient, type WarmUpDeps } from './warm-up.ts'

const snapshot = (symbol: string): Snapshot => ({
  symbol,
  latestQuote: quote({ symbol, at: TEN_O_CLOCK - 1_000 }),
  latestTrade: trade({ symbol, at: TEN_O_CLOCK - 2_000 }),
  minuteBar: bar({ symbol, at: TEN_O_CLOCK - MINUTE_MS }),
  dailyBar: dailyBar({ symbol }),
  previousDailyBar: dailyBar({ symbol, at: Date.parse('2026-11-23T05:00:00Z'), close: 98 }),
})

const tradingDay = (date: string): CalendarDay => ({
  date,
  open: '09:30',
  close: '16:00',
  sessionOpen: '04:00',
  sessionClose: '20:00',
})

/** One bar per minute from `start` to `end`, including nights and weekends, as no exchange sends them. */
function bars(start: number, end: number): readonly HistoricalBar[] {
  const found: HistoricalBar[] = []
  for (let at = Math.ceil(start / MINUTE_MS) * MINUTE_MS; at <= end; at += MINUTE_MS)
    found.push({ at, open: 1, high: 1, low: 1, close: 1, volume: 900, vwap: 1, tradeCount: 9 })
  return found
}

let clock: ManualClock
let cache: BarCache
let profile: TrafficProfile
let client: { readonly [K in keyof WarmUpClient]: ReturnType<typeof vi.fn<WarmUpClient[K]>> }
let filled: string[]
let deps: WarmUpDeps

beforeEach(() => {
  clock = new ManualClock(TEN_O_CLOCK)
  cache = new BarCache()
  profile = new TrafficProfile()
  filled = []
  const bus = createBus<MarketEvents>(() => {})
  bus.subscribe('filled', ({ symbols }) => filled.push(symbols.join()))
  client = {
    getSnapshots: vi.fn(async (symbols) => new Map(symbols.map((symbol) => [symbol, snapshot(symbol)]))),
    getBars: vi.fn(
      async ({ symbols, start, end }) => new Map(symbols.map((symbol) => [symbol, bars(start, end)])),
    ),
    getCalendar: vi.fn(async () => ['2026-11-23', '2026-11-25'].map(tradingDay)),
    getClock: vi.fn(async () => ({ timestamp: TEN_O_CLOCK + 250 }) as MarketClock),
  }
  const symbols = ['AAPL', 'TSLA']
  deps = {
    client,
    cache,
    profile,
    profileReady: Promise.resolve(),
    bus,
    calendar: nyse,
    symbols,
    feed: 'iex',
    source: 'iex',
    plan: new PlanLimits(false),
    splitsReady: Promise.resolve(),
    log: silentLog,
    clock,
  }
})

/** Requests for minute bars, without those for official closes. */
const minuteRequests = () =>
  client.getBars.mock.calls.map(([request]) => request).filter(({ timeframe }) => timeframe === undefined)

test('the grid is filled before the first message of the stream', async () => {
  const report = await warmUp(deps)
  expect(report.failures).toEqual([])
  for (const symbol of ['AAPL', 'TSLA']) {
    const view = cache.get(symbol)
    expect(view?.quote).toMatchObject({ source: 'rest', receivedAt: TEN_O_CLOCK })
    expect(view?.trade?.source).toBe('rest')
    expect(view?.daily?.day).toBe('2026-11-24')
    expect(view?.previousDaily?.bar.message.close).toBe(98)
    expect(view?.bars.latest(60)).toHaveLength(60)
  }
  expect(filled).toEqual(['AAPL,TSLA', 'AAPL,TSLA', 'AAPL,TSLA'])
})

test('usual traffic is learned from the last sessions, on the stream’s feed', async () => {
  await warmUp(deps)
  expect(profile.knows('AAPL')).toBe(true)
  expect(profile.expectedBetween('AAPL', TEN_O_CLOCK, TEN_O_CLOCK + MINUTE_MS, () => 400)).toBeGreaterThan(1)
  expect(minuteRequests()[0]).toMatchObject({
    feed: 'iex',
    start: Date.parse('2026-11-18T04:00:00-05:00'), // its calendar leaves out the 24th
    end: TEN_O_CLOCK,
  })
})

test('at night the day that has not begun is not learned', async () => {
  clock = new ManualClock(Date.parse('2026-11-24T02:00:00-05:00'))
  client.getCalendar.mockRejectedValue(new AlpacaError('network', 'down')) // by the rules the 24th is a trading day
  await warmUp({ ...deps, clock })
  expect(minuteRequests()[0]?.start).toBe(Date.parse('2026-11-18T04:00:00-05:00'))
})

test('Alpaca’s calendar and clock are used', async () => {
  const report = await warmUp(deps)
  expect(report.knownDays).toMatchObject({ from: '2026-11-23', until: '2026-11-26' })
  expect(report.knownDays?.days.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-25']) // one day is missing
  expect(report.clockOffsetMs).toBe(250)
})

test('a clock that answers slowly is not used', async () => {
  client.getClock.mockImplementation(async () => {
    clock.turnAtOnce(5_000)
    return { timestamp: TEN_O_CLOCK } as MarketClock
  })
  expect((await warmUp(deps)).clockOffsetMs).toBeUndefined()
})

test('failures are reported, and the rest is still there', async () => {
  client.getSnapshots.mockRejectedValue(new AlpacaError('server_error', 'HTTP 500'))
  client.getCalendar.mockRejectedValue(new AlpacaError('timeout', 'No answer within 15 s'))
  const report = await warmUp(deps)
  expect(report.failures).toEqual([
    { step: 'calendar', reason: 'No answer within 15 s', isFinal: false },
    { step: 'snapshots', reason: 'HTTP 500', isFinal: false },
  ])
  expect(report.knownDays).toBeUndefined()
  expect(cache.get('AAPL')?.bars.latest(60)).toHaveLength(60)
})

test('an empty calendar is a failure, not a market that is closed forever', async () => {
  client.getCalendar.mockResolvedValue([])
  const report = await warmUp(deps)
  expect(report.failures).toEqual([{ step: 'calendar', reason: 'The calendar is empty', isFinal: false }])
  expect(report.knownDays).toBeUndefined()
})

test('a long watchlist is requested in parts, and one failed part does not affect the others', async () => {
  const symbols = Array.from({ length: 60 }, (_, index) => `S${index}`)
  client.getBars.mockResolvedValueOnce(new Map()) // official closes of the first part
  client.getBars.mockRejectedValueOnce(new AlpacaError('network', 'down'))
  const { failures } = await warmUp({ ...deps, symbols })
  expect(failures).toEqual([{ step: 'bars', reason: 'down', isFinal: false }])
  expect(minuteRequests()).toHaveLength(3)
  expect(profile.knows('S0')).toBe(false)
  expect(profile.knows('S59')).toBe(true)
})

test('aborting is not logged as a warning', async () => {
  const warnings: unknown[] = []
  const log = { ...silentLog, warn: (facts: unknown) => void warnings.push(facts) }
  client.getClock.mockRejectedValue(new AlpacaError('aborted', 'The call was aborted on its way'))
  await warmUp({ ...deps, log })
  expect(warnings).toEqual([])
  client.getClock.mockRejectedValue(new AlpacaError('network', 'down'))
  await warmUp({ ...deps, log })
  expect(warnings).toEqual([{ step: 'clock', kind: 'network' }])
})

test('a bug is not swallowed', async () => {
  client.getClock.mockRejectedValue(new TypeError('oops'))
  await expect(warmUp(deps)).rejects.toThrow('oops')
})

test('only recent bars are requested from the demo market, which has no sessions to learn from', async () => {
  const report = await warmUp({ ...deps, calendar: undefined })
  expect(report.knownDays).toBeUndefined()
  expect(client.getCalendar).not.toHaveBeenCalled()
  expect(client.getBars.mock.calls[0]?.[0].start).toBe(TEN_O_CLOCK - 90 * MINUTE_MS)
  expect(profile.knows('AAPL')).toBe(false)
})

test('the calendar is requested from days past to days ahead', async () => {
  await warmUp(deps)
  const [request] = client.getCalendar.mock.lastCall ?? []
  expect(request && [request.start < '2026-11-24', request.end > '2026-11-24']).toEqual([true, true])
})

test('every call gets the abort signal', async () => {
  const { signal } = new AbortController()
  await warmUp({ ...deps, signal })
  expect(client.getSnapshots.mock.lastCall?.[1]).toEqual({ signal })
  expect(client.getBars.mock.lastCall?.[1]).toEqual({ signal })
  expect(client.getCalendar.mock.lastCall?.[1]).toEqual({ signal })
  expect(client.getClock.mock.lastCall?.[0]).toEqual({ signal })
})

test('after the stream was down its gap is filled, and failures are reported', async () => {
  expect(await catchUp(deps)).toEqual([])
  expect(cache.getQuote('AAPL')?.message.at).toBe(TEN_O_CLOCK - 1_000)
  expect(cache.get('TSLA')?.bars.latest(60)).toHaveLength(60)
  expect(client.getCalendar).not.toHaveBeenCalled()
  client.getBars.mockRejectedValue(new AlpacaError('network', 'down'))
  expect(await catchUp(deps)).toEqual([{ step: 'bars', reason: 'down', isFinal: false }])
})

const REFUSED = new AlpacaError('forbidden', 'subscription does not permit querying recent SIP data')

test('a plan without real-time rights is asked for bars until 16 minutes ago, and for later ones only once', async () => {
  const sip: WarmUpDeps = { ...deps, feed: 'sip', source: 'sip' }
  client.getBars.mockImplementation(async ({ end }) => {
    if (end > TEN_O_CLOCK - 15 * MINUTE_MS) throw REFUSED
    return new Map()
  })
  expect((await warmUp(sip)).failures).toEqual([])
  expect(minuteRequests().map(({ end }) => end - TEN_O_CLOCK)).toEqual([0, -16 * MINUTE_MS])
  expect(await catchUp(sip)).toEqual([])
  expect(minuteRequests().at(-1)?.end).toBe(TEN_O_CLOCK - 16 * MINUTE_MS)
  expect(minuteRequests()).toHaveLength(3)
})

test('on the delayed feed no later bars are requested at all', async () => {
  await warmUp({ ...deps, feed: 'sip', source: 'delayed_sip', plan: new PlanLimits(true) })
  expect(minuteRequests().map(({ end }) => end)).toEqual([TEN_O_CLOCK - 16 * MINUTE_MS])
})

test('what the plan refuses altogether is final', async () => {
  client.getBars.mockRejectedValue(REFUSED)
  const { failures } = await warmUp(deps)
  expect(failures).toEqual([{ step: 'bars', reason: REFUSED.message, isFinal: true }])
})

test('official closes that the plan does not have are requested once, and their absence is no failure', async () => {
  client.getBars.mockImplementation(async ({ timeframe }) => {
    if (timeframe === '1Day') throw REFUSED
    return new Map()
  })
  expect((await warmUp(deps)).failures).toEqual([])
  expect((await warmUp(deps)).failures).toEqual([])
  const requests = client.getBars.mock.calls.map(([request]) => request)
  expect(requests.filter(({ timeframe }) => timeframe === '1Day')).toHaveLength(1)
})

test('only the steps that failed are repeated', async () => {
  await warmUp(deps, new Set(['snapshots'] as const))
  expect(client.getSnapshots).toHaveBeenCalledTimes(1)
  expect([client.getBars, client.getCalendar, client.getClock].map(({ mock }) => mock.calls.length)).toEqual([
    0, 0, 0,
  ])
})

test('no snapshot is shown before the splits are known, as a change would be wrong', async () => {
  let known: () => void = () => {}
  const splitsReady = new Promise<void>((resolve) => {
    known = resolve
  })
  const done = warmUp({ ...deps, splitsReady }, new Set(['snapshots'] as const))
  await clock.turn(1)
  expect(cache.get('AAPL')?.quote).toBeUndefined()
  known()
  await done
  expect(cache.get('AAPL')?.quote?.source).toBe('rest')
})
