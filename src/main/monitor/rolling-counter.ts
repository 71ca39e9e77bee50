import type { EpochMs } from '#shared/units'

/** Whole seconds to keep, besides the running one. */
const SECONDS = 60
const RING = SECONDS + 1

/** Counts per second over the last minute, in constant time and space. */
export class RollingCounter {
  readonly #counts = new Float64Array(RING)
  #second: number
  readonly #since: number

  /** `startedAt`: counting begins here, so that the rates of the first minute are not diluted. */
  constructor(startedAt: EpochMs) {
    this.#second = Math.floor(startedAt / 1_000)
    this.#since = this.#second
  }

  add(at: EpochMs, amount = 1): void {
    const second = Math.floor(at / 1_000)
    if (second > this.#second) this.#advance(second)
    // A clock that was set back counts into the running second; nothing is lost and nothing counted twice.
    const index = this.#second % RING
    this.#counts[index] = (this.#counts[index] ?? 0) + amount
  }

  /** Count of the last whole second. */
  lastSecond(now: EpochMs): number {
    this.#advance(Math.floor(now / 1_000))
    return this.#second === this.#since ? 0 : (this.#counts[(this.#second - 1) % RING] ?? 0)
  }

  /** Count of the last 60 whole seconds. */
  lastMinute(now: EpochMs): number {
    this.#advance(Math.floor(now / 1_000))
    let sum = 0
    for (const count of this.#counts) sum += count
    return sum - (this.#counts[this.#second % RING] ?? 0)
  }

  /** Average per second over the last 60 whole seconds, or over those since counting began. */
  perSecond(now: EpochMs): number {
    const counted = this.lastMinute(now)
    return counted / Math.max(1, Math.min(SECONDS, this.#second - this.#since))
  }

  /** Empties the seconds in between, at most all of them. */
  #advance(second: number): void {
    for (let next = Math.max(this.#second, second - RING) + 1; next <= second; next++)
      this.#counts[next % RING] = 0
    this.#second = Math.max(this.#second, second)
  }
}
