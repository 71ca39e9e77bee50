import type { Clock } from '#process/clock'

interface Timer {
  readonly run: () => void
  readonly periodMs: number | undefined
  dueAt: number
  stop: () => void
}

/** When it begins: 10:00 New York time on a trading day, so that no test runs across the end of its day orders. */
const BEGINNING = Date.parse('2026-11-24T15:00:00Z')

/** A clock that runs as the machine's does, with time that a test may skip: what falls due meanwhile runs once, immediately. */
export class SkippingClock implements Clock {
  readonly #timers = new Set<Timer>()
  #aheadMs = BEGINNING - Date.now()

  /** How far it runs ahead of the machine's clock; behind if negative. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  now(): number {
    return Date.now() + this.#aheadMs
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#add({ run, periodMs: undefined, dueAt: this.now() + delayMs, stop: () => {} })
  }

  every(periodMs: number, run: () => void): () => void {
    return this.#add({ run, periodMs, dueAt: this.now() + periodMs, stop: () => {} })
  }

  /** Skips this much time. */
  skip(ms: number): void {
    this.#aheadMs += ms
    for (const timer of [...this.#timers].sort((one, other) => one.dueAt - other.dueAt)) {
      timer.stop()
      if (timer.dueAt > this.now()) this.#wait(timer)
      else if (this.#timers.has(timer)) this.#run(timer)
    }
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer)
    this.#wait(timer)
    return () => {
      timer.stop()
      this.#timers.delete(timer)
    }
  }

  #wait(timer: Timer): void {
    const waiting = setTimeout(() => this.#run(timer), Math.max(0, timer.dueAt - this.now()))
    timer.stop = () => clearTimeout(waiting)
  }

  #run(timer: Timer): void {
    if (timer.periodMs === undefined) this.#timers.delete(timer)
    else {
      timer.dueAt = this.now() + timer.periodMs
      this.#wait(timer)
    }
    timer.run()
  }
}
