import type { EpochMs } from '#shared/units'
import { systemClock, type Clock } from '../clock.ts'
import type { BarCache } from './cache.ts'
import type { SessionClock } from './session-clock.ts'
import type { TrafficProfile } from './traffic-profile.ts'

/** Short, so that the first seconds of a session already teach something. */
const PERIOD_MS = 5_000

export interface TrafficObserverParts {
  readonly cache: BarCache
  readonly profile: TrafficProfile
  readonly sessionClock: () => SessionClock
  /** Since when the stream has been up without a doubt; nothing while it is down or suspected of being mute. */
  readonly trustedSince: () => EpochMs | undefined
  /** Whether the symbol's present silence is held to be a fault, so that it teaches nothing. */
  readonly isStale: (symbol: string, now: EpochMs) => boolean
  readonly clock?: Clock
}

/** Teaches the profile what the stream really brings, every 5 s; returns the stop. */
export function observeTraffic(parts: TrafficObserverParts): () => void {
  const { cache, profile, sessionClock, trustedSince, isStale, clock = systemClock } = parts
  let before = { at: clock.now(), bursts: new Map<string, number>() }

  return clock.every(PERIOD_MS, () => {
    const at = clock.now()
    const slot = sessionClock().slotAt(at)
    const trusted = trustedSince()
    // A stretch with a gap, a sleep or a doubt in it would teach a quiet that was none.
    const teaches = trusted !== undefined && trusted <= before.at && at - before.at < PERIOD_MS * 2
    const bursts = new Map<string, number>()
    for (const symbol of cache.allSymbols()) {
      const view = cache.get(symbol)
      if (view === undefined) continue
      bursts.set(symbol, view.bursts)
      const earlier = before.bursts.get(symbol)
      if (!teaches || slot === undefined || earlier === undefined) continue
      if (view.halt !== undefined || isStale(symbol, at)) continue
      profile.observe(symbol, slot, (at - before.at) / 1_000, view.bursts - earlier)
    }
    before = { at, bursts }
  })
}
