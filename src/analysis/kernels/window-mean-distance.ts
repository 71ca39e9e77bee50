import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'
import { Ring } from './ring.ts'

const total = new DoubleDouble()
const above = new DoubleDouble()

/** Below this share of the mean a deviation is the rounding of equal prices. */
const NOTHING = 1e-14

/**
 * How far the newest of the last n values is from their mean, in mean absolute deviations from it; 0 if they are all equal. The
 * values are kept in order and split at their mean: what is above it says the deviation (2 / n times the sum of x - mean over
 * the x above), and from bar to bar few values change sides.
 */
export class WindowMeanDistance implements Kernel {
  readonly #ring: Ring
  readonly #sum = new DoubleDouble()
  /** The values in the ring, lowest first. */
  readonly #sorted: Float64Array
  #held = 0
  /** How many of them are at or below the mean, and the sum of the others. */
  #split = 0
  readonly #above = new DoubleDouble()

  constructor(length: number) {
    this.#ring = new Ring(length)
    this.#sorted = new Float64Array(length)
  }

  peek(value: number): number {
    const { size, count, oldest } = this.#ring
    if (count < size - 1) return NaN
    const mean = this.#meanWith(value)
    const rest = total.lessProduct(mean, size) / size
    let countAbove = this.#held - this.#splitAt(mean, above.set(this.#above))
    if (value > mean) {
      above.add(value)
      countAbove += 1
    }
    if (oldest > mean) {
      above.add(-oldest)
      countAbove -= 1
    }
    const deviation = (2 * (above.lessProduct(countAbove, mean) - countAbove * rest)) / size
    return deviation > NOTHING * mean ? (value - mean - rest) / deviation : 0
  }

  take(value: number): void {
    const { isFull, oldest } = this.#ring
    const mean = this.#meanWith(value)
    this.#split = this.#splitAt(mean, this.#above)
    if (oldest > mean) this.#above.add(-oldest)
    else if (isFull) this.#split -= 1
    if (value > mean) this.#above.add(value)
    else this.#split += 1
    this.#sort(value, isFull ? this.#indexOf(oldest) : this.#held)
    this.#held += isFull ? 0 : 1
    this.#sum.set(total)
    this.#ring.take(value)
  }

  save(state: StateWriter): void {
    this.#ring.save(state)
    this.#sum.save(state)
    state.write(this.#split)
    this.#above.save(state)
  }

  load(state: StateReader): void {
    this.#ring.load(state)
    this.#sum.load(state)
    this.#split = state.read()
    this.#above.load(state)
    this.#held = Math.min(this.#ring.count, this.#ring.size)
    for (let ago = 0; ago < this.#held; ago += 1) this.#sorted[ago] = this.#ring.ago(ago)
    this.#sorted.subarray(0, this.#held).sort()
  }

  /** The mean with `value` as the newest, rounded; leaves the sum in {@link total}. */
  #meanWith(value: number): number {
    total.set(this.#sum).add(value)
    if (this.#ring.isFull) total.add(-this.#ring.oldest)
    return total.high / this.#ring.size
  }

  /** How many of the held values are at or below the mean; `sum`, that of those above, goes along. */
  #splitAt(mean: number, sum: DoubleDouble): number {
    let split = this.#split
    while (split < this.#held && this.#at(split) <= mean) {
      sum.add(-this.#at(split))
      split += 1
    }
    while (split > 0 && this.#at(split - 1) > mean) {
      split -= 1
      sum.add(this.#at(split))
    }
    return split
  }

  /** Puts the value in order; the one at `gone` makes room. */
  #sort(value: number, gone: number): void {
    const to = this.#indexOf(value)
    const sorted = this.#sorted
    if (to > gone) {
      sorted.copyWithin(gone, gone + 1, to)
      sorted[to - 1] = value
    } else {
      sorted.copyWithin(to + 1, to, gone)
      sorted[to] = value
    }
  }

  /** How many held values are lower. */
  #indexOf(value: number): number {
    let [from, until] = [0, this.#held]
    while (from < until) {
      const middle = (from + until) >> 1
      if (this.#at(middle) < value) from = middle + 1
      else until = middle
    }
    return from
  }

  #at(index: number): number {
    return this.#sorted[index] ?? NaN
  }
}
