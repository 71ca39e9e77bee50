import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'

export { systemClock, type Clock } from '#process/clock'

/** A clock that stands still until it is advanced. */
export interface ManualClock extends Clock {
  /** Moves time forward by that much; everything due in between runs in order before this returns. */
  advance(ms: number): void
}

interface Appointment {
  readonly run: () => void
  readonly everyMs: number | undefined
  due: EpochMs
}

/** A clock for a demo market inside a test, which moves its minutes itself. */
export function manualClock(startAt: EpochMs): ManualClock {
  let now = startAt
  const appointments = new Set<Appointment>()

  function appoint(ms: number, run: () => void, everyMs: number | undefined) {
    const appointment: Appointment = { due: now + ms, run, everyMs }
    appointments.add(appointment)
    return () => void appointments.delete(appointment)
  }

  function nextUntil(end: EpochMs): Appointment | undefined {
    let next: Appointment | undefined
    for (const candidate of appointments) {
      if (candidate.due <= end && (next === undefined || candidate.due < next.due)) next = candidate
    }
    return next
  }

  return {
    now: () => now,
    every: (ms, run) => appoint(ms, run, ms),
    after: (ms, run) => appoint(ms, run, undefined),
    advance(ms) {
      const end = now + ms
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        now = next.due
        if (next.everyMs === undefined) appointments.delete(next)
        else next.due += next.everyMs
        next.run()
      }
      now = end
    },
  }
}
