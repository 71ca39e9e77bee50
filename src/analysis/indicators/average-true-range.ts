import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import type { Kernel } from '../kernel.ts'
import { AverageTrueRange } from '../kernels/true-range.ts'
import type { SeriesBar } from '../series.ts'

class WilderRange extends Indicator {
  readonly #range: Kernel<SeriesBar>

  constructor(bars: number) {
    super(1)
    this.#range = new AverageTrueRange(bars)
  }

  protected show(bar: SeriesBar): void {
    this.values[0] = this.#range.peek(bar)
  }

  protected take(bar: SeriesBar): void {
    this.#range.take(bar)
  }

  protected kernels() {
    return [this.#range]
  }
}

/** Average true range. */
export const ATR = describe({
  id: 'atr',
  name: 'Average true range',
  shortName: 'ATR',
  pane: 'below',
  parameters: z.object({ length: length(14) }),
  outputs: [{ id: 'atr', name: 'ATR', unit: 'price' }],
  formula: ['TR = max(high, close₋₁) − min(low, close₋₁)', 'ATR = ATR₋₁ + (TR − ATR₋₁) / n'].join('\n'),
  convention:
    'Wilder’s smoothing, seeded with the mean of the first n true ranges; that of the first bar is high − low and counts. TA-Lib leaves the first bar out.',
  source: 'J. W. Wilder, "New Concepts in Technical Trading Systems", 1978',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new WilderRange(chosen.length),
})
