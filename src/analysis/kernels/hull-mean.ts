import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { AfterWarmUp } from './after-warm-up.ts'
import { WindowLinearMean } from './window-linear-mean.ts'

/** How many values {@link HullMean} smooths: the root of n without its fraction. */
export const hullSmoothing = (length: number): number => Math.floor(Math.sqrt(length))

/** Hull's moving average over n values: linear means over half the window and the whole one, whose lags cancel, smoothed. */
export class HullMean implements Kernel {
  readonly #half: WindowLinearMean
  readonly #whole: WindowLinearMean
  readonly #smooth: AfterWarmUp

  constructor(length: number) {
    this.#half = new WindowLinearMean(Math.floor(length / 2))
    this.#whole = new WindowLinearMean(length)
    this.#smooth = new AfterWarmUp(new WindowLinearMean(hullSmoothing(length)))
  }

  peek(value: number): number {
    return this.#smooth.peek(this.#ahead(value))
  }

  take(value: number): void {
    this.#smooth.take(this.#ahead(value))
    this.#half.take(value)
    this.#whole.take(value)
  }

  save(state: StateWriter): void {
    this.#half.save(state)
    this.#whole.save(state)
    this.#smooth.save(state)
  }

  load(state: StateReader): void {
    this.#half.load(state)
    this.#whole.load(state)
    this.#smooth.load(state)
  }

  #ahead(value: number): number {
    return 2 * this.#half.peek(value) - this.#whole.peek(value)
  }
}
