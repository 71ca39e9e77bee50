/**
 * The market as Signal knows it: stream handler, cache, event bus, sessions, freshness, rows for the windows.
 */
export { createBus, type Bus } from './bus.ts'
export { BarCache } from './cache.ts'
export { confirmStale, type ConfirmStaleDeps } from './confirm-stale.ts'
export { notConnected } from './next-connection.ts'
export { RowPublisher, type RowPublisherDeps } from './row-publisher.ts'
export { ListTraffic, type DueTraffic } from './list-traffic.ts'
export { ConnectionState, type ConnectionStateDeps } from './connection-state.ts'
export type { HaltChange, MarketEvents, ReceivedBar } from './market-events.ts'
export { probeLatest, type ProbeDeps } from './probe.ts'
export type { Received } from './received.ts'
export { marketRow, toBar } from './row.ts'
export { alwaysOpen, exchangeSessionClock, SLOTS, type SessionClock } from './session-clock.ts'
export { Sessions, type SessionsDeps } from './sessions.ts'
export { chanceOfSilence } from './silence.ts'
export { StreamHandler, type Meter, type StreamHandlerDeps } from './stream-handler.ts'
export type { SymbolView } from './symbol-state.ts'
export { observeTraffic, type TrafficObserverDeps } from './traffic-observer.ts'
export { storedTraffic } from './symbol-traffic.ts'
export { TrafficProfile } from './traffic-profile.ts'
export { FreshnessJudge, type FreshnessJudgeDeps } from './freshness.ts'
export {
  catchUp,
  warmUp,
  type WarmUpClient,
  type WarmUpFailure,
  type WarmUpDeps,
  type WarmUpReport,
} from './warm-up.ts'
