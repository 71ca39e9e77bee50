import { SECOND_MS } from '#shared/time'
import { nyse } from '../../src/shared/exchange-calendar.ts'
import type { Connection, MarketSession } from '../../src/shared/market.ts'
import type { MarketDataMessage, QuoteMessage } from '#alpaca'
import { silentLog } from '#process/log'
import {
  BarCache,
  confirmStale,
  createBus,
  exchangeSessionClock,
  ListTraffic,
  observeTraffic,
  probeLatest,
  StreamHandler,
  TrafficProfile,
  FreshnessJudge,
  type MarketEvents,
} from '../../src/main/market/index.ts'
import { Metrics, MuteWatchdog } from '../../src/main/monitor/index.ts'
import { ManualClock } from './manual-clock.ts'
import { arrivalOf } from './replayed-market.ts'

/** How long it takes until a probe and the watchdog's grace period after it are settled at the latest. */
const PROBE_MS = 10_000

/** How the replayed Alpaca answers the probe. */
export type ProbeBehavior = 'answers' | 'fails'

/** The market and monitor modules wired as in the app, fed from a replayed stream that can be muted. */
export class ReplayedApp {
  readonly clock: ManualClock
  readonly cache = new BarCache()
  readonly truth: FreshnessJudge
  readonly watchdog: MuteWatchdog
  readonly reconnects: { readonly at: number; readonly reason: string }[] = []
  probes = 0
  /** While true, the stream is connected and delivers nothing. */
  isMuted = false
  /** A symbol whose messages the stream withholds. */
  mutedSymbol: string | undefined
  readonly #handler: StreamHandler
  readonly #stops: (() => void)[]
  readonly #latestQuotes = new Map<string, QuoteMessage>()
  #connection: Connection
  #promisesUntil = 0

  constructor(symbols: readonly string[], profile: TrafficProfile, startAt: number, probe: ProbeBehavior) {
    this.clock = new ManualClock(startAt)
    const bus = createBus<MarketEvents>((_name, cause) => {
      throw cause
    })
    this.cache.watch(symbols)
    this.#connection = { status: 'connected', since: startAt }
    const sessionClock = exchangeSessionClock(nyse)
    const deps = { cache: this.cache, profile, sessionClock: () => sessionClock }
    const traffic = new ListTraffic(deps)
    const connection = (): Connection => this.#connection
    this.truth = new FreshnessJudge({ ...deps, connection, clockOffsetMs: () => 0 })
    const metrics = new Metrics(startAt)
    this.#handler = new StreamHandler({
      cache: this.cache,
      bus,
      meter: metrics,
      source: 'iex',
      log: silentLog,
    })
    const client = {
      getLatestQuotes: async () => this.#answer(probe),
    }
    const rest = { client, cache: this.cache, bus, log: silentLog, clock: this.clock }
    const lastHeardAt = () => traffic.lastHeardAt()
    this.watchdog = new MuteWatchdog({
      connection,
      session: (): MarketSession => sessionClock.sessionAt(this.clock.now()),
      lastHeardAt,
      expected: (from, until) => traffic.expectedBursts(from, until),
      probe: () => {
        this.probes++
        return probeLatest(rest)
      },
      reconnect: (reason) => this.#reconnect(reason),
      log: silentLog,
      clock: this.clock,
    })
    const isStale = (symbol: string, now: number) => this.truth.freshness(symbol, now) === 'stale'
    const trustedSince = () => (this.watchdog.isBeyondChance ? undefined : this.#connection.since)
    this.#stops = [
      this.watchdog.start(),
      observeTraffic({ ...deps, trustedSince, isStale, clock: this.clock }),
      confirmStale({ ...rest, isStale, lastHeardAt }),
    ]
  }

  /**
   * Advances time from message to message and delivers each, unless the stream is mute. REST has every
   * message either way. `step` runs after each message.
   */
  async play(stream: Iterable<MarketDataMessage>, step: () => void = () => {}): Promise<void> {
    for (const message of stream) {
      const wait = arrivalOf(message) - this.clock.now()
      if (wait > 0 && this.clock.now() + wait < this.#promisesUntil) await this.clock.turn(wait)
      else if (wait > 0) await this.#turnAtOnce(wait)
      if (message.type === 'quote') this.#latestQuotes.set(message.symbol, message)
      const isKeptBack = this.isMuted || message.symbol === this.mutedSymbol
      if (!isKeptBack) this.#handler.handle(message, this.clock.now())
      step()
    }
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  /** Advances time, waiting for promises only during a probe: that wait takes most of a replay's time. */
  async #turnAtOnce(elapsedMs: number): Promise<void> {
    const until = this.clock.now() + elapsedMs
    while (this.clock.now() < until && this.clock.now() >= this.#promisesUntil)
      this.clock.turnAtOnce(Math.min(SECOND_MS, until - this.clock.now()))
    if (this.clock.now() < until) await this.clock.turn(until - this.clock.now())
  }

  #reconnect(reason: string): void {
    const at = this.clock.now()
    this.reconnects.push({ at, reason })
    this.#connection = { ...this.#connection, since: at }
  }

  async #answer(probe: ProbeBehavior): Promise<ReadonlyMap<string, QuoteMessage>> {
    this.#promisesUntil = this.clock.now() + PROBE_MS
    await new Promise<void>((resolve) => this.clock.after(300, resolve))
    if (probe === 'fails') throw new Error('no answer')
    return new Map(this.#latestQuotes)
  }
}
