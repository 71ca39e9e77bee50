import type { EpochMs } from '#shared/units'

/** Time, handed in so that tests can turn it. What starts something returns its stop. */
export interface Clock {
  now(): EpochMs
  /** Runs once, that much later. */
  after(delayMs: number, run: () => void): () => void
  /** Runs again and again with that period. */
  every(periodMs: number, run: () => void): () => void
}

/** Resolves that much later. */
export const pause = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.after(delayMs, resolve))

/** The machine's clock and timers. They are looked up at each call, so fake timers reach it too. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}
