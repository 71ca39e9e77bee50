import { addDays, midnightOf } from '#shared/calendar/new-york'
import { exchangeDayOf, sessionAt, tradingDay } from '#shared/exchange-calendar'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { Clock } from '../clock.ts'
import {
  beforeLateTrade,
  FAKEPACA,
  FIRST_EXCHANGE_DAY,
  formingBar,
  inventedListing,
  priceWithin,
  rollUp,
  toTick,
  WELL_KNOWN,
  type SimBar,
  type SimFeed,
  type Listing,
} from '../generator/index.ts'
import { DayTapes, type DayTape } from './day-tapes.ts'
import { Interventions, type OrderedHalt } from './interventions.ts'

/** How long after its start a minute's bar includes its late trades. */
const SETTLED_AFTER_MS = 90_000

/** Five years of thirty symbols. */
const KEPT_DAILY_BARS = 40_000

/** A halt in force, and its origin: the day's plan or a manual order. */
export interface HaltInForce extends OrderedHalt {
  readonly ordered: boolean
}

/**
 * The demo exchange at the clock's current time: what is listed, what it costs and what has traded so far.
 * Both the stream and REST read it, so they agree.
 */
export class SimExchange {
  readonly clock: Clock
  /** The market never closes, starting one day before it was launched. */
  readonly alwaysOpen: boolean
  readonly #openFrom: EpochMs
  readonly #listings: ReadonlyMap<string, Listing>
  readonly #tapes: DayTapes
  readonly #interventions = new Interventions()
  readonly #settledDays = new Map<string, SimBar | undefined>()

  constructor(
    clock: Clock,
    { seed, symbols, alwaysOpen }: { seed: number; symbols: readonly string[]; alwaysOpen: boolean },
  ) {
    this.clock = clock
    this.alwaysOpen = alwaysOpen
    const dayAgo = clock.now() - DAY_MS
    this.#openFrom = alwaysOpen ? dayAgo - (dayAgo % MINUTE_MS) : Infinity
    const described = new Map([...WELL_KNOWN, FAKEPACA].map((listing) => [listing.symbol, listing]))
    for (const symbol of symbols) {
      if (!described.has(symbol)) described.set(symbol, inventedListing(symbol))
    }
    this.#listings = described
    this.#tapes = new DayTapes(seed, this.#openFrom, () => clock.now())
  }

