import { MINUTE_MS } from '#shared/time'
import type { Clock } from '../clock.ts'

/** Counts requests per minute as Alpaca does and reports them in its headers. */
export class RequestBudget {
  readonly #clock: Clock
  #minute = 0
  #used = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Takes one request from this minute's budget; returns whether one was left, and the headers that say so.
   */
  take(perMinute: number): { readonly allowed: boolean; readonly headers: Readonly<Record<string, string>> } {
    const minute = Math.floor(this.#clock.now() / MINUTE_MS)
    if (minute !== this.#minute) [this.#minute, this.#used] = [minute, 0]
    const allowed = this.#used < perMinute
    if (allowed) this.#used++
    return {
      allowed,
      headers: {
        'X-RateLimit-Limit': String(perMinute),
        'X-RateLimit-Remaining': String(perMinute - this.#used),
        'X-RateLimit-Reset': String((minute + 1) * 60),
      },
    }
  }
}
