import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'
import { Ring } from './ring.ts'

const peeked = new DoubleDouble()

/** The sum of the last n values. */
export class WindowSum implements Kernel {
  readonly #ring: Ring
  readonly #sum = new DoubleDouble()

  constructor(length: number) {
    this.#ring = new Ring(length)
  }

  peek(value: number): number {
    return this.hasEnough ? this.sumWith(value).value : NaN
  }

  take(value: number): void {
    if (this.#ring.isFull) this.#sum.add(value).add(-this.#ring.oldest)
    else this.#sum.add(value)
    this.#ring.take(value)
  }

  save(state: StateWriter): void {
    this.#ring.save(state)
    this.#sum.save(state)
  }

  load(state: StateReader): void {
    this.#ring.load(state)
    this.#sum.load(state)
  }

  /** Whether one more value fills the window. */
  protected get hasEnough(): boolean {
    return this.#ring.count >= this.#ring.size - 1
  }

  /** The sum with `value` as the newest, until it is asked again. */
  protected sumWith(value: number): DoubleDouble {
    peeked.set(this.#sum).add(value)
    return this.#ring.isFull ? peeked.add(-this.#ring.oldest) : peeked
  }
}

/** The mean of the last n values; of equal ones that value. */
export class WindowMean extends WindowSum {
  readonly #length: number

  constructor(length: number) {
    super(length)
    this.#length = length
  }

  override peek(value: number): number {
    return this.hasEnough ? this.sumWith(value).dividedBy(this.#length) : NaN
  }
}