  /** Everything that is listed, without the test stream's symbol. */
  listings(): readonly Listing[] {
    return [...this.#listings.values()].filter((listing) => listing !== FAKEPACA)
  }

  listing(symbol: string): Listing | undefined {
    return this.#listings.get(symbol)
  }

  /** Whether anything trades at that time. */
  isOpen(at: EpochMs): boolean {
    return at >= this.#openFrom || sessionAt(at).phase !== 'closed'
  }

  /** Whether it is as busy as New York's regular session. */
  isRegular(at: EpochMs): boolean {
    return at >= this.#openFrom || sessionAt(at).phase === 'regular'
  }

  /** The halt in force for that symbol. */
  haltAt(listing: Listing, at: EpochMs): HaltInForce | undefined {
    const ordered = this.#interventions.haltAt(listing.symbol, at)
    if (ordered !== undefined) return { ...ordered, ordered: true }
    const { halt } = this.#tapes.of(listing, exchangeDayOf(at), 'sip')
    return halt !== undefined && halt.from <= at && at < halt.until ? { ...halt, ordered: false } : undefined
  }

  halt(symbol: string): void {
    this.#interventions.halt(symbol, this.clock.now())
  }

  resume(symbol: string): void {
    this.#interventions.resume(symbol, this.clock.now())
  }

  jump(symbol: string, percent: number): void {
    this.#interventions.jump(symbol, this.clock.now(), percent)
  }

  /** The as-traded price at that time, in whole ticks; it keeps moving while nobody trades. */
  priceAt(listing: Listing, at: EpochMs): number {
    const tape = this.#tapes.of(listing, exchangeDayOf(at), 'sip')
    const minute = Math.floor((at - tape.path.start) / MINUTE_MS)
    const elapsed = (at - tape.path.start) / MINUTE_MS - minute
    const bar = tape.byMinute[minute]
    const factor = this.#interventions.factorAt(listing.symbol, at)
    if (bar !== undefined) return toTick(priceWithin({ path: tape.path, minute }, bar, elapsed) * factor)
    const [from, until] = [tape.path.prices[minute] ?? 0, tape.path.prices[minute + 1] ?? 0]
    return toTick((from + (until - from) * elapsed) * tape.splitFactor * factor)
  }

  /** A day's as-traded minute bars so far, oldest first; the last one may still be forming. */
  minuteBars(listing: Listing, day: ExchangeDay, feed: SimFeed): readonly SimBar[] {
    const now = this.clock.now()
    if (day < FIRST_EXCHANGE_DAY || day > exchangeDayOf(now)) return []
    const tape = this.#tapes.of(listing, day, feed)
    const settled = tape.path.start + tape.path.minutes * MINUTE_MS + SETTLED_AFTER_MS <= now
    if (settled && !this.#interventions.touched(listing.symbol)) return tape.bars
    return tape.bars.map((bar) => this.#asKnown(listing, tape, bar, now)).filter((bar) => bar !== undefined)
  }

  /** The bar of the minute that started then, as known now. */
  minuteBar(listing: Listing, at: EpochMs, feed: SimFeed): SimBar | undefined {
    const tape = this.#tapes.of(listing, exchangeDayOf(at), feed)
    const bar = tape.byMinute[(at - tape.path.start) / MINUTE_MS]
    return bar && this.#asKnown(listing, tape, bar, this.clock.now())
  }

  /** The bar of the minute that started then, if a late trade changed it. */
  barUpdatedByLateTrade(listing: Listing, at: EpochMs, feed: SimFeed): SimBar | undefined {
    const { path } = this.#tapes.of(listing, exchangeDayOf(at), feed)
    const bar = this.minuteBar(listing, at, feed)
    const late = bar && beforeLateTrade({ path, minute: (at - path.start) / MINUTE_MS }, bar)
    return late && bar
  }

  /** The last complete minute bar; searches back across nights, weekends and holidays. */
  latestMinuteBar(listing: Listing, feed: SimFeed): SimBar | undefined {
    const now = this.clock.now()
    for (let day = exchangeDayOf(now), tries = 0; tries < 10; day = addDays(day, -1), tries++) {
      const bars = this.minuteBars(listing, day, feed)
      const complete = bars.filter(({ at }) => at + MINUTE_MS <= now).at(-1)
      if (complete !== undefined) return complete
    }
    return undefined
  }

  /**
   * The day so far by Alpaca's rule: open, high, low and close of the regular session, volume of all
   * sessions; undefined before the first trade that counts. While the market never closes, every minute
   * counts.
   */
  dailyBar(listing: Listing, day: ExchangeDay, feed: SimFeed): SimBar | undefined {
    const key = `${listing.symbol} ${feed} ${day}`
    const past = day < addDays(exchangeDayOf(this.clock.now()), -1)
    if (past && this.#settledDays.has(key)) return this.#settledDays.get(key)
    const bar = this.#dailyBarOf(this.minuteBars(listing, day, feed), day)
    if (past && !this.#interventions.touched(listing.symbol)) {
      if (this.#settledDays.size >= KEPT_DAILY_BARS) this.#settledDays.clear()
      this.#settledDays.set(key, bar)
    }
    return bar
  }

  /** The days on which anything can have traded, from <= day < until, oldest first. */
  *days(from: ExchangeDay, until: ExchangeDay): Generator<ExchangeDay> {
    const openFrom = this.alwaysOpen ? exchangeDayOf(this.#openFrom) : until
    const today = exchangeDayOf(this.clock.now())
    let day = from < FIRST_EXCHANGE_DAY ? FIRST_EXCHANGE_DAY : from
    for (; day < until && day <= today; day = addDays(day, 1)) {
      if (tradingDay(day) !== undefined || day >= openFrom) yield day
    }
  }

  #dailyBarOf(bars: readonly SimBar[], day: ExchangeDay): SimBar | undefined {
    const session = tradingDay(day)
    const counting = bars.filter(
      ({ at }) => at >= this.#openFrom || (session !== undefined && session.open <= at && at < session.close),
    )
    const [first] = counting
    const [prices, all] = [rollUp(counting, first?.at ?? 0), rollUp(bars, first?.at ?? 0)]
    if (prices === undefined || all === undefined) return undefined
    return { ...prices, at: midnightOf(day), volume: all.volume, trades: all.trades }
  }

  #asKnown(listing: Listing, { path }: DayTape, planned: SimBar, now: EpochMs): SimBar | undefined {
    const { symbol } = listing
    const place = { path, minute: (planned.at - path.start) / MINUTE_MS }
    const traded = this.#interventions.tradedShare(symbol, planned.at)
    const elapsed = Math.min((now - planned.at) / MINUTE_MS, traded)
    if (elapsed <= 0) return undefined
    const bar = elapsed < 1 ? formingBar(place, planned, elapsed) : planned
    const settled = now >= planned.at + SETTLED_AFTER_MS
    return this.#interventions.afterJumps(
      symbol,
      settled || elapsed < 1 ? bar : (beforeLateTrade(place, bar) ?? bar),
    )
  }
}
