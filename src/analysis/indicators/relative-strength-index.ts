import * as z from 'zod'
import { describe, Indicator, length, priceSource, type PriceSource } from '../indicator.ts'
import { AfterWarmUp } from '../kernels/after-warm-up.ts'
import { ValueChange } from '../kernels/value-change.ts'
import { wilder } from '../kernels/smoothing.ts'
import { priceOf } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

class RelativeStrengthIndex extends Indicator {
  readonly #price: (bar: SeriesBar) => number
  readonly #change = new ValueChange()
  readonly #gain: AfterWarmUp
  readonly #loss: AfterWarmUp

  constructor(length: number, source: PriceSource) {
    super(1)
    this.#price = priceOf(source)
    this.#gain = new AfterWarmUp(wilder(length))
    this.#loss = new AfterWarmUp(wilder(length))
  }

  protected show(bar: SeriesBar): void {
    const change = this.#change.peek(this.#price(bar))
    const gain = this.#gain.peek(Math.max(change, 0))
    const both = gain + this.#loss.peek(Math.max(-change, 0))
    this.values[0] = both === 0 ? 50 : (100 * gain) / both
  }

  protected take(bar: SeriesBar): void {
    const price = this.#price(bar)
    const change = this.#change.peek(price)
    this.#gain.take(Math.max(change, 0))
    this.#loss.take(Math.max(-change, 0))
    this.#change.take(price)
  }

  protected kernels() {
    return [this.#change, this.#gain, this.#loss]
  }
}

/** Relative strength index. */
export const RSI = describe({
  id: 'rsi',
  name: 'Relative strength index',
  shortName: 'RSI',
  pane: 'below',
  parameters: z.object({ length: length(14, 2), source: priceSource }),
  outputs: [{ id: 'rsi', name: 'RSI', unit: 'index' }],
  formula: 'RSI = 100 G / (G + L), G and L the averages of the gains and of the losses from bar to bar',
  convention:
    'Wilder’s averages, seeded with the mean of the first n changes, as TA-Lib. 50 while the price has never changed.',
  source: 'J. W. Wilder, "New Concepts in Technical Trading Systems", 1978',
  barsNeeded: (chosen) => chosen.length + 1,
  create: (chosen) => new RelativeStrengthIndex(chosen.length, chosen.source),
})
