import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'

/** How long without a trade until the armed account is disarmed. */
const IDLE_MS = 30 * MINUTE_MS

/** Whether the live account is armed. Never across a restart: the trader arms it in this session. */
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

  /** When arming lapses; absent while not armed. Uses the clock, because timers stop while the machine sleeps. */
  get until(): EpochMs | undefined {
    return this.#until !== undefined && this.#clock.now() < this.#until ? this.#until : undefined
  }

  /** Since when it has been disarmed; meaningless while it is armed. */
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

  /** The trader traded: the half hour starts over. */
  keep(): void {
    if (this.until !== undefined) this.arm()
  }

  disarm(): void {
    this.#stopTimer()
    if (this.#until !== undefined) this.#since = this.#clock.now()
    this.#until = undefined
  }
}
