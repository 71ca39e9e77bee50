import * as z from 'zod'
import { describe, Indicator, length, priceSource, type PriceSource } from '../indicator.ts'
import { WindowMean } from '../kernels/window-sum.ts'
import { WindowWeightedMean } from '../kernels/window-weighted-mean.ts'
import { priceOf } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

class VolumeWeightedMovingAverage extends Indicator {
  readonly #price: (bar: SeriesBar) => number
  readonly #weighted: WindowWeightedMean
  readonly #plain: WindowMean

  constructor(length: number, source: PriceSource) {
    super(1)
    this.#price = priceOf(source)
    this.#weighted = new WindowWeightedMean(length)
    this.#plain = new WindowMean(length)
  }

  protected show(bar: SeriesBar): void {
    const price = this.#price(bar)
    this.values[0] = this.#weighted.peek(price, bar.volume, this.#plain.peek(price))
  }

  protected take(bar: SeriesBar): void {
    const price = this.#price(bar)
    this.#weighted.take(price, bar.volume)
    this.#plain.take(price)
  }

  protected kernels() {
    return [this.#weighted, this.#plain]
  }
}

/** Volume-weighted moving average. */
export const VWMA = describe({
  id: 'vwma',
  name: 'Volume-weighted moving average',
  shortName: 'VWMA',
  pane: 'price',
  parameters: z.object({ length: length(20), source: priceSource }),
  outputs: [{ id: 'vwma', name: 'VWMA', unit: 'price' }],
  formula: 'VWMA = (x₁ v₁ + … + xₙ vₙ) / (v₁ + … + vₙ), v the volume',
  convention: 'The last n bars, across sessions. The SMA while none of them has volume.',
  source: 'Common; as VWMA in Pine Script',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new VolumeWeightedMovingAverage(chosen.length, chosen.source),
})
