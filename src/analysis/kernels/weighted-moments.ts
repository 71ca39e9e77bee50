import type { StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'

const numerator = new DoubleDouble()

/** Below this share of the squared mean a variance is the rounding of equal values. */
const NOTHING = 1e-28

/** Mean and deviation of values with weights, of all that were taken since it was cleared; NaN while the weights are 0. */
export class WeightedMoments {
  /** Σw, Σwx and Σwx². */
  readonly #weights = new DoubleDouble()
  readonly #products = new DoubleDouble()
  readonly #squares = new DoubleDouble()

  clear(): void {
    for (const sum of this.#sums()) sum.clear()
  }

  /** Takes a value; one whose weight is 0 changes nothing. */
  take(value: number, weight: number): void {
    if (!(weight > 0)) return
    this.#weights.add(weight)
    const product = numerator.clear().addProduct(weight, value)
    const { high, low } = product
    this.#products.add(high).add(low)
    this.#squares.addProduct(high, value).addProduct(low, value)
  }

  /** Σwx / Σw, rounded once: the mean of equal values is that value. */
  get mean(): number {
    const weights = this.#weights.value
    const rough = this.#products.value / weights
    const rest = numerator.set(this.#products).addProduct(-rough, this.#weights.high)
    return rough + rest.addProduct(-rough, this.#weights.low).value / weights
  }

  /** √(Σw(x − mean)² / Σw): of the whole population. */
  get deviation(): number {
    const weights = this.#weights
    const products = this.#products
    const squares = this.#squares
    // (Σw Σwx² − (Σwx)²) / (Σw)²
    numerator
      .clear()
      .addProduct(weights.high, squares.high)
      .addProduct(weights.high, squares.low)
      .addProduct(weights.low, squares.high)
      .addProduct(-products.high, products.high)
      .addProduct(-2 * products.high, products.low)
    const variance = numerator.value / weights.value / weights.value
    const mean = products.value / weights.value
    return variance > mean * mean * NOTHING ? Math.sqrt(variance) : variance >= -Infinity ? 0 : NaN
  }

  set(other: WeightedMoments): void {
    this.#weights.set(other.#weights)
    this.#products.set(other.#products)
    this.#squares.set(other.#squares)
  }

  save(state: StateWriter): void {
    for (const sum of this.#sums()) sum.save(state)
  }

  load(state: StateReader): void {
    for (const sum of this.#sums()) sum.load(state)
  }

  #sums(): readonly DoubleDouble[] {
    return [this.#weights, this.#products, this.#squares]
  }
}
