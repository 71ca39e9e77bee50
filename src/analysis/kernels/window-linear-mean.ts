import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'
import { Ring } from './ring.ts'

const peeked = new DoubleDouble()

/** The mean of the last n values with linear weights: n for the newest, down to 1 for the oldest. */
export class WindowLinearMean implements Kernel {
  readonly #ring: Ring
  readonly #weights: number
  readonly #sum = new DoubleDouble()
  /** The sum of the values, each times its weight. */
  readonly #weighted = new DoubleDouble()

  constructor(length: number) {
    this.#ring = new Ring(length)
    this.#weights = (length * (length + 1)) / 2
  }

  peek(value: number): number {
    if (this.#ring.count < this.#ring.size - 1) return NaN
    this.#move(peeked.set(this.#weighted), value)
    return peeked.dividedBy(this.#weights)
  }

  take(value: number): void {
    this.#move(this.#weighted, value)
    this.#sum.add(value)
    if (this.#ring.isFull) this.#sum.add(-this.#ring.oldest)
    this.#ring.take(value)
  }

  save(state: StateWriter): void {
    this.#ring.save(state)
    this.#sum.save(state)
    this.#weighted.save(state)
  }

  load(state: StateReader): void {
    this.#ring.load(state)
    this.#sum.load(state)
    this.#weighted.load(state)
  }

  /** The new value gets the highest weight; in a full window the weight of every other falls by one. */
  #move(weighted: DoubleDouble, value: number): void {
    const { count, size, isFull } = this.#ring
    if (isFull) weighted.add(-this.#sum.high).add(-this.#sum.low)
    weighted.addProduct(isFull ? size : count + 1, value)
  }
}
