import * as z from 'zod'
import { describe, Indicator } from '../indicator.ts'
import { ValueChange } from '../kernels/value-change.ts'
import { RunningSum } from '../kernels/running-sum.ts'
import type { SeriesBar } from '../series.ts'

class OnBalanceVolume extends Indicator {
  readonly #change = new ValueChange()
  readonly #balance = new RunningSum()

  constructor() {
    super(1)
  }

  protected show(bar: SeriesBar): void {
    this.values[0] = this.#balance.peek(this.#flowOf(bar))
  }

  protected take(bar: SeriesBar): void {
    this.#balance.take(this.#flowOf(bar))
    this.#change.take(bar.close)
  }

  protected kernels() {
    return [this.#change, this.#balance]
  }

  #flowOf({ close, volume }: SeriesBar): number {
    const change = this.#change.peek(close)
    if (change > 0) return volume
    return change < 0 ? -volume : 0
  }
}

/** On-balance volume. */
export const OBV = describe({
  id: 'obv',
  name: 'On-balance volume',
  shortName: 'OBV',
  pane: 'below',
  parameters: z.object({}),
  outputs: [{ id: 'obv', name: 'OBV', unit: 'shares' }],
  formula: 'OBV = OBV₋₁ + v if close > close₋₁, − v if close < close₋₁, + 0 if they are equal; v the volume',
  convention:
    '0 at the first bar (TA-Lib begins with its volume). Its level depends on where the series begins: only its course says something.',
  source: 'J. E. Granville, "Granville’s New Key to Stock Market Profits", 1963',
  barsNeeded: () => 1,
  create: () => new OnBalanceVolume(),
})
