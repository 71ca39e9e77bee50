import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import type { BarCache } from './cache.ts'
import { spreadShare } from './quote.ts'
import type { SessionClock } from './session-clock.ts'
import type { TrafficProfile } from './traffic-profile.ts'

/** Short, so that the first seconds of a session already count. */
const PERIOD_MS = 5_000

export interface TrafficObserverDeps {
  readonly cache: BarCache
  readonly profile: TrafficProfile
  readonly sessionClock: () => SessionClock
  /**
   * Since when the stream has been up without suspicion; undefined while it is down or suspected of being
   * mute.
   */
  readonly trustedSince: () => EpochMs | undefined
  /** Whether the symbol's current silence is judged to be a fault, so that it is not learned. */
  readonly isStale: (symbol: string, now: EpochMs) => boolean
  readonly clock: Clock
}

/** A silence is learned once it has ended; an ongoing one is learned in parts of this length. */
const LONGEST_SILENCE_S = 600

/** Traffic of a symbol that was observed but not yet learned. */
interface ObservedTraffic {
  /** The cache's count at the last check. */
  readonly bursts: number
  /** How long it has been silent since its last burst, or since that silence was learned. */
  readonly silentSeconds: number
  /** The silence is judged to be a fault. */
  readonly isDoubted: boolean
}

/** One check of a symbol: its count of bursts, when, and how long after the previous check. */
interface TrafficSample {
  readonly bursts: number
  readonly at: EpochMs
  readonly slot: number
  readonly seconds: number
}

/**
 * Records the stream's actual traffic and spreads in the profile, every 5 s, and tells the cache how wide a quote
 * may be; returns a function that stops it. Spreads count by how long they stand. A silence
 * is recorded once the symbol has ticked again: until then it may be quiet or a fault, and a fault must not
 * become the normal case.
 */
export function observeTraffic(deps: TrafficObserverDeps): () => void {
  const { cache, profile, sessionClock, trustedSince, isStale, clock } = deps
  let sampledAt = clock.now()
  let observed = new Map<string, ObservedTraffic>()

  function teach(
    symbol: string,
    before: ObservedTraffic,
    { bursts, at, slot, seconds }: TrafficSample,
  ): ObservedTraffic {
    if (bursts > before.bursts) {
      const taught = before.isDoubted ? seconds : before.silentSeconds + seconds
      profile.observe(symbol, slot, taught, bursts - before.bursts)
      return startingFrom(bursts)
    }
    const silentSeconds = before.silentSeconds + seconds
    const isDoubted = isStale(symbol, at)
    if (isDoubted || silentSeconds < LONGEST_SILENCE_S) return { bursts, silentSeconds, isDoubted }
    profile.observe(symbol, slot, silentSeconds, 0)
    return startingFrom(bursts)
  }

  return clock.every(PERIOD_MS, () => {
    const at = clock.now()
    const [before, trusted, slot] = [sampledAt, trustedSince(), sessionClock().slotAt(at)]
    sampledAt = at
    // An interval with a gap, sleep or suspicion in it would be learned as quiet although it was not.
    const isWhole = trusted !== undefined && trusted <= before && at - before < PERIOD_MS * 2
    const next = new Map<string, ObservedTraffic>()
    for (const symbol of cache.allSymbols()) {
      const { bursts = 0, halt, quote } = cache.get(symbol) ?? {}
      const earlier = observed.get(symbol)
      const teaches = isWhole && slot !== undefined && halt === undefined && earlier !== undefined
      const sample = { bursts, at, seconds: (at - before) / 1_000 }
      next.set(symbol, teaches ? teach(symbol, earlier, { ...sample, slot }) : startingFrom(bursts))
      const spread = quote && spreadShare(quote.message)
      if (teaches && spread !== undefined) profile.observeSpread(symbol, slot, spread)
      cache.setWidestSpread(symbol, profile.widestSpread(symbol, slot))
    }
    observed = next
  })
}

const startingFrom = (bursts: number): ObservedTraffic => ({ bursts, silentSeconds: 0, isDoubted: false })
