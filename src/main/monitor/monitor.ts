import type { Anomaly, SystemStats } from '#shared/health'
import type { Connection, MarketSession } from '#shared/market'
import { NOT_REPORTED } from '#shared/trading/unknown-account'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Bus, MarketEvents } from '../market/index.ts'
import { nextEpisodes, troublesOf, type Episodes } from './anomalies.ts'
import type { LoopDelay } from './event-loop.ts'
import type { HealthContext } from './health-context.ts'
import { healthOf } from './health.ts'
import { logLine } from './log-line.ts'
import type { Metrics, TrafficStats } from './metrics.ts'

const TICK_MS = 1_000
/** Half a tick less than a minute, because timers drift and the window should be 60 s. */
const LOG_MS = 59_500
/** How many ticks an event-loop delay must last to count; one short freeze does not matter. */
const BUSY_TICKS = 5
/** The first report of the account takes a moment at each start, which says nothing about the health. */
const ACCOUNT_WITHIN_MS = 10_000
const KEPT_ANOMALIES = 100

export interface MonitorDeps {
  readonly metrics: Metrics
  readonly bus: Bus<MarketEvents>
  readonly connection: () => Connection
  /** Number of symbols that the server has confirmed. */
  readonly subscriptions: () => number
  readonly session: () => MarketSession
  /** Watched symbols that are halted now. */
  readonly halts: () => HealthContext['halts']
  /**
   * Bursts and bars expected from the watchlist in from <= t < until; undefined while too little is known
   * about it.
   */
  readonly expected: (
    from: EpochMs,
    until: EpochMs,
  ) => { readonly quotes: number; readonly bars: number } | undefined
  readonly mute: () => string | undefined
  /** Why the server refuses to serve, if retrying cannot help. */
  readonly refused: () => string | undefined
  /** Why prices from before the stream are missing; absent while they are complete. */
  readonly historyProblem: () => string | undefined
  /** Why it is not known what the account holds; undefined once it is. */
  readonly unknownAccount: () => string | undefined
  /** Exchange time minus this machine's; absent until measured. */
  readonly clockOffsetMs: () => number | undefined
  /** Total number of bytes the stream has received. */
  readonly bytes: () => number
  readonly rateLimit: () => SystemStats['rateLimit']
  readonly processes: () => SystemStats['processes']
  readonly loopDelay: LoopDelay
  readonly onStats: (stats: SystemStats) => void
  readonly onAnomaly: (anomaly: Anomaly) => void
  readonly log: Log
  readonly clock: Clock
}

/**
 * Reports once a second: counts, a description of the health, and new anomalies. Once a minute: the plan's
 * log line.
 */
