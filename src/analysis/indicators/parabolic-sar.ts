import * as z from 'zod'
import { describe, Indicator } from '../indicator.ts'
import type { StateReader, StateWriter } from '../kernel.ts'
import type { SeriesBar } from '../series.ts'

/** The trend after a bar. */
class Trend {
  /** 1 while rising, -1 while falling, NaN before the second bar. */
  direction = NaN
  /** The price at which the coming bar would end the trend. */
  stop = NaN
  /** The furthest price of the trend. */
  extreme = NaN
  /** By which share of the distance to the extreme the stop moves. */
  factor = NaN
  high = NaN
  low = NaN
  /** The stop at the bar itself, or after a reversal the first one of the new trend. */
  value = NaN

  set(other: Trend): void {
    this.direction = other.direction
    this.stop = other.stop
    this.extreme = other.extreme
    this.factor = other.factor
    this.high = other.high
    this.low = other.low
    this.value = other.value
  }

  save(state: StateWriter): void {
    const { direction, stop, extreme, factor, high, low, value } = this
    state.write(direction, stop, extreme, factor, high, low, value)
  }

  load(state: StateReader): void {
    this.direction = state.read()
    this.stop = state.read()
    this.extreme = state.read()
    this.factor = state.read()
    this.high = state.read()
    this.low = state.read()
    this.value = state.read()
  }
}

class ParabolicSar extends Indicator {
  readonly #step: number
  readonly #maximum: number
  readonly #taken = new Trend()
  readonly #shown = new Trend()

  constructor(step: number, maximum: number) {
    super(1)
    this.#step = Math.min(step, maximum)
    this.#maximum = maximum
  }

  protected show(bar: SeriesBar): void {
    this.#shown.set(this.#taken)
    this.#follow(this.#shown, bar)
    this.values[0] = this.#shown.value
  }

  protected take(bar: SeriesBar): void {
    this.#follow(this.#taken, bar)
  }

  protected kernels() {
    return [this.#taken]
  }

  /** Takes the trend one bar further. */
  #follow(trend: Trend, bar: SeriesBar): void {
    if (!Number.isNaN(trend.high)) {
      if (Number.isNaN(trend.direction)) this.#begin(trend, bar)
      if (isReached(trend, bar)) this.#reverse(trend, bar)
      else this.#goOn(trend, bar)
      const next = trend.value + trend.factor * (trend.extreme - trend.value)
      trend.stop =
        trend.direction === 1 ? Math.min(next, bar.low, trend.low) : Math.max(next, bar.high, trend.high)
    }
    trend.high = bar.high
    trend.low = bar.low
  }

  /** The first trend is that of the larger move from the first bar to the second. */
  #begin(trend: Trend, bar: SeriesBar): void {
    const isFalling = trend.low - bar.low > Math.max(0, bar.high - trend.high)
    trend.direction = isFalling ? -1 : 1
    trend.stop = isFalling ? trend.high : trend.low
    trend.extreme = isFalling ? bar.low : bar.high
    trend.factor = this.#step
  }

  #reverse(trend: Trend, bar: SeriesBar): void {
    const wasRising = trend.direction === 1
    trend.value = wasRising
      ? Math.max(trend.extreme, bar.high, trend.high)
      : Math.min(trend.extreme, bar.low, trend.low)
    trend.direction = wasRising ? -1 : 1
    trend.extreme = wasRising ? bar.low : bar.high
    trend.factor = this.#step
  }

  #goOn(trend: Trend, bar: SeriesBar): void {
    trend.value = trend.stop
    const extreme =
      trend.direction === 1 ? Math.max(trend.extreme, bar.high) : Math.min(trend.extreme, bar.low)
    if (extreme !== trend.extreme) trend.factor = Math.min(trend.factor + this.#step, this.#maximum)
    trend.extreme = extreme
  }
}

const isReached = ({ direction, stop }: Trend, { high, low }: SeriesBar): boolean =>
  direction === 1 ? low <= stop : high >= stop

const factor = (usual: number) => z.number().min(0.001).max(1).default(usual)

/** Parabolic stop and reverse. */
export const PARABOLIC_SAR = describe({
  id: 'parabolicSar',
  name: 'Parabolic SAR',
  shortName: 'SAR',
  pane: 'price',
  parameters: z.object({ step: factor(0.02), maximum: factor(0.2) }),
  outputs: [{ id: 'sar', name: 'SAR', unit: 'price' }],
  formula: [
    'SAR = SAR₋₁ + f (extreme₋₁ − SAR₋₁), but never beyond the lows (rising; the highs if falling) of the two bars before',
    'f begins with step and grows by step, up to maximum, with each bar that goes beyond the extreme',
    'reached by the price, the trend turns: SAR = extreme, f = step, extreme = low (was rising; high if it was falling)',
  ].join('\n'),
  convention:
    'A touch of the stop turns the trend, as TA-Lib. The first trend is that of the larger move between the first two bars, rising if they are equal, with the other extreme of the first bar as its stop.',
  source: 'J. W. Wilder, "New Concepts in Technical Trading Systems", 1978',
  barsNeeded: () => 2,
  create: (chosen) => new ParabolicSar(chosen.step, chosen.maximum),
})
