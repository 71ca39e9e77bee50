import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import { ValueChange } from '../kernels/value-change.ts'
import { WindowWeightedMean } from '../kernels/window-weighted-mean.ts'
import { typicalPrice } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'

/** Below this share of it a change of the typical price is the rounding of equal ones. */
const NOTHING = 1e-14

class MoneyFlowIndex extends Indicator {
  readonly #change = new ValueChange()
  /** 1 for a rise and 0 for a fall, weighted with the dollars that flowed. */
  readonly #rising: WindowWeightedMean

  constructor(length: number) {
    super(1)
    this.#rising = new WindowWeightedMean(length)
  }

  protected show(bar: SeriesBar): void {
    const typical = typicalPrice(bar)
    const change = this.#change.peek(typical)
    const rising = this.#rising.peek(change > 0 ? 1 : 0, flow(typical, change, bar.volume), 0.5)
    this.values[0] = Number.isNaN(change) ? NaN : 100 * rising
  }

  protected take(bar: SeriesBar): void {
    const typical = typicalPrice(bar)
    const change = this.#change.peek(typical)
    if (!Number.isNaN(change)) this.#rising.take(change > 0 ? 1 : 0, flow(typical, change, bar.volume))
    this.#change.take(typical)
  }

  protected kernels() {
    return [this.#change, this.#rising]
  }
}

/** Dollars that flowed up or down; 0 while the price stands still. */
const flow = (typical: number, change: number, volume: number): number =>
  Math.abs(change) <= NOTHING * typical ? 0 : typical * volume

/** Money flow index. */
export const MFI = describe({
  id: 'mfi',
  name: 'Money flow index',
  shortName: 'MFI',
  pane: 'below',
  parameters: z.object({ length: length(14, 2) }),
  outputs: [{ id: 'mfi', name: 'MFI', unit: 'index' }],
  formula:
    'MFI = 100 U / (U + D), U and D the sums of typical price × volume over those of n bars whose typical price, (high + low + close) / 3, rose or fell',
  convention: 'First value after n changes, as TA-Lib. 50 if no money flowed up or down.',
  source: 'G. Quong and A. Soudack, "Volume-Weighted RSI: Money Flow", 1989',
  barsNeeded: (chosen) => chosen.length + 1,
  create: (chosen) => new MoneyFlowIndex(chosen.length),
})
