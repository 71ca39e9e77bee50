import type { EpochMs } from '#shared/units'

/** Remembers since when something has been true. */
export class Since {
  #at: EpochMs | undefined

  /** Since when it has been true without a break; nothing while it is not. */
  read(holds: boolean, now: EpochMs): EpochMs | undefined {
    this.#at = holds ? (this.#at ?? now) : undefined
    return this.#at
  }
}
