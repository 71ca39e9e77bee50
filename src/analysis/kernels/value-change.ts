import type { Kernel, StateReader, StateWriter } from '../kernel.ts'

/** The newest value less the one before it; NaN at the first. */
export class ValueChange implements Kernel {
  #before = NaN

  peek(value: number): number {
    return value - this.#before
  }

  take(value: number): void {
    this.#before = value
  }

  save(state: StateWriter): void {
    state.write(this.#before)
  }

  load(state: StateReader): void {
    this.#before = state.read()
  }
}
