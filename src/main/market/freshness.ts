import type { Connection, MarketSession } from '#shared/market'
import type { Freshness, Provenance } from '#shared/provenance'
import type { EpochMs } from '#shared/units'
import type { BarCache } from './cache.ts'
import { currentPrice } from './price.ts'
import { isFetched } from './received.ts'
import type { SessionClock } from './session-clock.ts'
import { chanceOfSilence } from './silence.ts'
import type { SymbolView } from './symbol-state.ts'
import type { TrafficProfile } from './traffic-profile.ts'

const LIVE_MS = 2_000
const AGEING_MS = 5_000
/**
 * A price fetched this shortly before the stream came up counts as confirmed: at startup both are under way.
 */
const FETCHED_BEFORE_MS = 10_000
/** How long the stream may take to deliver what REST already shows. */
const GRACE_MS = 2_000
/** A silence less likely than this is not attributed to chance. */
const UNLIKELY = 1e-3
/** How much a single symbol's traffic varies from one minute to the next, see {@link chanceOfSilence}. */
const STEADINESS = 3

/** The facts that decide the freshness of one symbol's price. */
export interface FreshnessContext {
  readonly now: EpochMs
  /** Provenance of the price; absent while there is none. */
  readonly origin: Provenance | undefined
  /** When the stream last sent anything for the symbol, and the newest timestamp it gave. */
  readonly heardAt: EpochMs | undefined
  readonly heardStamp: EpochMs | undefined
  /** When a REST answer last confirmed the price. */
  readonly fetchedAt: EpochMs | undefined
  /** The price is from before the symbol was watched again, and not confirmed since. */
  readonly isLeftOver: boolean
  readonly connection: Pick<Connection, 'status' | 'since'>
  readonly phase: MarketSession['phase']
  readonly halted: boolean
  /** Bursts expected from the symbol since it was last heard from on this connection. */
  readonly expected: number
  /** Exchange time minus this machine's; absent until measured. */
  readonly clockOffsetMs: number | undefined
}

/**
 * Whether a price can be trusted. Old does not mean stale: a price holds until the next one, so it is stale
 * only if a newer one should have come, if it arrives late, or if it has not been confirmed since the feed
 * was down.
 */
export function freshnessOf(context: FreshnessContext): Freshness {
  const { origin, isLeftOver, connection, phase, halted, expected } = context
  if (origin === undefined) return 'waiting'
  if (connection.status !== 'connected') return 'disconnected'
  const isUnconfirmed = isLeftOver || confirmedAt(context, origin) < connection.since - FETCHED_BEFORE_MS
  const age = ageOf(context, origin)
  // Overnight only some feeds have prices, of some symbols: for the others the market is closed.
  if (phase === 'closed' || (phase === 'overnight' && age >= AGEING_MS))
    return isUnconfirmed ? 'stale' : 'closed'
  if (age < LIVE_MS) return 'live'
  if (age < AGEING_MS) return 'ageing'
  if (isUnconfirmed || arrivesLate(context) || isKeptBack(context, origin)) return 'stale'
  if (halted) return 'quiet'
  return chanceOfSilence(expected, STEADINESS) < UNLIKELY ? 'stale' : 'quiet'
}

/** When the price was last known to be the newest. */
const confirmedAt = ({ heardAt, fetchedAt }: FreshnessContext, origin: Provenance): EpochMs =>
  Math.max(heardAt ?? 0, fetchedAt ?? 0, origin.receivedAt)

/**
 * Age of the newest data on the symbol: since it arrived or, if longer, since the exchange timestamped it.
 * The timestamp counts only with a measured clock, because many computers are seconds off; for a fetched
 * price there is only the timestamp.
 */
function ageOf({ now, heardAt, heardStamp, clockOffsetMs }: FreshnessContext, origin: Provenance): number {
  if (heardAt === undefined || heardStamp === undefined) {
    return isFetched(origin) ? now + (clockOffsetMs ?? 0) - origin.at : now - origin.receivedAt
  }
  const sinceArrival = now - heardAt
  return clockOffsetMs === undefined ? sinceArrival : Math.max(sinceArrival, now + clockOffsetMs - heardStamp)
}

/** Whether the stream is sending data for the symbol, but data that is seconds old. */
const arrivesLate = ({ now, heardAt, heardStamp, clockOffsetMs }: FreshnessContext): boolean =>
  heardAt !== undefined &&
  heardStamp !== undefined &&
  clockOffsetMs !== undefined &&
  now - heardAt < AGEING_MS &&
  heardAt + clockOffsetMs - heardStamp >= AGEING_MS

/**
 * Whether REST shows a newer price than the stream, which sent data for the symbol earlier on this connection
 * but no longer does.
 */
const isKeptBack = (
  { now, heardAt, heardStamp, connection }: FreshnessContext,
  origin: Provenance,
): boolean =>
  isFetched(origin) &&
  heardAt !== undefined &&
  heardStamp !== undefined &&
  heardAt >= connection.since &&
  origin.at > heardStamp + GRACE_MS &&
  now - origin.receivedAt >= GRACE_MS

export interface FreshnessJudgeDeps {
  readonly cache: BarCache
  readonly profile: TrafficProfile
  readonly connection: () => Pick<Connection, 'status' | 'since'>
  readonly sessionClock: () => SessionClock
  /** Exchange time minus this machine's; absent until measured. */
  readonly clockOffsetMs: () => number | undefined
}

/** Judges the freshness of any symbol's price at any time. */
export class FreshnessJudge {
  readonly #deps: FreshnessJudgeDeps

  constructor(deps: FreshnessJudgeDeps) {
    this.#deps = deps
  }

  freshness(symbol: string, now: EpochMs): Freshness {
    const { cache, connection, sessionClock, clockOffsetMs } = this.#deps
    const view = cache.get(symbol)
    if (view === undefined) return 'waiting'
    return freshnessOf({
      now,
      origin: currentPrice(view)?.origin,
      heardAt: view.heardAt,
      heardStamp: view.heardStamp,
      fetchedAt: view.fetchedAt,
      isLeftOver: view.isLeftOver,
      connection: connection(),
      phase: sessionClock().sessionAt(now).phase,
      halted: view.halt !== undefined,
      expected: this.expected(symbol, now),
      clockOffsetMs: clockOffsetMs(),
    })
  }

  /** Bursts expected from the symbol between its last data and now, in market time. */
  expected(symbol: string, now: EpochMs): number {
    const { cache, profile, sessionClock } = this.#deps
    const view = cache.get(symbol)
    if (view === undefined) return 0
    const from = this.#listenedSince(view, now)
    return profile.expectedBetween(symbol, from, now, (at) => sessionClock().slotAt(at))
  }

  /** When the symbol last had data; on a new connection or day without any yet, when that began. */
  #listenedSince({ heardAt, fetchedAt }: SymbolView, now: EpochMs): EpochMs {
    const { connection, sessionClock } = this.#deps
    const dayStart = sessionClock().dayStartAt(now)
    return Math.max(heardAt ?? 0, fetchedAt ?? 0, connection().since, dayStart ?? 0)
  }
}