export class Monitor {
  readonly #deps: MonitorDeps
  readonly #clock: Clock
  readonly #anomalies: Anomaly[] = []
  #episodes: Episodes = new Map()
  #sessionSince: EpochMs
  #loopDelay = { p50: 0, p99: 0 }
  #loopDelays: readonly number[] = []
  #logged: {
    readonly at: EpochMs
    readonly stats: TrafficStats
    readonly errors: ReadonlyMap<string, number>
  }

  constructor(deps: MonitorDeps) {
    this.#deps = deps
    this.#clock = deps.clock
    const now = this.#clock.now()
    this.#sessionSince = now
    this.#logged = { at: now, stats: deps.metrics.getStats(now), errors: new Map() }
  }

  /** Starts watching; returns a function that stops it. */
  start(): () => void {
    const { bus, metrics } = this.#deps
    metrics.trackConnection(this.#deps.connection())
    const stops = [
      bus.subscribe('connection', (connection) => metrics.trackConnection(connection)),
      bus.subscribe('session', () => {
        this.#sessionSince = this.#clock.now()
      }),
      this.#clock.every(TICK_MS, () => this.#tick()),
    ]
    return () => stops.forEach((stop) => stop())
  }

  /** All current numbers. */
  stats(): SystemStats {
    const { metrics, subscriptions, rateLimit, processes } = this.#deps
    const now = this.#clock.now()
    const traffic = metrics.getStats(now)
    const limit = rateLimit()
    return {
      at: now,
      ...traffic,
      health: healthOf(this.#context(now, traffic)),
      eventLoopDelay: this.#loopDelay,
      subscriptions: subscriptions(),
      ...(limit !== undefined && { rateLimit: limit }),
      processes: processes(),
    }
  }

  /** Recent anomalies, newest first. */
  anomalies(): readonly Anomaly[] {
    return this.#anomalies
  }

  #tick(): void {
    const { metrics, loopDelay, bytes, onStats, onAnomaly, log } = this.#deps
    const now = this.#clock.now()
    this.#loopDelay = loopDelay.read()
    this.#loopDelays = [...this.#loopDelays, this.#loopDelay.p99].slice(-BUSY_TICKS)
    metrics.trackBytes(bytes(), now)
    onStats(this.stats())
    const step = nextEpisodes(this.#episodes, troublesOf(this.#context(now, metrics.getStats(now))), now)
    this.#episodes = step.episodes
    for (const anomaly of step.news) {
      log[anomaly.severity === 'error' ? 'error' : 'warn']({ kind: anomaly.kind }, anomaly.message)
      this.#anomalies.unshift(anomaly)
      onAnomaly(anomaly)
    }
    this.#anomalies.length = Math.min(this.#anomalies.length, KEPT_ANOMALIES)
    if (now - this.#logged.at >= LOG_MS) this.#writeLogLine(now)
  }

  #writeLogLine(now: EpochMs): void {
    const { metrics, log } = this.#deps
    const stats = metrics.getStats(now)
    log.info({}, logLine(this.#logged.stats, stats, now - this.#logged.at))
    const errors = new Map(metrics.errorsByKind)
    const fresh = [...errors].filter(([kind, count]) => count > (this.#logged.errors.get(kind) ?? 0))
    if (fresh.length > 0) log.warn({ errors: Object.fromEntries(fresh) }, 'Unreadable messages')
    this.#logged = { at: now, stats, errors }
  }

  #context(now: EpochMs, traffic: TrafficStats): HealthContext {
    const { metrics, connection, session, halts, expected, mute, refused } = this.#deps
    const { historyProblem, clockOffsetMs, processes } = this.#deps
    const { quote, bar } = traffic.lastMessageAt
    const quotesDueSince = this.#dueSince(quote)
    const barsDueSince = this.#dueSince(bar)
    const { quotesPerSecond, tradesPerSecond, barsPerMinute } = traffic
    return {
      now,
      session: session(),
      connection: connection(),
      reconnectsLastHour: traffic.reconnectsLastHour,
      quotelessMs: quotesDueSince === undefined ? 0 : now - quotesDueSince,
      barlessMs: barsDueSince === undefined ? 0 : now - barsDueSince,
      expectedQuotes: quotesDueSince === undefined ? undefined : expected(quotesDueSince, now)?.quotes,
      expectedBars: barsDueSince === undefined ? undefined : expected(barsDueSince, now)?.bars,
      mute: mute(),
      refused: refused(),
      historyProblem: historyProblem(),
      unknownAccount: this.#whyAccountUnknown(traffic.uptimeMs),
      halts: halts(),
      medianLatencyMs: clockOffsetMs() === undefined ? undefined : traffic.latency?.p50,
      loopDelayMs: this.#loopDelays.length < BUSY_TICKS ? 0 : Math.min(...this.#loopDelays),
      errorsLastMinute: metrics.errorsLastMinute(now),
      messagesLastMinute: (quotesPerSecond.last60s + tradesPerSecond.last60s) * 60 + barsPerMinute,
      processes: processes(),
    }
  }

  #whyAccountUnknown(uptimeMs: number): string | undefined {
    const why = this.#deps.unknownAccount()
    return why === NOT_REPORTED && uptimeMs < ACCOUNT_WITHIN_MS ? undefined : why
  }

  /**
   * Since when the next message has been expected: only while the connection is up in the regular session.
   */
  #dueSince(lastAt: EpochMs | undefined): EpochMs | undefined {
    const { status, since } = this.#deps.connection()
    if (status !== 'connected' || this.#deps.session().phase !== 'regular') return undefined
    return Math.max(since, this.#sessionSince, lastAt ?? 0)
  }
}
