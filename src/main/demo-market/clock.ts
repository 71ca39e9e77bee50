import type { EpochMs } from '#shared/units'

/** The time that the demo market lives by. Everything it does later, it does through this. */
export interface MarketClock {
  readonly now: () => EpochMs
  /** Runs the task again and again; answers its stop. */
  readonly every: (ms: number, task: () => void) => () => void
  /** Runs the task once; answers its cancellation. */
  readonly after: (ms: number, task: () => void) => () => void
}

/** The computer's clock. Its timers keep no process alive. */
export const wallClock: MarketClock = {
  now: Date.now,
  every(ms, task) {
    const timer = setInterval(task, ms)
    return () => clearInterval(timer)
  },
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends MarketClock {
  /** Lets that much time pass; everything due meanwhile happens in its order before this returns. */
  readonly advance: (ms: number) => void
}

interface Appointment {
  due: EpochMs
  readonly task: () => void
  readonly everyMs: number | undefined
}

export function manualClock(startAt: EpochMs): ManualClock {
  let now = startAt
  const appointments = new Set<Appointment>()

  function appoint(ms: number, task: () => void, everyMs: number | undefined) {
    const appointment: Appointment = { due: now + ms, task, everyMs }
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
    every: (ms, task) => appoint(ms, task, ms),
    after: (ms, task) => appoint(ms, task, undefined),
    advance(ms) {
      const end = now + ms
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        now = next.due
        if (next.everyMs === undefined) appointments.delete(next)
        else next.due += next.everyMs
        next.task()
      }
      now = end
    },
  }
}
