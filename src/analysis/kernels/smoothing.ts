import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'

const peeked = new DoubleDouble()

/** An exponential mean: each value moves it by a fixed share of the distance. It begins with the mean of the first n values. */
export class Smoothing implements Kernel {
  readonly #length: number
  readonly #share: number
  readonly #sum = new DoubleDouble()
  #count = 0
  #mean = NaN

  /** `share`: 2 / (n + 1) for an EMA, 1 / n for Wilder's. */
  constructor(length: number, share: number) {
    this.#length = length
    this.#share = share
  }

  peek(value: number): number {
    if (this.#count < this.#length - 1) return NaN
    if (this.#count === this.#length - 1) return peeked.set(this.#sum).add(value).dividedBy(this.#length)
    return this.#mean + this.#share * (value - this.#mean)
  }

  take(value: number): void {
    this.#mean = this.peek(value)
    if (this.#count < this.#length) this.#sum.add(value)
    this.#count += 1
  }

  save(state: StateWriter): void {
    state.write(this.#count, this.#mean)
    this.#sum.save(state)
  }

  load(state: StateReader): void {
    this.#count = state.read()
    this.#mean = state.read()
    this.#sum.load(state)
  }
}

/** An exponential moving average over n values. */
export const ema = (length: number): Smoothing => new Smoothing(length, 2 / (length + 1))

/** Wilder's moving average over n values. Source: J. W. Wilder, "New Concepts in Technical Trading Systems", 1978. */
export const wilder = (length: number): Smoothing => new Smoothing(length, 1 / length)
