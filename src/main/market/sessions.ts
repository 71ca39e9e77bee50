import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { MarketSession } from '#shared/market'
import type { ExchangeDay } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import { exchangeSessionClock, type SessionClock } from './session-clock.ts'

/** Maximum time between two looks at the clock: timers may stop while the machine sleeps. */
const LONGEST_WAIT_MS = 10_000

export interface SessionsDeps {
  /** The exchange's schedule, or the demo market's. */
  readonly initial: SessionClock
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly clock: Clock
}

/**
 * Follows the exchange's day: publishes each change of session, and starts the cache's trading day when one
 * begins.
 */
export class Sessions {
  readonly #cache: BarCache
  readonly #bus: Bus<MarketEvents>
  readonly #clock: Clock
  #sessionClock: SessionClock
  #told: MarketSession | undefined
  #stopWaiting: (() => void) | undefined

  constructor({ initial, cache, bus, clock }: SessionsDeps) {
    this.#sessionClock = initial
    this.#cache = cache
    this.#bus = bus
    this.#clock = clock
  }

  /** The current session. */
  now(): MarketSession {
    return this.#sessionClock.sessionAt(this.#clock.now())
  }

  /** The trading day whose prices are on the screen; undefined if days never end. */
  get marketDay(): ExchangeDay | undefined {
    return this.#sessionClock.marketDayAt(this.#clock.now())
  }

  /** The schedule in use, which {@link useCalendar} replaces. */
  get sessionClock(): SessionClock {
    return this.#sessionClock
  }

  /** Replaces the schedule with a better one, such as Alpaca's own calendar. */
  useCalendar(calendar: ExchangeCalendar): void {
    this.#sessionClock = exchangeSessionClock(calendar)
    this.check()
  }

  /** Starts publishing changes; returns a function that stops it. */
  start(): () => void {
    this.check()
    this.#wait()
    return () => this.#stopWaiting?.()
  }

  /** Checks the clock now, for example after the machine slept. */
  check(): void {
    const at = this.#clock.now()
    const session = this.#sessionClock.sessionAt(at)
    const told = this.#told
    if (told?.phase === session.phase && told.day === session.day && told.until === session.until) return
    this.#told = session
    this.#cache.startDay(this.#sessionClock.marketDayAt(at))
    this.#bus.publish('session', session)
  }

  #wait(): void {
    const { until } = this.now()
    const left = until === undefined ? LONGEST_WAIT_MS : Math.max(0, until - this.#clock.now())
    this.#stopWaiting = this.#clock.after(Math.min(left, LONGEST_WAIT_MS), () => {
      this.check()
      this.#wait()
    })
  }
}
