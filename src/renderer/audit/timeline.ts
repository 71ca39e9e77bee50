import type { AuditEvent } from '#shared/trading/audit'
import { MINUS } from '#shared/format/numbers'
import { delay, duration } from '../ui/times.ts'
import { describeEvent, type EventDescription } from './describe-event.ts'

/** From here on a duration is shown in whole seconds, ms. */
const LONG_MS = 10_000

/** One step of an order's timeline. */
export interface TimelineStep extends EventDescription {
  readonly event: AuditEvent
  /** Time since the step before, such as `+42 ms`; absent for the first one. */
  readonly after?: string
}

/** A duration: `23 ms`, `1.2 s`, `2 min 5 s`. */
const inTime = (ms: number): string => (ms === 0 ? '0 ms' : ms < LONG_MS ? delay(ms) : duration(ms))

/** Time between two steps: `+23 ms`. Negative if the clock was set back. */
export const describeGap = (ms: number): string =>
  ms < 0 ? `${MINUS}${inTime(-ms)} (clock set back)` : `+${inTime(ms)}`

/** The timeline of an order, step by step; events come oldest first. */
export const timelineOf = (events: readonly AuditEvent[]): readonly TimelineStep[] =>
  events.map((event, at) => {
    const before = events[at - 1]
    return { event, ...describeEvent(event), ...(before && { after: describeGap(event.at - before.at) }) }
  })

/** The total time; undefined while there is only one step. */
export function describeSpan(events: readonly AuditEvent[]): string | undefined {
  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last || events.length < 2) return undefined
  return `${events.length} steps in ${inTime(Math.max(0, last.at - first.at))}`
}
