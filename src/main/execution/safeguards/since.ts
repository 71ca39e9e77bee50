import type { EpochMs } from '#shared/units'

/** Remembers since when something holds. */
export class Since {
  #at: EpochMs | undefined

  /** The moment since when it holds without a break; nothing while it does not. */
  read(holds: boolean, now: EpochMs): EpochMs | undefined {
    this.#at = holds ? (this.#at ?? now) : undefined
    return this.#at
  }
}
