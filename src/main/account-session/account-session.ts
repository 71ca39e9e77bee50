import type { Anomaly, SystemStats } from '#shared/health'
import { nyse, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { MarketSnapshot, SignalEmitter } from '#shared/ipc/contract'
import type { Connection, MarketRow } from '#shared/market'
import type { Source } from '#shared/provenance'
import type { Mode } from '#shared/settings'
import type { EpochMs, StockSymbol } from '#shared/units'
import { TradeUpdatesStream, type AlpacaConfig, type Asset, type ConnectionMessage } from '#alpaca'
import { systemClock, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import {
  alwaysOpen,
  BarCache,
  confirmStale,
  createBus,
  describeProblem,
  exchangeSessionClock,
  RowPublisher,
  ConnectionState,
  ListTraffic,
  marketRow,
  notConnected,
  observeTraffic,
  probeLatest,
  Sessions,
  StreamHandler,
  TrafficProfile,
  FreshnessJudge,
  type MarketEvents,
  type ReceivedBar,
} from '../market/index.ts'
import { Metrics, Monitor, MuteWatchdog, type LoopDelay } from '../monitor/index.ts'
import {
  ExecutionEngine,
  withoutTrading,
  type EventLog,
  type MarketView,
  type TradingHandlers,
  type OrderNotice,
} from '../execution/index.ts'
import { MarketHistory } from './market-history.ts'
import { MarketConnection, sourceOf } from './market-connection.ts'
import { WatchedSymbols } from './watched-symbols.ts'

export interface AccountSessionDeps {
  /** Whose money is traded here. */
  readonly mode: Mode
  readonly symbols: readonly StockSymbol[]
  readonly throttleMs: number
  /** Whether any window can be seen. */
  readonly isVisible: boolean
  readonly emit: Pick<SignalEmitter, 'market' | 'monitor' | 'trading' | 'audit'>
  /** The event log of the mode. */
  readonly eventLog: EventLog
  readonly onAnomaly: (anomaly: Anomaly) => void
  readonly onOrderNotice: (notice: OrderNotice) => void
  /** Each minute bar of the stream, and its corrections. */
  readonly onBar: (bar: ReceivedBar) => void
  readonly processes: () => SystemStats['processes']
  readonly loopDelay: LoopDelay
  /** By which orders and safeguards are timed; the machine's where it is absent. */
  readonly clock?: Clock
  readonly log: Log
}

/**
 * Everything that belongs to one market: its cache, sessions, feed and monitor, and the connection to it once it is made.
 * Changing the market means closing this session and opening another, so that nothing of one stands beside the other.
 */
export class AccountSession {
  readonly #deps: AccountSessionDeps
  readonly #bus
  readonly #cache = new BarCache()
  readonly #profile = new TrafficProfile()
  readonly #metrics = new Metrics(Date.now())
  readonly #link: ConnectionState
  readonly #sessions: Sessions
  readonly #traffic: ListTraffic
  readonly #truth: FreshnessJudge
  readonly #feed: RowPublisher
  readonly #watchdog: MuteWatchdog
  readonly #monitor: Monitor
  readonly #stops: (() => void)[] = []
  readonly #watched: WatchedSymbols
  #trading: ExecutionEngine | undefined
  #line: MarketConnection | undefined
  #history: MarketHistory | undefined
  #refused: string | undefined
  /** The stream was lost, or could not be had, since what came by REST. */
  #wasAway = false
  #assets: readonly Asset[] | undefined
  #clockOffsetMs: number | undefined

  constructor(deps: AccountSessionDeps) {
    const { mode, symbols, throttleMs, emit, log } = deps
    const isDemo = mode === 'demo'
    this.#deps = deps
    this.#watched = new WatchedSymbols(symbols)
    this.#bus = createBus<MarketEvents>((name, cause) => {
      log.error({ err: cause, event: name }, 'A listener failed')
      this.#metrics.trackError('listener failed', Date.now())
    })
    const [bus, cache, profile] = [this.#bus, this.#cache, this.#profile]
    cache.watch(symbols)
    const connection = (): Connection => this.#link.now()
    const sessionClock = () => this.#sessions.sessionClock
    const clockOffsetMs = () => this.#clockOffsetMs
    this.#link = new ConnectionState({
      initial: notConnected(Date.now(), isDemo ? 'connecting' : 'not-configured'),
      bus,
      subscribed: () => this.#line?.subscribed ?? 0,
    })
    this.#sessions = new Sessions({ initial: isDemo ? alwaysOpen : exchangeSessionClock(nyse), cache, bus })
    this.#truth = new FreshnessJudge({ cache, profile, connection, sessionClock, clockOffsetMs })
    this.#traffic = new ListTraffic({ cache, profile, sessionClock })
    this.#feed = new RowPublisher({
      symbols,
      cache,
      bus,
      throttleMs,
      freshness: (symbol, now) => this.#truth.freshness(symbol, now),
      sendRows: (rows) => emit.market.changes(rows),
      sendSparklines: (sparklines) => emit.market.sparklines(sparklines),
    })
    this.#watchdog = new MuteWatchdog({
      bus,
      connection,
      session: () => this.#sessions.now(),
      lastHeardAt: () => this.#traffic.lastHeardAt(),
      expected: (from, until) => this.#traffic.expectedBursts(from, until),
      probe: () => this.#probe(),
      reconnect: (reason) => this.#line?.reconnect(reason),
      log,
    })
    this.#monitor = this.#createMonitor(connection, clockOffsetMs)
    this.#start(sessionClock)
  }

  #createMonitor(connection: () => Connection, clockOffsetMs: () => number | undefined): Monitor {
    const { emit, onAnomaly, processes, loopDelay, log } = this.#deps
    return new Monitor({
      metrics: this.#metrics,
      bus: this.#bus,
      connection,
      subscriptions: () => this.#line?.subscribed ?? 0,
      session: () => this.#sessions.now(),
      halts: () => this.#traffic.halts(),
      expected: (from, until) => this.#traffic.due(from, until),
      mute: () => this.#watchdog.mute,
      refused: () => this.#refused,
      clockOffsetMs,
      bytes: () => this.#line?.bytes ?? 0,
      rateLimit: () => this.#line?.rateLimit,
      processes,
      loopDelay,
      onStats: (stats) => emit.monitor.statsChanged(stats),
      onAnomaly: (anomaly) => {
        emit.monitor.anomaly(anomaly)
        onAnomaly(anomaly)
      },
      log,
    })
  }

  #start(sessionClock: () => Sessions['sessionClock']): void {
    const { emit, isVisible, onBar } = this.#deps
    const trustedSince = () => {
      const { status, since } = this.#link.now()
      return status === 'connected' && !this.#watchdog.isBeyondChance ? since : undefined
    }
    this.#stops.push(
      this.#feed.start(),
      this.#sessions.start(),
      this.#monitor.start(),
      this.#watchdog.start(),
      observeTraffic({
        cache: this.#cache,
        profile: this.#profile,
        sessionClock,
        trustedSince,
        isStale: (symbol, now) => this.#isStale(symbol, now),
      }),
      this.#bus.subscribe('bar', onBar),
      this.#bus.subscribe('connection', (connection) => emit.market.connection(connection)),
      this.#bus.subscribe('session', (session) => emit.market.session(session)),
    )
    this.#feed.setVisible(isVisible)
  }

  /** Dials a market, once: fills the cache by REST while the stream connects. */
  connect(config: AlpacaConfig): void {
    const { mode, log } = this.#deps
    const isDemo = mode === 'demo'
    const source: Source = isDemo ? 'demo' : sourceOf(config)
    const [cache, bus, meter] = [this.#cache, this.#bus, this.#metrics]
    const handler = new StreamHandler({ cache, bus, meter, source, log })
    this.#line = new MarketConnection({
      config,
      symbols: this.#watched.all,
      handler,
      onConnection: (message) => this.#connectionChanged(message),
      onMalformed: (kind, at) => meter.trackError(kind, at),
      log,
    })
    const { client, feed } = this.#line
    const calendar: ExchangeCalendar | undefined = isDemo ? undefined : nyse
    const { values } = this.#deps.eventLog
    this.#history = new MarketHistory({
      client,
      feed,
      calendar,
      cache,
      bus,
      profile: this.#profile,
      values,
      log,
    })
    this.#history.onLearned(({ calendar: known, clockOffsetMs }) => {
      if (known) this.#sessions.useCalendar(known)
      if (clockOffsetMs === undefined) return
      this.#clockOffsetMs = clockOffsetMs
      meter.setClockOffset(clockOffsetMs)
    })
    this.#stops.push(
      confirmStale({
        client,
        cache,
        bus,
        isStale: (symbol, now) => this.#isStale(symbol, now),
        lastHeardAt: () => this.#traffic.lastHeardAt(),
        log,
      }),
    )
    void this.#history.warmUp(this.#watched.all)
    this.#trading = this.#openTrading(config, client)
  }

  #connectionChanged(message: ConnectionMessage): void {
    this.#refused = message.problem?.fatal === true ? describeProblem(message.problem) : undefined
    this.#link.handle(message)
    if (message.status === 'disconnected') this.#wasAway = true
    if (this.#link.now().status !== 'connected' || !this.#wasAway) return
    this.#wasAway = false
    void this.#history?.catchUp(this.#watched.all)
  }

  /** Whose money is traded here. */
  get mode(): Mode {
    return this.#deps.mode
  }

  /** All that a window needs for its first frame. */
  snapshot(): MarketSnapshot {
    return { ...this.#feed.snapshot(), connection: this.#link.now(), session: this.#sessions.now() }
  }

  stats(): SystemStats {
    return this.#monitor.stats()
  }

  /** What went wrong lately, newest first. */
  anomalies(): readonly Anomaly[] {
    return this.#monitor.anomalies()
  }

  /** Everything that can be traded, fetched once; nothing while there is no market. */
  async assets(): Promise<readonly Asset[]> {
    this.#assets ??= (await this.#line?.client.getAssets()) ?? undefined
    return this.#assets ?? []
  }

  /** Replaces the watch list. */
  watch(symbols: readonly StockSymbol[]): void {
    this.#rewatch(() => this.#watched.setList(symbols))
  }

  /** Wants rows of these symbols too, since a window shows them. */
  follow(symbols: readonly StockSymbol[]): void {
    this.#rewatch(() => this.#watched.show(symbols))
  }

  #rewatch(change: () => void): void {
    const before = new Set(this.#watched.all)
    change()
    const symbols = this.#watched.all
    const added = symbols.filter((symbol) => !before.has(symbol))
    if (added.length === 0 && symbols.length === before.size) return
    this.#cache.watch(symbols)
    this.#feed.watch(symbols)
    this.#line?.watch(symbols)
    if (added.length > 0) void this.#history?.warmUp(added)
  }

  setThrottle(throttleMs: number): void {
    this.#feed.setThrottle(throttleMs)
  }

  setVisible(isVisible: boolean): void {
    this.#feed.setVisible(isVisible)
  }

  /** Hangs up and dials anew: the machine woke or changed its network. */
  refresh(reason: string): void {
    this.#sessions.check()
    this.#watchdog.refresh(reason)
    this.#trading?.refresh(reason)
  }

  /** Hangs up and dials anew because the trader asked for it. */
  redial(): void {
    const reason = 'asked for by the trader'
    this.#sessions.check()
    this.#watchdog.redial(reason)
    this.#trading?.refresh(reason)
  }

  /** Hangs up and ends everything; nothing is told afterwards. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.#history?.stop()
    await Promise.all([this.#line?.close(), this.#trading?.close()])
  }

  /** Answers the contract's calls about trading; without a market each says why nothing can be sent. */
  get tradingHandlers(): TradingHandlers {
    return this.#trading?.handlers ?? withoutTrading(this.#deps.mode)
  }

  #openTrading(config: AlpacaConfig, client: MarketConnection['client']): ExecutionEngine {
    const { mode, eventLog, emit, onOrderNotice, clock = systemClock, log } = this.#deps
    const market: MarketView = {
      row: (symbol) => this.#row(symbol),
      session: () => this.#sessions.now(),
      feed: () => ({
        isConnected: this.#link.now().status === 'connected',
        isMute: this.#watchdog.mute !== undefined,
      }),
      follow: (symbols) => this.#rewatch(() => this.#watched.setHeld(symbols)),
      assets: () => this.assets(),
    }
    const trading = new ExecutionEngine({
      mode,
      client,
      openUpdates: (handlers) => new TradeUpdatesStream(config, handlers),
      eventLog,
      market,
      onChange: (change) => emit.trading.changed(change),
      onAppended: (events) => emit.audit.appended(events),
      onNotice: onOrderNotice,
      clock,
      log,
    })
    trading.start()
    return trading
  }

  #row(symbol: StockSymbol): MarketRow | undefined {
    const view = this.#cache.get(symbol)
    if (view === undefined) return undefined
    const freshness = this.#truth.freshness(symbol, Date.now())
    return marketRow(symbol, view, this.#cache.day(symbol), freshness)
  }

  #isStale(symbol: string, now: EpochMs): boolean {
    return this.#truth.freshness(symbol, now) === 'stale'
  }

  #probe(): ReturnType<typeof probeLatest> {
    const client = this.#line?.client
    if (!client) return Promise.resolve('failed')
    return probeLatest({ client, cache: this.#cache, bus: this.#bus, log: this.#deps.log })
  }
}
