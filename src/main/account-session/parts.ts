import { exchangeDayOf, nyse } from '#shared/exchange-calendar'
import { ok } from '#shared/result'
import { forWindow } from '#shared/trading/audit'
import type { StockSymbol } from '#shared/units'
import { foreignHosts, TradeUpdatesStream } from '#alpaca'
import { ExecutionEngine, type MarketView } from '../execution/index.ts'
import { confirmStale, marketRow, observeTraffic, PlanLimits, RowPublisher } from '../market/index.ts'
import { Monitor } from '../monitor/index.ts'
import { CorporateActions } from './corporate-actions.ts'
import { KeptTraffic } from './kept-traffic.ts'
import { sourceOf } from './market-connection.ts'
import { MarketHistory } from './market-history.ts'
import {
  isStaleIn,
  type ConnectedPart,
  type SessionContext,
  type SessionPart,
  type Stop,
} from './session-context.ts'

const followSessions: SessionPart = ({ sessions, bus }) =>
  all(
    sessions.start(),
    bus.subscribe('refresh', () => sessions.check()),
  )

/** Sends rows and sparklines to the windows, and answers their calls about the market. */
const publishRows: SessionPart = (context) => {
  const { bus, cache, clock, connection, emit, judge, sessions, throttleMs, watched } = context
  const publisher = new RowPublisher({
    symbols: watched.all,
    cache,
    bus,
    throttleMs,
    freshness: (symbol, now) => judge.freshness(symbol, now),
    sendRows: (rows) => emit.market.changes(rows),
    sendSparklines: (sparklines) => emit.market.sparklines(sparklines),
    clock,
  })
  context.answer('market', {
    snapshot: () => ok({ ...publisher.snapshot(), connection: connection.now(), session: sessions.now() }),
    follow: (symbols) => ok(watched.show(symbols)),
    reconnect: () => ok(bus.publish('refresh', { reason: 'asked for by the trader', isAsked: true })),
  })
  return all(
    publisher.start(),
    bus.subscribe('watched', ({ symbols }) => publisher.watch(symbols)),
    bus.subscribe('view', (view) => {
      publisher.setThrottle(view.throttleMs)
      publisher.setVisible(view.isVisible)
    }),
  )
}

/** Sends the windows the connection and the exchange's session: their current state, then each change. */
const tellWindows: SessionPart = ({ bus, connection, emit, sessions }) => {
  emit.market.connection(connection.now())
  emit.market.session(sessions.now())
  return all(
    bus.subscribe('connection', (now) => emit.market.connection(now)),
    bus.subscribe('session', (now) => emit.market.session(now)),
  )
}

const runMonitor: SessionPart = (context) => {
  const { bus, clock, connection, emit, market, metrics, sessions, traffic, watchdog } = context
  const { clockOffsetMs, historyProblem, loopDelay, processes, log, unknownAccount } = context
  const monitor = new Monitor({
    metrics,
    bus,
    connection: () => connection.now(),
    subscriptions: () => market()?.subscribed ?? 0,
    session: () => sessions.now(),
    halts: () => traffic.halts(),
    expected: (from, until) => traffic.due(from, until),
    mute: () => watchdog.mute,
    refused: () => connection.refused,
    historyProblem,
    unknownAccount,
    clockOffsetMs,
    bytes: () => market()?.bytes ?? 0,
    rateLimit: () => market()?.rateLimit,
    processes,
    loopDelay,
    onStats: (stats) => emit.monitor.statsChanged(stats),
    onAnomaly: (anomaly) => {
      emit.monitor.anomaly(anomaly)
      context.onAnomaly(anomaly)
    },
    clock,
    log,
  })
  context.answer('monitor', {
    stats: () => ok(monitor.stats()),
    anomalies: () => ok(monitor.anomalies()),
  })
  return monitor.start()
}

const watchForMute: SessionPart = ({ bus, watchdog }) =>
  all(
    watchdog.start(),
    bus.subscribe('refresh', ({ reason, isAsked }) =>
      isAsked ? watchdog.redial(reason) : watchdog.refresh(reason),
    ),
  )

const learnTraffic: SessionPart = (context) => {
  const { cache, clock, connection, profile, sessions, watchdog } = context
  return observeTraffic({
    cache,
    profile,
    sessionClock: () => sessions.sessionClock,
    trustedSince() {
      const { status, since } = connection.now()
      return status === 'connected' && !watchdog.isBeyondChance ? since : undefined
    },
    isStale: isStaleIn(context),
    clock,
  })
}

const storeBars: SessionPart = ({ bus, onBar }) => bus.subscribe('bar', onBar)

/** Keeps the stream subscribed to exactly the watched symbols. */
const watchStream: ConnectedPart = ({ bus, connected }) => {
  const stop = bus.subscribe('watched', ({ symbols }) => connected.watch(symbols))
  return () => {
    stop()
    return connected.close()
  }
}

