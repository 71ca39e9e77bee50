import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import type { SeriesBar } from '../series.ts'
import { wilder } from './smoothing.ts'

/**
 * How far the price moved in a bar, counted from the close before: max(high, close₋₁) − min(low, close₋₁); high − low for the first
 * bar. Source: J. W. Wilder, "New Concepts in Technical Trading Systems", 1978.
 */
export class TrueRange implements Kernel<SeriesBar> {
  #close = NaN

  peek({ high, low }: SeriesBar): number {
    const close = this.#close
    return Number.isNaN(close) ? high - low : Math.max(high, close) - Math.min(low, close)
  }

  take({ close }: SeriesBar): void {
    this.#close = close
  }

  save(state: StateWriter): void {
    state.write(this.#close)
  }

  load(state: StateReader): void {
    this.#close = state.read()
  }
}

/** Wilder's moving average of the true range over n bars, that of the first bar included. */
export class AverageTrueRange implements Kernel<SeriesBar> {
  readonly #range = new TrueRange()
  readonly #mean: Kernel

  constructor(length: number) {
    this.#mean = wilder(length)
  }

  peek(bar: SeriesBar): number {
    return this.#mean.peek(this.#range.peek(bar))
  }

  take(bar: SeriesBar): void {
    this.#mean.take(this.#range.peek(bar))
    this.#range.take(bar)
  }

  save(state: StateWriter): void {
    this.#range.save(state)
    this.#mean.save(state)
  }

  load(state: StateReader): void {
    this.#range.load(state)
    this.#mean.load(state)
  }
}
