import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'

const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 600_000
/** How long a stream must speak to count as well again. */
const HEALTHY_MS = MINUTE_MS

/**
 * How soon a mute stream may be dialled anew: at once, then after 30, 60, 120 ... 600 s, for dialling again and again
 * costs the connection slot and helps nobody while the fault is Alpaca's.
 */
export class ReconnectBackoff {
  #tries = 0
  #allowedAt = Number.NEGATIVE_INFINITY
  #speakingSince: EpochMs | undefined

  /** 0 when it may be dialled now, which then counts as done; else how long to wait, ms. */
  nextWait(now: EpochMs): number {
    this.#speakingSince = undefined
    if (now < this.#allowedAt) return this.#allowedAt - now
    this.#allowedAt = now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#tries)
    this.#tries++
    return 0
  }

  /** The stream spoke. A minute of speech forgets the tries. */
  heard(at: EpochMs): void {
    this.#speakingSince ??= at
    if (at - this.#speakingSince < HEALTHY_MS) return
    this.#tries = 0
    this.#allowedAt = Number.NEGATIVE_INFINITY
  }
}
