import { exchangeDayOf } from '#shared/exchange-calendar'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import {
  haltOn,
  minuteBar,
  pricePath,
  splitFactor,
  type SimBar,
  type SimFeed,
  type Listing,
  type PathOfDay,
  type PlannedHalt,
  type PricePath,
} from '../generator/index.ts'

/** One symbol's whole day as the generator planned it, on one feed. */
export interface DayTape {
  readonly path: PathOfDay
  readonly halt: PlannedHalt | undefined
  readonly splitFactor: number
  /** By minute from midnight in New York; a hole where nobody traded. */
  readonly byMinute: readonly (SimBar | undefined)[]
  /** The same without the holes. */
  readonly bars: readonly SimBar[]
}

/** Today and yesterday are read with every quote; each takes about 300 kB. */
const KEPT_PRESENT_DAYS = 600
/** Past days are read once, one after another. */
const KEPT_PAST_DAYS = 8

/** Generates days and caches the most recently used ones. */
export class DayTapes {
  readonly #seed: number
  readonly #openFrom: EpochMs
  readonly #now: () => EpochMs
  readonly #paths = new Map<string, PricePath>()
  readonly #present = new Map<string, DayTape>()
  #presentFrom: ExchangeDay = ''
  readonly #past = new Map<string, DayTape>()
  /** The day last read for each symbol, which is usually the next one needed as well. */
  readonly #last = { sip: new Map<string, DayTape>(), iex: new Map<string, DayTape>() }

  /** From `openFrom` on, the market never closes. */
  constructor(seed: number, openFrom: EpochMs, now: () => EpochMs) {
    this.#seed = seed
    this.#openFrom = openFrom
    this.#now = now
  }

  of(listing: Listing, day: ExchangeDay, feed: SimFeed): DayTape {
    const last = this.#last[feed].get(listing.symbol)
    if (last?.path.day === day) return last
    const tape = this.#find(listing, day, feed)
    this.#last[feed].set(listing.symbol, tape)
    return tape
  }

  #find(listing: Listing, day: ExchangeDay, feed: SimFeed): DayTape {
    const yesterday = exchangeDayOf(this.#now() - DAY_MS)
    const isPresent = day >= yesterday
    if (isPresent) this.#dropBefore(yesterday)
    const [kept, size] = isPresent ? [this.#present, KEPT_PRESENT_DAYS] : [this.#past, KEPT_PAST_DAYS]
    const key = `${listing.symbol} ${feed} ${day}`
    const known = kept.get(key)
    const tape = known ?? this.#make(listing, day, feed)
    if (known !== undefined) kept.delete(key)
    else if (kept.size >= size) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, tape)
    return tape
  }

  /** Days that were present once would never be pushed out: a market that runs for weeks has few symbols. */
  #dropBefore(yesterday: ExchangeDay): void {
    if (this.#presentFrom === yesterday) return
    this.#presentFrom = yesterday
    for (const [key, { path }] of this.#present) if (path.day < yesterday) this.#present.delete(key)
  }

  #pathOf(listing: Listing): PricePath {
    const known = this.#paths.get(listing.symbol)
    const path = known ?? pricePath(listing, this.#seed)
    if (known === undefined) this.#paths.set(listing.symbol, path)
    return path
  }

  #make(listing: Listing, day: ExchangeDay, feed: SimFeed): DayTape {
    const path = this.#pathOf(listing).onDay(day)
    const halt = haltOn(path, listing)
    const factor = splitFactor(listing.symbol, day)
    const byMinute: (SimBar | undefined)[] = []
    for (let minute = 0; minute < path.minutes; minute++) {
      const at = path.start + minute * MINUTE_MS
      const halted = halt !== undefined && halt.from <= at && at < halt.until
      const open = at >= this.#openFrom
      byMinute.push(
        halted ? undefined : minuteBar({ path, listing, feed, minute, splitFactor: factor, open }),
      )
    }
    const bars = byMinute.filter((bar) => bar !== undefined)
    return { path, halt, splitFactor: factor, byMinute, bars }
  }
}
