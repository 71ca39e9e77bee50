/**
 * Whether the feed can be trusted: counts and rates, a description of its health, anomalies, the mute
 * watchdog.
 */
export { watchEventLoop, type LoopDelay } from './event-loop.ts'
export { Metrics } from './metrics.ts'
export { Monitor } from './monitor.ts'
export { MuteWatchdog } from './mute-watchdog.ts'
