import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble, productError } from './double-double.ts'
import { Ring } from './ring.ts'

/**
 * Sums of the distances of values from an origin, and of the squares of these. An origin near the values leaves the squares so
 * short that their sum is exact, or nearly so.
 */
class DistanceSums {
  origin = 0
  readonly sum = new DoubleDouble()
  readonly squares = new DoubleDouble()

  set(other: DistanceSums): void {
    this.origin = other.origin
    this.sum.set(other.sum)
    this.squares.set(other.squares)
  }

  /** Empties the sums; distances are now from `origin`. */
  begin(origin: number): void {
    this.origin = origin
    this.sum.clear()
    this.squares.clear()
  }

  add(value: number): void {
    const distance = value - this.origin
    this.sum.add(distance)
    this.squares.addProduct(distance, distance)
  }

  remove(value: number): void {
    const distance = value - this.origin
    this.sum.add(-distance)
    this.squares.addProduct(-distance, distance)
  }

  /** The standard deviation, if these are the sums of `count` values. */
  deviation(count: number): number {
    const { sum, squares } = this
    const [one, other] = [count * squares.high, sum.high * sum.high]
    difference.high = one
    difference.low =
      productError(count, squares.high, one) -
      productError(sum.high, sum.high, other) +
      count * squares.low -
      2 * sum.high * sum.low
    return Math.sqrt(Math.max(0, difference.add(-other).value)) / count
  }

  save(state: StateWriter): void {
    state.write(this.origin)
    this.sum.save(state)
    this.squares.save(state)
  }

  load(state: StateReader): void {
    this.origin = state.read()
    this.sum.load(state)
    this.squares.load(state)
  }
}

const difference = new DoubleDouble()
const peeked = new DistanceSums()

/**
 * The standard deviation of the last n values, of the whole population: √(n Σd² − (Σd)²) / n, where d are the distances from an
 * origin. Every n values it changes over to sums that began with these n, so that nothing of what came before is left in it.
 */
export class WindowDeviation implements Kernel {
  readonly #ring: Ring
  readonly #sums = new DistanceSums()
  /** Sums of the values since the last change. */
  readonly #fresh = new DistanceSums()
  /** How many values in a row were equal to the newest. Sums of equal values may be off by a rounding, their deviation is not. */
  #equal = 0

  constructor(length: number) {
    this.#ring = new Ring(length)
  }

  peek(value: number): number {
    const { size, count, isFull, oldest } = this.#ring
    if (count < size - 1) return NaN
    if (this.#equal >= size - 1 && value === this.#ring.ago(0)) return 0
    peeked.set(this.#sums)
    peeked.add(value)
    if (isFull) peeked.remove(oldest)
    return peeked.deviation(size)
  }

  take(value: number): void {
    const { size, count, isFull, oldest } = this.#ring
    this.#equal = value === this.#ring.ago(0) ? this.#equal + 1 : 1
    if (count === 0) this.#sums.begin(value)
    if (count % size === 0) this.#fresh.begin(value)
    this.#fresh.add(value)
    this.#sums.add(value)
    if (isFull) this.#sums.remove(oldest)
    this.#ring.take(value)
    if (this.#ring.count % size === 0) this.#sums.set(this.#fresh)
  }

  save(state: StateWriter): void {
    this.#ring.save(state)
    this.#sums.save(state)
    this.#fresh.save(state)
    state.write(this.#equal)
  }

  load(state: StateReader): void {
    this.#ring.load(state)
    this.#sums.load(state)
    this.#fresh.load(state)
    this.#equal = state.read()
  }
}
