import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import { AfterWarmUp } from '../kernels/after-warm-up.ts'
import { WindowExtreme } from '../kernels/window-extreme.ts'
import { WindowMean } from '../kernels/window-sum.ts'
import type { SeriesBar } from '../series.ts'

class StochasticOscillator extends Indicator {
  readonly #highest: WindowExtreme
  readonly #lowest: WindowExtreme
  readonly #slow: AfterWarmUp
  readonly #smooth: AfterWarmUp

  constructor(length: number, slowing: number, smoothing: number) {
    super(2)
    this.#highest = new WindowExtreme('highest', length)
    this.#lowest = new WindowExtreme('lowest', length)
    this.#slow = new AfterWarmUp(new WindowMean(slowing))
    this.#smooth = new AfterWarmUp(new WindowMean(smoothing))
  }

  protected show(bar: SeriesBar): void {
    const k = this.#slow.peek(this.#placeOf(bar))
    this.values[0] = k
    this.values[1] = this.#smooth.peek(k)
  }

  protected take(bar: SeriesBar): void {
    const place = this.#placeOf(bar)
    this.#smooth.take(this.#slow.peek(place))
    this.#slow.take(place)
    this.#highest.take(bar.high)
    this.#lowest.take(bar.low)
  }

  protected kernels() {
    return [this.#highest, this.#lowest, this.#slow, this.#smooth]
  }

  /** Where the close is in the range of the window: 0 at its low, 100 at its high. */
  #placeOf({ high, low, close }: SeriesBar): number {
    const lowest = this.#lowest.peek(low)
    const range = this.#highest.peek(high) - lowest
    return range === 0 ? 50 : (100 * (close - lowest)) / range
  }
}

/** Stochastic oscillator. */
export const STOCHASTIC = describe({
  id: 'stochastic',
  name: 'Stochastic oscillator',
  shortName: 'Stochastic',
  pane: 'below',
  parameters: z.object({ length: length(14), slowing: length(3), smoothing: length(3) }),
  outputs: [
    { id: 'k', name: '%K', unit: 'percent' },
    { id: 'd', name: '%D', unit: 'percent' },
  ],
  formula:
    'raw = 100 (close − lowest low) / (highest high − lowest low) of n bars; %K = SMA(raw, slowing); %D = SMA(%K, smoothing)',
  convention:
    'Slow stochastic with SMA smoothing, as TA-Lib STOCH with SMA; slowing 1 is the fast one. The raw value is 50 where the range is 0.',
  source: 'G. C. Lane, "Lane’s Stochastics", 1984',
  barsNeeded: (chosen) => chosen.length + chosen.slowing + chosen.smoothing - 2,
  create: (chosen) => new StochasticOscillator(chosen.length, chosen.slowing, chosen.smoothing),
})
