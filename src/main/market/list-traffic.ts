import type { Halt } from '#shared/market'
import type { EpochMs } from '#shared/units'
import type { BarCache } from './cache.ts'
import type { SessionClock } from './session-clock.ts'
import type { TrafficProfile } from './traffic-profile.ts'

export interface ListTrafficDeps {
  readonly cache: BarCache
  readonly profile: TrafficProfile
  readonly sessionClock: () => SessionClock
}

/** Expected traffic of the whole watchlist over a period. */
export interface DueTraffic {
  /** Ticks, in bursts: whatever comes for one symbol within a second counts once. */
  readonly quotes: number
  /** Minute bars. */
  readonly bars: number
}

/**
 * The watchlist as a whole: when it was last heard from, and its expected traffic. Halted symbols are
 * expected to send nothing.
 */
export class ListTraffic {
  readonly #deps: ListTrafficDeps

  constructor(deps: ListTrafficDeps) {
    this.#deps = deps
  }

  /** When the stream last sent anything for any symbol; undefined before the first time. */
  lastHeardAt(): EpochMs | undefined {
    const { cache } = this.#deps
    const heard = cache.allSymbols().map((symbol) => cache.get(symbol)?.heardAt ?? Number.NEGATIVE_INFINITY)
    const last = Math.max(Number.NEGATIVE_INFINITY, ...heard)
    return last === Number.NEGATIVE_INFINITY ? undefined : last
  }

  halts(): readonly { readonly symbol: string; readonly halt: Halt }[] {
    const { cache } = this.#deps
    return cache.allSymbols().flatMap((symbol) => {
      const halt = cache.get(symbol)?.halt
      return halt === undefined ? [] : [{ symbol, halt }]
    })
  }

  /** Bursts expected in from <= t < until, from the symbols whose traffic is known. */
  expectedBursts(from: EpochMs, until: EpochMs): number {
    return this.#sum((symbol, slotAt) => this.#deps.profile.expectedBetween(symbol, from, until, slotAt))
  }

  /** All traffic expected in from <= t < until; undefined while any symbol's traffic is unknown. */
  due(from: EpochMs, until: EpochMs): DueTraffic | undefined {
    const { profile } = this.#deps
    if (!this.#trading().every((symbol) => profile.knows(symbol))) return undefined
    return {
      quotes: this.expectedBursts(from, until),
      bars: this.#sum((symbol, slotAt) => profile.expectedBars(symbol, from, until, slotAt)),
    }
  }

  #trading(): readonly string[] {
    const { cache } = this.#deps
    return cache.allSymbols().filter((symbol) => cache.get(symbol)?.halt === undefined)
  }

  #sum(amount: (symbol: string, slotAt: SessionClock['slotAt']) => number): number {
    const { slotAt } = this.#deps.sessionClock()
    return this.#trading().reduce((sum, symbol) => sum + amount(symbol, slotAt), 0)
  }
}
