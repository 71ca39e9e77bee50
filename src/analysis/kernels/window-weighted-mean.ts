import type { StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'
import { Ring } from './ring.ts'

const products = new DoubleDouble()
const weights = new DoubleDouble()

/** The mean of the last n values, each with a weight of its own, 0 or more. */
export class WindowWeightedMean {
  readonly #values: Ring
  readonly #weights: Ring
  readonly #sumOfProducts = new DoubleDouble()
  readonly #sumOfWeights = new DoubleDouble()
  /** How many values without weight came last. */
  #weightless = 0

  constructor(length: number) {
    this.#values = new Ring(length)
    this.#weights = new Ring(length)
  }

  /** What it is with `value` as the newest: `otherwise` if no value in the window has a weight, NaN while it has too few. */
  peek(value: number, weight: number, otherwise: number): number {
    const { count, size } = this.#values
    if (count < size - 1) return NaN
    if (weight === 0 && this.#weightless >= size - 1) return otherwise
    this.#move(products.set(this.#sumOfProducts), weights.set(this.#sumOfWeights), value, weight)
    return products.dividedBy(weights.value)
  }

  /** Takes the value for good. */
  take(value: number, weight: number): void {
    this.#move(this.#sumOfProducts, this.#sumOfWeights, value, weight)
    this.#values.take(value)
    this.#weights.take(weight)
    this.#weightless = weight === 0 ? this.#weightless + 1 : 0
  }

  save(state: StateWriter): void {
    this.#values.save(state)
    this.#weights.save(state)
    this.#sumOfProducts.save(state)
    this.#sumOfWeights.save(state)
    state.write(this.#weightless)
  }

  load(state: StateReader): void {
    this.#values.load(state)
    this.#weights.load(state)
    this.#sumOfProducts.load(state)
    this.#sumOfWeights.load(state)
    this.#weightless = state.read()
  }

  #move(ofProducts: DoubleDouble, ofWeights: DoubleDouble, value: number, weight: number): void {
    ofProducts.addProduct(value, weight)
    ofWeights.add(weight)
    if (!this.#values.isFull) return
    const left = this.#weights.oldest
    ofProducts.addProduct(this.#values.oldest, -left)
    ofWeights.add(-left)
  }
}
