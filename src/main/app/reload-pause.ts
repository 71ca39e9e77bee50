import { backoffMs, type Pace } from '#shared/backoff'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'

const PACE: Pace = { firstMs: 500, longestMs: 30_000 }
/** A window that ran this long counts as healthy: its next crash is a first one again. */
const SOUND_AFTER_MS = MINUTE_MS

/**
 * How long to wait before reloading a window that crashed, ms: not at all at first, then longer and longer.
 */
export function createReloadPause(): (crashedAt: EpochMs) => number {
  let last = Number.NEGATIVE_INFINITY
  let inARow = 0
  return (crashedAt) => {
    inARow = crashedAt - last > SOUND_AFTER_MS ? 0 : inARow + 1
    last = crashedAt
    return inARow === 0 ? 0 : backoffMs(PACE, inARow - 1)
  }
}
