import type { EpochMs } from './units.ts'

/** A version newer than the running one, as its publisher announced it. */
export interface NewRelease {
  /** `x.y.z`. */
  readonly version: string
  readonly releasedAt: EpochMs
  /** What is new, a short sentence each; at least one. */
  readonly notes: readonly string[]
}

/**
 * Whether this build can ask for newer versions. `checkout`: started from its source. `unnamed`: built without an
 * address to ask. `invalid`: what it was built with breaks a rule; the log says which.
 */
export type NoticeSource = 'named' | 'checkout' | 'unnamed' | 'invalid'

/**
 * Why an answer brought no notice. `unreachable`, `timed-out`, `cut-off`: it did not come, or not whole. The others: it
 * is not what it must be, and nothing of it is used.
 */
export type NoticeProblem =
  | 'unreachable'
  | 'timed-out'
  | 'cut-off'
  | 'redirected'
  | 'bad-status'
  | 'too-large'
  | 'not-a-notice'
  | 'bad-signature'

/** What Signal knows about newer versions. */
export interface UpdateStatus {
  readonly source: NoticeSource
  readonly isChecking: boolean
  /** Absent while no newer version is known. */
  readonly release?: NewRelease
  /** The last answer since Signal started; absent before the first. Without a problem it was a genuine notice. */
  readonly lastCheck?: { readonly at: EpochMs; readonly problem?: NoticeProblem }
}