/** Fetches what the stream did not carry, and stores across restarts what is learned. */
const fetchHistory: ConnectedPart = (context) => {
  const { bus, cache, clock, config, connected, eventLog, log, mode, profile, sessions, watched } = context
  const { client, feed } = connected
  const foreign = mode === 'demo' ? undefined : foreignHosts(config)[0]
  // What a foreign host says of the exchange's days is not kept for a session with Alpaca.
  const values =
    foreign === undefined ? eventLog.values : { ...eventLog.values, keep: async () => ok(undefined) }
  const calendar = mode === 'demo' ? undefined : nyse
  const traffic = { values: eventLog.values, feed: foreign ?? feed }
  const kept = new KeptTraffic({ ...traffic, profile, cache, clock, log })
  const profileReady = kept.recall()
  const today = () => sessions.marketDay ?? exchangeDayOf(clock.now())
  const store = context.corporateActions
  const actions = new CorporateActions({ client, store, cache, bus, today, clock, log })
  const history = new MarketHistory({
    client,
    feed,
    source: mode === 'demo' ? 'demo' : sourceOf(config),
    plan: new PlanLimits(config.feed === 'delayed_sip'),
    calendar,
    cache,
    bus,
    profile,
    profileReady,
    splitsReady: actions.start(watched.all),
    values,
    clock,
    log,
    onLearned({ calendar: known, clockOffsetMs }) {
      if (known) sessions.useCalendar(known)
      if (clockOffsetMs !== undefined) context.learnClockOffset(clockOffsetMs)
    },
    onProblem: context.setHistoryProblem,
  })
  void history.warmUp(watched.all)
  let day = today()
  let wasAway = false
  return all(
    bus.subscribe('watched', ({ added }) => {
      if (added.length === 0) return
      void actions.refresh(added)
      void history.warmUp(added)
    }),
    bus.subscribe('session', () => {
      if (today() === day) return
      day = today()
      actions.newDay(watched.all)
      void history.newDay(watched.all)
    }),
    bus.subscribe('connection', ({ status, retryAt }) => {
      if (status === 'disconnected' || retryAt !== undefined) wasAway = true
      if (status !== 'connected' || !wasAway) return
      wasAway = false
      void history.catchUp(watched.all)
    }),
    () => actions.stop(),
    () => history.stop(),
    kept.start(),
  )
}

const confirmStalePrices: ConnectedPart = (context) => {
  const { bus, cache, clock, connected, log, traffic } = context
  const { client } = connected
  return confirmStale({
    client,
    cache,
    bus,
    isStale: isStaleIn(context),
    lastHeardAt: () => traffic.lastHeardAt(),
    clock,
    log,
  })
}

const trade: ConnectedPart = (context) => {
  const { bus, clock, concerns, config, connected, emit, eventLog, log, mode, onOrderNotice, safety } =
    context
  const engine = new ExecutionEngine({
    mode,
    client: connected.client,
    openUpdates: (handlers) => new TradeUpdatesStream(config, handlers, { clock: () => clock.now() }),
    eventLog,
    safety,
    concerns,
    market: marketView(context),
    onChange: (change) => {
      const { reconciliation } = change
      if (reconciliation !== undefined) context.learnReconciliation(reconciliation)
      emit.trading.changed(change)
    },
    onAppended: (events) => emit.audit.appended(events.map(forWindow)),
    onNoticed: (notice) => emit.trading.noticed(notice),
    onNotice: onOrderNotice,
    clock,
    log,
  })
  engine.start()
  context.answer('trading', engine.handlers)
  const stop = bus.subscribe('refresh', ({ reason }) => engine.refresh(reason))
  return () => {
    stop()
    return engine.close()
  }
}

/** Trading's view of the market: the same rows that the windows show. */
const marketView = ({
  cache,
  clock,
  connection,
  judge,
  market,
  sessions,
  watchdog,
  watched,
}: SessionContext): MarketView => ({
  row(symbol: StockSymbol) {
    const view = cache.get(symbol)
    return view && marketRow(symbol, view, cache.day(symbol), judge.freshness(symbol, clock.now()))
  },
  session: () => sessions.now(),
  feed: () => ({
    isConnected: connection.now().status === 'connected',
    isMute: watchdog.mute !== undefined,
  }),
  follow: (symbols) => watched.setHeld(symbols),
  assets: async () => (await market()?.assets()) ?? [],
})

/** One stop for all of the given ones. */
const all =
  (...stops: readonly Stop[]): Stop =>
  async () => {
    await Promise.all(stops.map(async (stop) => stop()))
  }

/** Parts that live as long as an account session. A new part is one entry here and touches no other. */
export const SESSION_PARTS: readonly SessionPart[] = [
  publishRows,
  followSessions,
  runMonitor,
  watchForMute,
  learnTraffic,
  storeBars,
  tellWindows,
]

/** Parts that live as long as the connected account. */
export const CONNECTED_PARTS: readonly ConnectedPart[] = [
  watchStream,
  fetchHistory,
  confirmStalePrices,
  trade,
]
