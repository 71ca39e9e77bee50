import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'

/** An armed account lapses when nothing was traded for so long. */
const IDLE_MS = 30 * MINUTE_MS

/** Whether the live account is armed. Never over a restart: arming is the trader's act in this very session. */
export class Arming {
  readonly #clock: Clock
  readonly #onLapsed: () => void
  #until: EpochMs | undefined
  #since: EpochMs
  #stopTimer: () => void = () => {}

  constructor(clock: Clock, onLapsed: () => void) {
    this.#clock = clock
    this.#onLapsed = onLapsed
    this.#since = clock.now()
  }

  /** Absent while it is not armed. Goes by the clock: a timer stands still while the machine sleeps. */
  get until(): EpochMs | undefined {
    return this.#until !== undefined && this.#clock.now() < this.#until ? this.#until : undefined
  }

  /** Since when it is not armed; of no meaning while it is. */
  get disarmedSince(): EpochMs {
    return this.until === undefined ? (this.#until ?? this.#since) : this.#since
  }

  arm(): EpochMs {
    this.#until = this.#clock.now() + IDLE_MS
    this.#stopTimer()
    this.#stopTimer = this.#clock.after(IDLE_MS, () => {
      this.disarm()
      this.#onLapsed()
    })
    return this.#until
  }

  /** The trader traded: the half hour begins anew. */
  keep(): void {
    if (this.until !== undefined) this.arm()
  }

  disarm(): void {
    this.#stopTimer()
    if (this.#until !== undefined) this.#since = this.#clock.now()
    this.#until = undefined
  }
}
