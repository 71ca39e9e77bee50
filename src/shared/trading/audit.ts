import * as z from 'zod'
import type { EpochMs } from '../units.ts'

/** An event of the log for display. Events of an unknown kind or version are shown too. */
export interface AuditEvent {
  readonly id: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly payload: { readonly [name: string]: unknown }
  readonly at: EpochMs
  readonly hash: string
}

/** An event of a log that Signal noted outside the database. */
const logAnchor = z.object({
  id: z.number().int().min(1),
  hash: z.string().max(100),
  /** When the log was noted for the first time, epoch ms; each later note continues the one before. */
  since: z.number().int(),
})
export type LogAnchor = z.output<typeof logAnchor>

/** What is known of one log outside its database. */
export const knownLog = z.object({
  /** The log's random identity. */
  log: z.string().min(1).max(100),
  /** Where its database is, for people. */
  place: z.string().max(2_000),
  anchor: logAnchor,
})
export type KnownLog = z.output<typeof knownLog>

/** How much of a log was checked, and with what. */
export interface CheckedLog {
  /** The first event that was read; what came before it was not. */
  readonly from: number
  /** Events in the log, which is the id of the last one. */
  readonly events: number
  readonly lastHash: string
  /** What was noted outside the database, and holds. Without it, a log that was rebuilt as a whole holds too. */
  readonly anchor?: LogAnchor
}

/**
 * What the hashes of the log show. `intact`: everything that was checked holds; `unguarded`: it holds, but the triggers
 * that refuse changes were changed or removed; `replaced`: it holds, but another log was in use at this place before.
 */
export type LogVerdict =
  | ({ readonly kind: 'intact' } & CheckedLog)
  | ({ readonly kind: 'unguarded' } & CheckedLog)
  | ({ readonly kind: 'replaced'; readonly before: LogAnchor } & CheckedLog)
  | {
      readonly kind: 'broken'
      /** The first position in the log where the problem shows. */
      readonly id: number
      readonly reason: string
    }

/** The longest payload, characters of JSON: an account that opens with 20,000 known orders takes less. */
export const MAX_PAYLOAD_LENGTH = 4_000_000

/** The event as a window may see it: without the characters that arm the live account. */
export function forWindow(event: AuditEvent): AuditEvent {
  const { endsWith: _secret, ...payload } = event.payload
  return event.stream === 'live:account' ? { ...event, payload } : event
}
