import { systemClock, type Clock } from '#process/clock'

/** The machine's clock with time that passes ten times slower, so that a busy machine misses no deadline. */
export function slowedClock(): Clock {
  const SLOWER = 10
  const startedAt = systemClock.now()
  return {
    now: () => startedAt + Math.floor((systemClock.now() - startedAt) / SLOWER),
    after: (delayMs, run) => systemClock.after(delayMs * SLOWER, run),
    every: (periodMs, run) => systemClock.every(periodMs * SLOWER, run),
  }
}
