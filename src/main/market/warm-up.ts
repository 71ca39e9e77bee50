import {
  calendarWith,
  exchangeDayOf,
  type ExchangeCalendar,
  type KnownDays,
  type TradingDay,
} from '#shared/exchange-calendar'
import type { Feed } from '#shared/settings'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { AlpacaError, type AlpacaClient } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import { measureClock } from './exchange-time.ts'
import { fillBars, fillSnapshot } from './fill.ts'
import { toKnownDays } from './known-days.ts'
import type { MarketEvents } from './market-events.ts'
import type { TrafficProfile } from './traffic-profile.ts'

/** Calendar days to request: enough for the sessions below, and for the holidays ahead. */
const DAYS_BACK = 14
const DAYS_AHEAD = 60
/** Sessions from which usual traffic is learned, including today's so far. */
const SESSIONS = 4
/** History to request in the demo market, which has no sessions: a sparkline and its reserve. */
const SPARKLINE_MS = 90 * MINUTE_MS
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
  readonly bus: Bus<MarketEvents>
  /** The exchange's calendar as known so far; undefined in the demo market, which never closes. */
  readonly calendar: ExchangeCalendar | undefined
  readonly symbols: readonly string[]
  /** The stream's feed: volumes and trade counts of two feeds are not comparable. */
  readonly feed: Feed
  readonly log: Log
  readonly clock: Clock
  readonly signal?: AbortSignal
}

/** A step that failed, and why; the other steps completed. */
export interface WarmUpFailure {
  readonly step: 'calendar' | 'clock' | 'snapshots' | 'bars'
  readonly reason: string
}

export interface WarmUpReport {
  /** The days in Alpaca's calendar; absent if it was not requested or not received. */
  readonly knownDays?: KnownDays
  /** Exchange time minus this machine's; absent if it could not be measured. */
  readonly clockOffsetMs?: number
  readonly failures: readonly WarmUpFailure[]
}

/**
 * Fills the cache before the first message of the stream: last prices, the day so far, sparklines, usual
 * traffic, the calendar and the clock. Steps are independent; a failure is logged and reported, and the rest
 * is kept.
 */
export async function warmUp(deps: WarmUpDeps): Promise<WarmUpReport> {
  const failures: WarmUpFailure[] = []
  const attempt = attempts(deps.log, failures)
  const [knownDays, clockOffsetMs] = await Promise.all([
    deps.calendar && attempt('calendar', () => fetchKnownDays(deps)),
    attempt('clock', () => measureClock(deps.client, deps.clock, deps.signal)),
    attempt('snapshots', () => fillSnapshots(deps)),
  ])
  const calendar = knownDays ? calendarWith(knownDays) : deps.calendar
  for (const symbols of inChunks(deps.symbols))
    await attempt('bars', () => fillHistory({ ...deps, symbols }, calendar))
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

async function fillSnapshots({ client, cache, bus, symbols, signal, clock }: FillDeps): Promise<void> {
  const snapshots = await client.getSnapshots(symbols, withSignal(signal))
  const receivedAt = clock.now()
  for (const snapshot of snapshots.values()) fillSnapshot(cache, snapshot, receivedAt)
  bus.publish('filled', { symbols: [...snapshots.keys()] })
}

/**
 * Fetches bars of the last sessions and today so far: the newest for the sparkline, all for the usual
 * traffic.
 */
async function fillHistory(deps: WarmUpDeps, calendar: ExchangeCalendar | undefined): Promise<void> {
  if (calendar === undefined) return fillRecentBars(deps)
  const { client, profile, symbols, feed, signal, clock } = deps
  const now = clock.now()
  const days = lastDays(calendar, now)
  const start = days[0]?.preOpen ?? now - SPARKLINE_MS
  const bars = await client.getBars({ symbols, start, end: now, feed }, withSignal(signal))
  for (const symbol of symbols) fillBars(deps.cache, symbol, bars.get(symbol) ?? [], clock.now())
  deps.bus.publish('filled', { symbols })
  await deps.profileReady
  for (const symbol of symbols)
    for (const day of days) profile.learnSession(symbol, day, bars.get(symbol) ?? [], now)
}

async function fillRecentBars({ client, cache, bus, symbols, feed, signal, clock }: FillDeps): Promise<void> {
  const now = clock.now()
  const bars = await client.getBars(
    { symbols, start: now - SPARKLINE_MS, end: now, feed },
    withSignal(signal),
  )
  for (const [symbol, found] of bars) fillBars(cache, symbol, found, clock.now())
  bus.publish('filled', { symbols })
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
      failures.push({ step, reason: cause.message })
      return undefined
    }
  }
}
