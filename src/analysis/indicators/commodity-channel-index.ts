import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import { WindowMeanDistance } from '../kernels/window-mean-distance.ts'
import { typicalPrice } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

/** Lambert's constant: most values are between -100 and 100. */
const SCALE = 0.015

class CommodityChannelIndex extends Indicator {
  readonly #distance: WindowMeanDistance

  constructor(length: number) {
    super(1)
    this.#distance = new WindowMeanDistance(length)
  }

  protected show(bar: SeriesBar): void {
    this.values[0] = this.#distance.peek(typicalPrice(bar)) / SCALE
  }

  protected take(bar: SeriesBar): void {
    this.#distance.take(typicalPrice(bar))
  }

  protected kernels() {
    return [this.#distance]
  }
}

/** Commodity channel index. */
export const CCI = describe({
  id: 'cci',
  name: 'Commodity channel index',
  shortName: 'CCI',
  pane: 'below',
  parameters: z.object({ length: length(20, 2) }),
  outputs: [{ id: 'cci', name: 'CCI', unit: 'index' }],
  formula:
    'CCI = (t − SMA(t, n)) / (0.015 MD), t = (high + low + close) / 3, MD = the mean of |t − SMA(t, n)| over n bars',
  convention:
    'Mean absolute deviation around the SMA of the newest bar, as TA-Lib. 0 while the typical price stands still.',
  source: 'D. R. Lambert, "Commodity Channel Index", 1980',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new CommodityChannelIndex(chosen.length),
})
