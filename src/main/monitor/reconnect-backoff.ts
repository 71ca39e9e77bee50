import { backoffMs, type Pace } from '#shared/backoff'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'

const PACE: Pace = { firstMs: 30_000, longestMs: 10 * MINUTE_MS }
/** How long a stream must deliver to count as healthy again. */
const HEALTHY_MS = MINUTE_MS

/**
 * When a mute stream may reconnect: immediately, then after 30, 60, 120 ... 600 s, because reconnecting again
 * and again costs the connection slot and does not help while the fault is Alpaca's.
 */
export class ReconnectBackoff {
  #tries = 0
  #allowedAt = Number.NEGATIVE_INFINITY
  #speakingSince: EpochMs | undefined

  /** Returns 0 if it may reconnect now, and counts that as done; otherwise how long to wait, ms. */
  nextWait(now: EpochMs): number {
    this.#speakingSince = undefined
    if (now < this.#allowedAt) return this.#allowedAt - now
    this.#allowedAt = now + backoffMs(PACE, this.#tries)
    this.#tries++
    return 0
  }

  /** The stream delivered something. A minute of data resets the number of tries. */
  heard(at: EpochMs): void {
    this.#speakingSince ??= at
    if (at - this.#speakingSince < HEALTHY_MS) return
    this.#tries = 0
    this.#allowedAt = Number.NEGATIVE_INFINITY
  }
}
