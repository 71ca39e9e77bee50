/**
 * The market as Signal knows it: stream handler, cache, event bus, sessions, freshness, rows for the windows.
 */
export { createBus, type Bus } from './bus.ts'
export { BarCache } from './cache.ts'
export { confirmStale } from './confirm-stale.ts'
export { notConnected } from './next-connection.ts'
export { RowPublisher } from './row-publisher.ts'
export { ListTraffic } from './list-traffic.ts'
export { ConnectionState } from './connection-state.ts'
export type { MarketEvents, ReceivedBar } from './market-events.ts'
export { PlanLimits } from './plan-limits.ts'
export { probeLatest } from './probe.ts'
export { marketRow, toBar } from './row.ts'
export { alwaysOpen, exchangeSessionClock } from './session-clock.ts'
export { Sessions } from './sessions.ts'
export { chanceOfSilence } from './silence.ts'
export { StreamHandler, type Meter } from './stream-handler.ts'
export { observeTraffic } from './traffic-observer.ts'
export { storedTraffic, type StoredTraffic } from './symbol-traffic.ts'
export { splitsOf, type Split } from './splits.ts'
export { TrafficProfile } from './traffic-profile.ts'
export { FreshnessJudge } from './freshness.ts'
export {
  catchUp,
  warmUp,
  type WarmUpClient,
  type WarmUpFailure,
  type WarmUpReport,
  type WarmUpStep,
} from './warm-up.ts'
