import type { EpochMs } from '../units.ts'

/** An event of the log as it is shown. An event of a kind or version that Signal does not know is shown all the same. */
export interface AuditEvent {
  readonly id: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly payload: { readonly [name: string]: unknown }
  readonly at: EpochMs
  readonly hash: string
}

/** Whether the chain of hashes holds. */
export type AuditVerdict =
  | { readonly kind: 'intact'; readonly events: number }
  | { readonly kind: 'broken'; readonly id: number; readonly reason: string }
