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

/** The event as a window may see it: without the characters that arm the live account. */
export function forWindow(event: AuditEvent): AuditEvent {
  const { endsWith: _secret, ...payload } = event.payload
  return event.stream === 'live:account' ? { ...event, payload } : event
}

/** Whether the hash chain is intact. */
export type AuditVerdict =
  | { readonly kind: 'intact'; readonly events: number }
  | { readonly kind: 'broken'; readonly id: number; readonly reason: string }
