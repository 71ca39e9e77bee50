import { formatCount } from '#shared/format/numbers'
import type { SystemStats } from '#shared/health'
import { MINUTE_MS } from '#shared/time'

type Counted = Pick<SystemStats, 'received' | 'errors' | 'connectedForMs'>

/**
 * The plan's log line for the time between two readings a minute apart, such as `[Monitor] Stats (60s
 * window): quotes=8,234 (137/s), bars=25 (25/min), errors=0, uptime=2h34m`. Uptime is the current
 * connection's.
 */
export function logLine(before: Counted, now: Counted, windowMs: number): string {
  const seconds = windowMs / 1_000
  const quotes = now.received.quotes - before.received.quotes
  const bars = now.received.bars - before.received.bars
  return [
    `[Monitor] Stats (${formatCount(seconds)}s window): quotes=${formatCount(quotes)} (${formatCount(quotes / seconds)}/s)`,
    `bars=${formatCount(bars)} (${formatCount((bars / seconds) * 60)}/min)`,
    `errors=${formatCount(now.errors - before.errors)}`,
    `uptime=${uptime(now.connectedForMs ?? 0)}`,
  ].join(', ')
}

/** Hours and minutes, `2h34m`. */
function uptime(elapsedMs: number): string {
  const minutes = Math.floor(elapsedMs / MINUTE_MS)
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`
}
