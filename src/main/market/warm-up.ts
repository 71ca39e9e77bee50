import { midnightOf } from '#shared/calendar/new-york'
import {
  calendarWith,
  exchangeDayOf,
  type ExchangeCalendar,
  type KnownDays,
  type TradingDay,
} from '#shared/exchange-calendar'
import { isForeign, type Source } from '#shared/provenance'
import type { Feed } from '#shared/settings'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { AlpacaError, type AlpacaClient } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import { measureClock } from './exchange-time.ts'
import { fillBars, fillOfficialClose, fillSnapshot } from './fill.ts'
import { toKnownDays } from './known-days.ts'
import type { MarketEvents } from './market-events.ts'
import type { PlanLimits } from './plan-limits.ts'
import { exchangeSessionClock } from './session-clock.ts'
import type { TrafficProfile } from './traffic-profile.ts'

/** Calendar days to request: enough for the sessions below, and for the holidays ahead. */
const DAYS_BACK = 14
const DAYS_AHEAD = 60
/** Sessions from which usual traffic is learned, including today's so far. */
const SESSIONS = 4
/** History to request in the demo market, which has no sessions: a sparkline and its reserve. */
const SPARKLINE_MS = 90 * MINUTE_MS
/** Calendar days to look back for the last official close, of a stock that does not trade every day. */
const CLOSE_DAYS = 14
/** Symbols per request: limits memory use, and the cost of one failure. */
const SYMBOLS_AT_ONCE = 25

/** The calls of AlpacaClient that the warm-up needs. */
export type WarmUpClient = Pick<AlpacaClient, 'getSnapshots' | 'getBars' | 'getCalendar' | 'getClock'>

export interface WarmUpDeps {
  readonly client: WarmUpClient
  readonly cache: BarCache
  readonly profile: TrafficProfile
  /** Resolves once the stored traffic is in the profile, on top of which sessions are learned. */
  readonly profileReady: Promise<void>
  /** Resolves once splits are in the cache, or are known to be unavailable: before, no change would be true. */
  readonly splitsReady: Promise<void>
  readonly bus: Bus<MarketEvents>
  /** The exchange's calendar as known so far; undefined in the demo market, which never closes. */
  readonly calendar: ExchangeCalendar | undefined
  readonly symbols: readonly string[]
  /** The stream's feed: volumes and trade counts of two feeds are not comparable. */
  readonly feed: Feed
  /** The stream's name on the screen. */
  readonly source: Source
  readonly plan: PlanLimits
  readonly log: Log
  readonly clock: Clock
  readonly signal?: AbortSignal
}

/** What is fetched, each apart from the others. */
export type WarmUpStep = 'calendar' | 'clock' | 'snapshots' | 'bars' | 'closes'

/** A step that failed, and why; the other steps completed. */
export interface WarmUpFailure {
  readonly step: WarmUpStep
  readonly reason: string
  /** Alpaca refused it for these keys or this plan, so that trying again cannot help. */
  readonly isFinal: boolean
}

export interface WarmUpReport {
  /** The days in Alpaca's calendar; absent if it was not requested or not received. */
  readonly knownDays?: KnownDays
  /** Exchange time minus this machine's; absent if it could not be measured. */
  readonly clockOffsetMs?: number
  readonly failures: readonly WarmUpFailure[]
}

/**
 * Fills the cache before the first message of the stream: last prices, the day so far, official closes,
 * sparklines, usual traffic, the calendar and the clock. Steps are independent; a failure is logged and reported,
 * and the rest is kept. `only`: the steps to repeat, all if absent.
 */
export async function warmUp(deps: WarmUpDeps, only?: ReadonlySet<WarmUpStep>): Promise<WarmUpReport> {
  const failures: WarmUpFailure[] = []
  const run = attempts(deps.log, failures)
  const attempt = async <T>(step: WarmUpStep, work: () => Promise<T>): Promise<T | undefined> =>
    only === undefined || only.has(step) ? run(step, work) : undefined
  const [knownDays, clockOffsetMs] = await Promise.all([
    deps.calendar && attempt('calendar', () => fetchKnownDays(deps)),
    attempt('clock', () => measureClock(deps.client, deps.clock, deps.signal)),
    attempt('snapshots', () => fillSnapshots(deps)),
  ])
  const calendar = knownDays ? calendarWith(knownDays) : deps.calendar
  for (const symbols of inChunks(deps.symbols)) {
    if (calendar) await attempt('closes', () => fillOfficialCloses({ ...deps, symbols }, calendar))
    await attempt('bars', () => fillHistory({ ...deps, symbols }, calendar))
  }
  return {
    ...(knownDays !== undefined && { knownDays }),
    ...(clockOffsetMs !== undefined && { clockOffsetMs }),
    failures,
  }
}

/** Catches up after the stream was down: last prices and the bars that were missed. */
export async function catchUp(
  deps: Omit<WarmUpDeps, 'profile' | 'profileReady' | 'calendar'>,
): Promise<readonly WarmUpFailure[]> {
  const failures: WarmUpFailure[] = []
  const attempt = attempts(deps.log, failures)
  await attempt('snapshots', () => fillSnapshots(deps))
  for (const symbols of inChunks(deps.symbols))
    await attempt('bars', () => fillRecentBars({ ...deps, symbols }))
  return failures
}

