import type { Clock } from '#process/clock'

interface Timer {
  readonly run: () => void
  readonly periodMs: number | undefined
  dueAt: number
}

/** A clock that stands still until it is turned. Timers run in the order in which they are due. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>()
  readonly #settle: () => Promise<void>
  #now: number

  /** `settle`: lets pending work go as far as it can without time; by default a few turns of promises. */
  constructor(now: number, settle = fewTurns) {
    this.#now = now
    this.#settle = settle
  }

  now(): number {
    return this.#now
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#add({ run, periodMs: undefined, dueAt: this.#now + delayMs })
  }

  every(periodMs: number, run: () => void): () => void {
    return this.#add({ run, periodMs, dueAt: this.#now + periodMs })
  }

  /** Number of waiting timers. */
  get waiting(): number {
    return this.#timers.size
  }

  /** Advances the clock, running what becomes due, and lets promises settle in between. */
  async turn(elapsedMs: number): Promise<void> {
    const until = this.#now + elapsedMs
    await this.#settle()
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#run(next)
      await this.#settle()
    }
    this.#now = until
  }

  /** The same without waiting for promises, where nothing asynchronous can happen. */
  turnAtOnce(elapsedMs: number): void {
    const until = this.#now + elapsedMs
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) this.#run(next)
    this.#now = until
  }

  /**
   * Time passes but nothing runs, as while the machine sleeps; timers that fell due run when it is next
   * turned.
   */
  jump(elapsedMs: number): void {
    this.#now += elapsedMs
  }

  /** Time passes without the timers noticing, as on systems whose timers stop during sleep. */
  suspend(elapsedMs: number): void {
    this.#now += elapsedMs
    for (const timer of this.#timers) timer.dueAt += elapsedMs
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  #next(until: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers)
      if (timer.dueAt <= until && (next === undefined || timer.dueAt < next.dueAt)) next = timer
    return next
  }

  #run(timer: Timer): void {
    this.#now = Math.max(this.#now, timer.dueAt)
    if (timer.periodMs === undefined) this.#timers.delete(timer)
    else timer.dueAt = this.#now + timer.periodMs
    timer.run()
  }
}

async function fewTurns(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await Promise.resolve()
}

/** Lets all promises settle, however long their chains are. */
export const allTurns = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
