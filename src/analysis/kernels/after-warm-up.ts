import type { Kernel, StateReader, StateWriter } from '../kernel.ts'

/** A mean of what another kernel gives: it begins with the first value, and takes nothing while that one warms up. */
export class AfterWarmUp implements Kernel {
  readonly #kernel: Kernel

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  peek(value: number): number {
    return this.#kernel.peek(value)
  }

  take(value: number): void {
    if (!Number.isNaN(value)) this.#kernel.take(value)
  }

  save(state: StateWriter): void {
    this.#kernel.save(state)
  }

  load(state: StateReader): void {
    this.#kernel.load(state)
  }
}
