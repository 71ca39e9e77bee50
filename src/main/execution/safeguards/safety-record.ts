import { isDeepStrictEqual } from 'node:util'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import {
  FIRST_SAFETY_STATE,
  withDoubt,
  withoutFuture,
  type SafetyState,
  type SafetyStore,
} from './safety-state.ts'

interface SafetyRecordDeps {
  readonly store: SafetyStore
  readonly clock: Clock
  readonly log: Log
}

/** The safety state in use, with its only way to change: it is on disk before it counts. */
export class SafetyRecord {
  readonly #deps: SafetyRecordDeps
  #state: SafetyState
  /** Nothing was kept so far: the account is new, or an older Signal traded it. */
  readonly isFirst: boolean
  #unwrittenSince: EpochMs | undefined

  constructor(deps: SafetyRecordDeps) {
    this.#deps = deps
    const stored = deps.store.read()
    this.isFirst = stored.kind === 'absent'
    this.#state = stored.kind === 'read' ? stored.state : FIRST_SAFETY_STATE
    if (stored.kind !== 'damaged') return
    const backup = stored.backup === undefined ? '' : ` It was backed up as ${stored.backup}.`
    const reason = `The safety file, which has the kill switch and the limits, couldn’t be read (${stored.reason}).${backup}`
    this.block(withDoubt(this.#state, reason, deps.clock.now()))
  }

  get state(): SafetyState {
    return this.#state
  }

  /** Since when the state could not be written; a restart would forget what changed since. */
  get unwrittenSince(): EpochMs | undefined {
    return this.#unwrittenSince
  }

  /** Replaces the state; false, and nothing changes, if it cannot be written. */
  replace(next: SafetyState): boolean {
    try {
      this.#deps.store.write(next)
    } catch (err) {
      if (this.#unwrittenSince === undefined)
        this.#deps.log.error({ err }, 'The safety file cannot be written')
      this.#unwrittenSince ??= this.#deps.clock.now()
      return false
    }
    this.#state = next
    this.#unwrittenSince = undefined
    return true
  }

  /** Replaces the state by a stricter one, which counts even if it cannot be written yet. */
  block(next: SafetyState): void {
    if (!this.replace(next)) this.#state = next
  }

  /** Takes times that are still to come for now, because the clock was set back since. */
  correctTimes(): void {
    const corrected = withoutFuture(this.#state, this.#deps.clock.now())
    if (!isDeepStrictEqual(corrected, this.#state)) this.block(corrected)
  }

  /** Tries again to write what could not be written. */
  retry(): void {
    if (this.#unwrittenSince !== undefined) this.replace(this.#state)
  }
}
