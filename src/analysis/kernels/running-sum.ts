import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'

const peeked = new DoubleDouble()

/** The sum of all values since the first. */
export class RunningSum implements Kernel {
  readonly #sum = new DoubleDouble()

  peek(value: number): number {
    return peeked.set(this.#sum).add(value).value
  }

  take(value: number): void {
    this.#sum.add(value)
  }

  save(state: StateWriter): void {
    this.#sum.save(state)
  }

  load(state: StateReader): void {
    this.#sum.load(state)
  }
}
