import * as z from 'zod'
import { describe, Indicator, length, multiplier, priceSource } from '../indicator.ts'
import type { Kernel } from '../kernel.ts'
import { ema } from '../kernels/smoothing.ts'
import { AverageTrueRange } from '../kernels/true-range.ts'
import { priceOf } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

const parameters = z.object({
  length: length(20),
  atrLength: length(10),
  multiplier: multiplier(2),
  source: priceSource,
})

class Keltner extends Indicator {
  readonly #middle: Kernel
  readonly #range: Kernel<SeriesBar>
  readonly #multiplier: number
  readonly #price: (bar: SeriesBar) => number

  constructor(chosen: z.output<typeof parameters>) {
    super(3)
    this.#middle = ema(chosen.length)
    this.#range = new AverageTrueRange(chosen.atrLength)
    this.#multiplier = chosen.multiplier
    this.#price = priceOf(chosen.source)
  }

  protected show(bar: SeriesBar): void {
    const middle = this.#middle.peek(this.#price(bar))
    const width = this.#multiplier * this.#range.peek(bar)
    this.values[0] = middle - width
    this.values[1] = middle
    this.values[2] = middle + width
  }

  protected take(bar: SeriesBar): void {
    this.#middle.take(this.#price(bar))
    this.#range.take(bar)
  }

  protected kernels() {
    return [this.#middle, this.#range]
  }
}

/** Keltner channels. */
export const KELTNER_CHANNELS = describe({
  id: 'keltner',
  name: 'Keltner channels',
  shortName: 'KC',
  pane: 'price',
  parameters,
  outputs: [
    { id: 'lower', name: 'Lower channel line', unit: 'price' },
    { id: 'middle', name: 'Middle line', unit: 'price' },
    { id: 'upper', name: 'Upper channel line', unit: 'price' },
  ],
  formula: ['middle = EMA(x, length)', 'lower, upper = middle ∓ multiplier × ATR(atrLength)'].join('\n'),
  convention:
    'The middle is an EMA seeded with the SMA of the first n prices; the width is the ATR with Wilder’s smoothing, as in L. Raschke’s version.',
  source: 'C. W. Keltner, "How to Make Money in Commodities", 1960; with EMA and ATR after L. B. Raschke',
  barsNeeded: (chosen) => Math.max(chosen.length, chosen.atrLength),
  create: (chosen) => new Keltner(chosen),
})
