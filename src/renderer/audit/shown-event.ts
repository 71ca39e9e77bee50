import { create } from 'zustand'
import type { AuditEvent } from '#shared/trading/audit'
import { closeTimeline, openTimeline, orderOf, useAudit } from '../stores/audit.ts'

/** The event whose payload is shown. */
export const useShownEvent = create<{ readonly event?: AuditEvent | undefined }>(() => ({}))

/** Shows an event in full, in the place of a story. */
export function showEvent(event: AuditEvent): void {
  closeTimeline()
  useShownEvent.setState({ event })
}

/** Shows the story of the order that an event is about. Answers false where it is about none. */
export function showStoryOf({ stream }: AuditEvent): boolean {
  const orderId = orderOf(stream)
  if (orderId === undefined) return false
  openTimeline(orderId)
  return true
}

/** Puts away what is shown beside the table: first the story, then the event. */
export function closePanel(): void {
  if (useAudit.getState().timeline) closeTimeline()
  else useShownEvent.setState({ event: undefined })
}
