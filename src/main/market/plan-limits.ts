import type { Feed } from '#shared/settings'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { AlpacaError } from '#alpaca'

/** How old the end of a SIP range must be without real-time rights: Alpaca's 15 minutes, and one to spare. */
const DELAY_MS = 16 * MINUTE_MS

/** Whether Alpaca refuses because of what the plan allows, so that asking again gives the same answer. */
const isForbidden = (cause: unknown): boolean => cause instanceof AlpacaError && cause.kind === 'forbidden'

/** What the account's plan was found not to allow, so that it is asked for once. */
export class PlanLimits {
  #isDelayed: boolean
  #hasOfficialCloses = true

  /** `isDelayed`: the stream is the delayed one, so that SIP data of the last 15 minutes is not in the plan. */
  constructor(isDelayed: boolean) {
    this.#isDelayed = isDelayed
  }

  /** Asks for a range of that feed that ends as late as the plan allows: now, or 16 minutes ago for a delayed SIP. */
  async upToNow<T>(feed: Feed, now: EpochMs, ask: (end: EpochMs) => Promise<T>): Promise<T> {
    if (feed !== 'sip') return ask(now)
    if (this.#isDelayed) return ask(now - DELAY_MS)
    try {
      return await ask(now)
    } catch (cause) {
      if (!isForbidden(cause)) throw cause
      const answer = await ask(now - DELAY_MS)
      this.#isDelayed = true
      return answer
    }
  }

  /** The answer about official closes; undefined if the plan does not have them. */
  async official<T>(ask: () => Promise<T>): Promise<T | undefined> {
    if (!this.#hasOfficialCloses) return undefined
    try {
      return await ask()
    } catch (cause) {
      if (!isForbidden(cause)) throw cause
      this.#hasOfficialCloses = false
      return undefined
    }
  }
}
