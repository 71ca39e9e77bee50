import type { Clock } from '#process/clock'

/** The answer, or nothing where it takes longer than that; it goes on all the same. */
export function within<T>(clock: Clock, ms: number, answer: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => resolve(undefined))
    answer.then(resolve, reject).finally(stop)
  })
}
