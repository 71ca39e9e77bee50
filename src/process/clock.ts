import type { EpochMs } from '#shared/units'

/** Time, passed in so that tests can control it. What starts something returns its stop. */
export interface Clock {
  now(): EpochMs
  /** Runs once, after that delay. */
  after(delayMs: number, run: () => void): () => void
  /** Runs repeatedly with that period. */
  every(periodMs: number, run: () => void): () => void
}

/** Resolves after that delay, or as soon as the signal aborts. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      stop()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const stop = clock.after(delayMs, end)
    signal?.addEventListener('abort', end)
  })
}

/** The answer, or undefined if it takes longer than that; it continues anyway. */
export function within<T>(clock: Clock, ms: number, answer: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => resolve(undefined))
    answer.then(resolve, reject).finally(stop)
  })
}

/** The machine's clock and timers. They are looked up at each call, so that fake timers work too. */
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
