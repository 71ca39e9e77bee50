import * as z from 'zod'
import { describe, Indicator, length, priceSource, type PriceSource } from '../indicator.ts'
import type { Kernel } from '../kernel.ts'
import { HullMean, hullSmoothing } from '../kernels/hull-mean.ts'
import { ema } from '../kernels/smoothing.ts'
import { WindowLinearMean } from '../kernels/window-linear-mean.ts'
import { WindowMean } from '../kernels/window-sum.ts'
import { priceOf } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

/** One kernel over a price of the bars. */
class MovingAverage extends Indicator {
  readonly #kernel: Kernel
  readonly #price: (bar: SeriesBar) => number

  constructor(kernel: Kernel, source: PriceSource) {
    super(1)
    this.#kernel = kernel
    this.#price = priceOf(source)
  }

  protected show(bar: SeriesBar): void {
    this.values[0] = this.#kernel.peek(this.#price(bar))
  }

  protected take(bar: SeriesBar): void {
    this.#kernel.take(this.#price(bar))
  }

  protected kernels(): readonly Kernel[] {
    return [this.#kernel]
  }
}

const parameters = z.object({ length: length(20), source: priceSource })

/** Simple moving average. */
export const SMA = describe({
  id: 'sma',
  name: 'Simple moving average',
  shortName: 'SMA',
  pane: 'price',
  parameters,
  outputs: [{ id: 'sma', name: 'SMA', unit: 'price' }],
  formula: 'SMA = (x₁ + … + xₙ) / n',
  convention: 'The mean of the last n prices, each with the same weight.',
  source: 'Common; as TA-Lib SMA',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new MovingAverage(new WindowMean(chosen.length), chosen.source),
})

/** Exponential moving average. */
export const EMA = describe({
  id: 'ema',
  name: 'Exponential moving average',
  shortName: 'EMA',
  pane: 'price',
  parameters,
  outputs: [{ id: 'ema', name: 'EMA', unit: 'price' }],
  formula: 'EMA = EMA₋₁ + k (x − EMA₋₁), k = 2 / (n + 1)',
  convention: 'EMA seeded with the SMA of the first n prices, as TA-Lib.',
  source: 'Common; as TA-Lib EMA',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new MovingAverage(ema(chosen.length), chosen.source),
})

/** Weighted moving average, with linear weights. */
export const WMA = describe({
  id: 'wma',
  name: 'Weighted moving average',
  shortName: 'WMA',
  pane: 'price',
  parameters,
  outputs: [{ id: 'wma', name: 'WMA', unit: 'price' }],
  formula: 'WMA = (n x + (n − 1) x₋₁ + … + 1 x₋ₙ₊₁) / (n (n + 1) / 2)',
  convention: 'Linear weights, n for the newest price down to 1 for the oldest, as TA-Lib.',
  source: 'Common; as TA-Lib WMA',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new MovingAverage(new WindowLinearMean(chosen.length), chosen.source),
})

/** Hull moving average. */
export const HMA = describe({
  id: 'hma',
  name: 'Hull moving average',
  shortName: 'HMA',
  pane: 'price',
  parameters: z.object({ length: length(20, 2), source: priceSource }),
  outputs: [{ id: 'hma', name: 'HMA', unit: 'price' }],
  formula: 'HMA = WMA(2 WMA(x, n / 2) − WMA(x, n), √n)',
  convention: 'n / 2 and √n without their fractions, as Hull has them.',
  source: 'A. Hull, "Hull Moving Average", 2005',
  barsNeeded: (chosen) => chosen.length + hullSmoothing(chosen.length) - 1,
  create: (chosen) => new MovingAverage(new HullMean(chosen.length), chosen.source),
})