type FillDeps = Omit<WarmUpDeps, 'profile' | 'profileReady' | 'calendar'>

async function fillSnapshots(deps: FillDeps): Promise<void> {
  const { client, cache, bus, symbols, source, splitsReady, signal, clock } = deps
  const [snapshots] = await Promise.all([client.getSnapshots(symbols, withSignal(signal)), splitsReady])
  const receivedAt = clock.now()
  for (const snapshot of snapshots.values()) fillSnapshot(cache, snapshot, source, receivedAt)
  bus.publish('filled', { symbols: [...snapshots.keys()] })
}

/**
 * Fetches the official closes of the day before the market's, which one exchange's trades do not give. A stream of
 * the consolidated tape has them in its snapshots.
 */
async function fillOfficialCloses(deps: WarmUpDeps, calendar: ExchangeCalendar): Promise<void> {
  const { client, cache, bus, symbols, feed, source, plan, signal, clock } = deps
  const today = exchangeSessionClock(calendar).marketDayAt(clock.now())
  if (feed !== 'iex' || today === undefined) return
  const end = midnightOf(calendar.previousTradingDay(today).day)
  const request = { symbols, timeframe: '1Day', start: end - CLOSE_DAYS * DAY_MS, end, feed: 'sip' } as const
  const bars = await plan.official(() => client.getBars(request, withSignal(signal)))
  if (bars === undefined) return
  const closes = isForeign(source) ? source : 'sip'
  for (const [symbol, found] of bars) fillOfficialClose(cache, symbol, found, closes, clock.now())
  bus.publish('filled', { symbols })
}

/**
 * Fetches bars of the last sessions and today so far: the newest for the sparkline, all for the usual
 * traffic.
 */
async function fillHistory(deps: WarmUpDeps, calendar: ExchangeCalendar | undefined): Promise<void> {
  if (calendar === undefined) return fillRecentBars(deps)
  const { profile, symbols, clock } = deps
  const now = clock.now()
  const days = lastDays(calendar, now)
  const { bars, end } = await fetchBars(deps, days[0]?.preOpen ?? now - SPARKLINE_MS)
  for (const symbol of symbols) fillBars(deps.cache, symbol, bars.get(symbol) ?? [], clock.now())
  deps.bus.publish('filled', { symbols })
  await deps.profileReady
  for (const symbol of symbols)
    for (const day of days) profile.learnSession(symbol, day, bars.get(symbol) ?? [], end)
}

async function fillRecentBars(deps: FillDeps): Promise<void> {
  const { cache, bus, symbols, clock } = deps
  const { bars } = await fetchBars(deps, clock.now() - SPARKLINE_MS)
  for (const [symbol, found] of bars) fillBars(cache, symbol, found, clock.now())
  bus.publish('filled', { symbols })
}

/** Fetches bars from `start` to as late as the plan allows. */
async function fetchBars({ client, symbols, feed, plan, signal, clock }: FillDeps, start: EpochMs) {
  return plan.upToNow(feed, clock.now(), async (end) => ({
    bars: await client.getBars({ symbols, start, end, feed }, withSignal(signal)),
    end,
  }))
}

async function fetchKnownDays({ client, signal, clock }: WarmUpDeps): Promise<KnownDays> {
  const start = exchangeDayOf(clock.now() - DAYS_BACK * DAY_MS)
  const end = exchangeDayOf(clock.now() + DAYS_AHEAD * DAY_MS)
  const known = toKnownDays(await client.getCalendar({ start, end }, withSignal(signal)))
  if (known === undefined) throw new AlpacaError('invalid_response', 'The calendar is empty')
  return known
}

/** The sessions to learn from, oldest first: the last few, and the one that has begun. */
const lastDays = (calendar: ExchangeCalendar, now: EpochMs): readonly TradingDay[] =>
  calendar
    .tradingDaysBetween(exchangeDayOf(now - DAYS_BACK * DAY_MS), exchangeDayOf(now + DAY_MS))
    .filter(({ preOpen }) => preOpen <= now)
    .slice(-SESSIONS)

function* inChunks(symbols: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < symbols.length; from += SYMBOLS_AT_ONCE)
    yield symbols.slice(from, from + SYMBOLS_AT_ONCE)
}

const withSignal = (signal: AbortSignal | undefined): { readonly signal?: AbortSignal } =>
  signal === undefined ? {} : { signal }

/** Runs a step; failures of Alpaca or the network are reported, bugs are thrown. */
function attempts(log: Log, failures: WarmUpFailure[]) {
  return async <T>(step: WarmUpFailure['step'], run: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await run()
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      const level = cause.kind === 'aborted' ? 'debug' : 'warn' // aborted because the session is closing
      log[level]({ step, kind: cause.kind }, `Could not fetch ${step}: ${cause.message}`)
      const isFinal = cause.kind === 'forbidden' || cause.kind === 'unauthorized'
      failures.push({ step, reason: cause.message, isFinal })
      return undefined
    }
  }
}
