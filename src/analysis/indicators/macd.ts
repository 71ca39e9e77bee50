import * as z from 'zod'
import { describe, Indicator, length, priceSource, type PriceSource } from '../indicator.ts'
import { AfterWarmUp } from '../kernels/after-warm-up.ts'
import { ema, type Smoothing } from '../kernels/smoothing.ts'
import { priceOf } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

class MovingAverageConvergenceDivergence extends Indicator {
  readonly #price: (bar: SeriesBar) => number
  readonly #fast: Smoothing
  readonly #slow: Smoothing
  readonly #signal: AfterWarmUp

  constructor(fast: number, slow: number, signal: number, source: PriceSource) {
    super(3)
    this.#price = priceOf(source)
    this.#fast = ema(fast)
    this.#slow = ema(slow)
    this.#signal = new AfterWarmUp(ema(signal))
  }

  protected show(bar: SeriesBar): void {
    const macd = this.#macd(this.#price(bar))
    const signal = this.#signal.peek(macd)
    this.values[0] = macd
    this.values[1] = signal
    this.values[2] = macd - signal
  }

  protected take(bar: SeriesBar): void {
    const price = this.#price(bar)
    this.#signal.take(this.#macd(price))
    this.#fast.take(price)
    this.#slow.take(price)
  }

  protected kernels() {
    return [this.#fast, this.#slow, this.#signal]
  }

  #macd(price: number): number {
    return this.#fast.peek(price) - this.#slow.peek(price)
  }
}

/** Moving average convergence/divergence. */
export const MACD = describe({
  id: 'macd',
  name: 'Moving average convergence/divergence',
  shortName: 'MACD',
  pane: 'below',
  parameters: z
    .object({ fast: length(12), slow: length(26, 2), signal: length(9), source: priceSource })
    .refine(({ fast, slow }) => fast < slow, {
      path: ['slow'],
      error: 'The slow average must be longer than the fast one.',
    }),
  outputs: [
    { id: 'macd', name: 'MACD', unit: 'price' },
    { id: 'signal', name: 'Signal', unit: 'price' },
    { id: 'histogram', name: 'Histogram', unit: 'price' },
  ],
  formula: 'MACD = EMA(x, fast) − EMA(x, slow); signal = EMA(MACD, signal length); histogram = MACD − signal',
  convention:
    'Each EMA is seeded with the SMA of its own first prices, the signal with the SMA of the first MACD values. TA-Lib seeds the fast EMA later; the difference fades.',
  source: 'G. Appel, "The Moving Average Convergence-Divergence Trading Method", 1979',
  barsNeeded: ({ slow, signal }) => slow + signal - 1,
  create: ({ fast, slow, signal, source }) =>
    new MovingAverageConvergenceDivergence(fast, slow, signal, source),
})
