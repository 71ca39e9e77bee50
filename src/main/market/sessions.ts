import type { ExchangeCalendar } from '#shared/exchange-calendar'
import type { MarketSession } from '#shared/market'
import { systemClock, type Clock } from '#process/clock'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import { exchangeSessionClock, type SessionClock } from './session-clock.ts'

/** Timers may stand still while the machine sleeps, so the clock is looked at this often at least. */
const LONGEST_WAIT_MS = 10_000

export interface SessionsDeps {
  /** The exchange's days, or those of the demo market. */
  readonly initial: SessionClock
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly clock?: Clock
}

/** Follows the exchange's day: tells each change of session, and starts the cache's trading day when one begins. */
export class Sessions {
  readonly #cache: BarCache
  readonly #bus: Bus<MarketEvents>
  readonly #clock: Clock
  #sessionClock: SessionClock
  #told: MarketSession | undefined
  #stopWaiting: (() => void) | undefined

  constructor({ initial, cache, bus, clock = systemClock }: SessionsDeps) {
    this.#sessionClock = initial
    this.#cache = cache
    this.#bus = bus
    this.#clock = clock
  }

  /** The part of the exchange's day that it is now. */
  now(): MarketSession {
    return this.#sessionClock.sessionAt(this.#clock.now())
  }

  /** The days in force, which {@link useCalendar} replaces. */
  get sessionClock(): SessionClock {
    return this.#sessionClock
  }

  /** Takes over better knowledge of the days, such as Alpaca's own calendar. */
  useCalendar(calendar: ExchangeCalendar): void {
    this.#sessionClock = exchangeSessionClock(calendar)
    this.check()
  }

  /** Tells every change from now on; returns the stop. */
  start(): () => void {
    this.check()
    this.#wait()
    return () => this.#stopWaiting?.()
  }

  /** Looks at the clock now, as after the machine slept. */
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
