import * as z from 'zod'
import { describe, Indicator, length, multiplier, priceSource, type PriceSource } from '../indicator.ts'
import type { Kernel } from '../kernel.ts'
import { WindowDeviation } from '../kernels/window-deviation.ts'
import { WindowMean } from '../kernels/window-sum.ts'
import { priceOf } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

class Bollinger extends Indicator {
  readonly #mean: Kernel
  readonly #deviation: Kernel
  readonly #deviations: number
  readonly #price: (bar: SeriesBar) => number

  constructor(bars: number, deviations: number, source: PriceSource) {
    super(3)
    this.#mean = new WindowMean(bars)
    this.#deviation = new WindowDeviation(bars)
    this.#deviations = deviations
    this.#price = priceOf(source)
  }

  protected show(bar: SeriesBar): void {
    const price = this.#price(bar)
    const middle = this.#mean.peek(price)
    const width = this.#deviations * this.#deviation.peek(price)
    this.values[0] = middle - width
    this.values[1] = middle
    this.values[2] = middle + width
  }

  protected take(bar: SeriesBar): void {
    const price = this.#price(bar)
    this.#mean.take(price)
    this.#deviation.take(price)
  }

  protected kernels(): readonly Kernel[] {
    return [this.#mean, this.#deviation]
  }
}

/** Bollinger bands. */
export const BOLLINGER_BANDS = describe({
  id: 'bollinger',
  name: 'Bollinger bands',
  shortName: 'BB',
  pane: 'price',
  parameters: z.object({ length: length(20, 2), deviations: multiplier(2), source: priceSource }),
  outputs: [
    { id: 'lower', name: 'Lower band', unit: 'price' },
    { id: 'middle', name: 'Middle band', unit: 'price' },
    { id: 'upper', name: 'Upper band', unit: 'price' },
  ],
  formula: [
    'middle = SMA = (x₁ + … + xₙ) / n',
    'σ = √(((x₁ − middle)² + … + (xₙ − middle)²) / n)',
    'lower, upper = middle ∓ deviations × σ',
  ].join('\n'),
  convention:
    'The standard deviation is that of the whole population (divided by n, not by n − 1), as TA-Lib.',
  source: 'J. Bollinger, "Bollinger on Bollinger Bands", 2001',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new Bollinger(chosen.length, chosen.deviations, chosen.source),
})
