import { create } from 'zustand'
import type { AuditEvent } from '#shared/trading/audit'
import { closeTimeline, openTimeline, orderOf, useAudit } from '../stores/audit.ts'

/** The event whose payload is shown. */
export const useShownEvent = create<{ readonly event?: AuditEvent | undefined }>(() => ({}))

/** Shows an event in full, in place of a timeline. */
export function showEvent(event: AuditEvent): void {
  closeTimeline()
  useShownEvent.setState({ event })
}

/** Shows the timeline of an event's order. Answers false if the event has none. */
export function showTimelineOf({ stream }: AuditEvent): boolean {
  const orderId = orderOf(stream)
  if (orderId === undefined) return false
  openTimeline(orderId)
  return true
}

/** Closes what is shown beside the table: the timeline first, then the event. */
export function closePanel(): void {
  if (useAudit.getState().timeline) closeTimeline()
  else useShownEvent.setState({ event: undefined })
}
