import type { AuditEvent } from '#shared/trading/audit'
import { delay, duration } from '../ui/times.ts'
import { describeEvent, type EventDescription } from './describe-event.ts'

/** From here on a duration is shown in whole seconds, ms. */
const LONG_MS = 10_000

/** One step of an order's timeline. */
export interface TimelineStep extends EventDescription {
  readonly event: AuditEvent
  /** Time since the step before, in words; absent for the first one. */
  readonly after?: string
}

/** A duration in words: `23 ms`, `1.2 s`, `2 min 5 s`. Negative if a clock was set back. */
export function describeGap(ms: number): string {
  if (ms === 0) return 'at the same moment'
  if (ms < 0) return `clock set back by ${describeGap(-ms)}`
  return ms < LONG_MS ? delay(ms) : duration(ms)
}

/** The timeline of an order, step by step; events come oldest first. */
export const timelineOf = (events: readonly AuditEvent[]): readonly TimelineStep[] =>
  events.map((event, at) => {
    const before = events[at - 1]
    return { event, ...describeEvent(event), ...(before && { after: describeGap(event.at - before.at) }) }
  })

/** The total time in a sentence; undefined while there is only one step. */
export function describeSpan(events: readonly AuditEvent[]): string | undefined {
  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last || events.length < 2) return undefined
  return `${events.length} steps, ${describeGap(last.at - first.at)} from the first to the last`
}
