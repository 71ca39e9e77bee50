import { nyse } from '#shared/exchange-calendar'
import type { Reconciliation } from '#shared/trading/account'
import { NOT_REPORTED, whyAccountUnknown } from '#shared/trading/unknown-account'
import {
  alwaysOpen,
  BarCache,
  ConnectionState,
  createBus,
  exchangeSessionClock,
  FreshnessJudge,
  ListTraffic,
  notConnected,
  probeLatest,
  Sessions,
  TrafficProfile,
  type Bus,
  type MarketEvents,
} from '../market/index.ts'
import { Metrics, MuteWatchdog } from '../monitor/index.ts'
import type { AccountSessionDeps, SessionContext } from './session-context.ts'
import { WatchedSymbols } from './watched-symbols.ts'

/** Creates what the parts of a session share: the state of one market, and how far it can be trusted. */
export function createContext(
  deps: AccountSessionDeps,
  { market, answer }: Pick<SessionContext, 'market' | 'answer'>,
): SessionContext {
  const { mode, symbols, whyClosed, clock, log } = deps
  const isDemo = mode === 'demo'
  const [cache, profile, metrics] = [new BarCache(), new TrafficProfile(), new Metrics(clock.now())]
  let offsetMs: number | undefined
  let historyProblem: string | undefined
  let reconciliation: Reconciliation | undefined
  const clockOffsetMs = () => offsetMs
  const bus = createBus<MarketEvents>((name, cause) => {
    log.error({ err: cause, event: name }, 'A listener failed')
    metrics.trackError('listener failed', clock.now())
  })
  const connection = new ConnectionState({
    initial: {
      ...notConnected(clock.now(), isDemo ? 'connecting' : 'not-configured'),
      ...(whyClosed !== undefined && { problem: whyClosed }),
    },
    bus,
  })
  const initial = isDemo ? alwaysOpen : exchangeSessionClock(nyse)
  const sessions = new Sessions({ initial, cache, bus, clock })
  const sessionClock = () => sessions.sessionClock
  const traffic = new ListTraffic({ cache, profile, sessionClock })
  return {
    ...deps,
    bus,
    cache,
    sessions,
    connection,
    watched: watch(symbols, cache, bus),
    profile,
    traffic,
    judge: new FreshnessJudge({
      cache,
      profile,
      connection: () => connection.now(),
      sessionClock,
      clockOffsetMs,
    }),
    watchdog: new MuteWatchdog({
      connection: () => connection.now(),
      session: () => sessions.now(),
      lastHeardAt: () => traffic.lastHeardAt(),
      expected: (from, until) => traffic.expectedBursts(from, until),
      probe: async () => {
        const client = market()?.client
        return client === undefined ? 'failed' : probeLatest({ client, cache, bus, clock, log })
      },
      reconnect: (reason) => market()?.reconnect(reason),
      clock,
      log,
    }),
    metrics,
    clockOffsetMs,
    learnClockOffset(measuredMs) {
      offsetMs = measuredMs
      metrics.setClockOffset(measuredMs)
    },
    historyProblem: () => historyProblem,
    setHistoryProblem(problem) {
      historyProblem = problem
    },
    unknownAccount: () => (reconciliation === undefined ? NOT_REPORTED : whyAccountUnknown(reconciliation)),
    learnReconciliation(now) {
      reconciliation = now
    },
    market,
    answer,
  }
}

/** The watched symbols. The cache holds exactly these, and each change is published. */
function watch(
  symbols: AccountSessionDeps['symbols'],
  cache: BarCache,
  bus: Bus<MarketEvents>,
): WatchedSymbols {
  cache.watch(symbols)
  return new WatchedSymbols(symbols, (change) => {
    cache.watch(change.symbols)
    bus.publish('watched', change)
  })
}
