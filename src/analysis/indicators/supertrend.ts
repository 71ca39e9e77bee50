import * as z from 'zod'
import { describe, Indicator, length, multiplier } from '../indicator.ts'
import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { AverageTrueRange } from '../kernels/true-range.ts'
import type { SeriesBar } from '../series.ts'

/** Where the two bands stand after a bar, and which of them is the line: the lower while rising (1), the upper while falling (-1). */
class Bands {
  upper = NaN
  lower = NaN
  close = NaN
  direction = NaN

  save(state: StateWriter): void {
    state.write(this.upper, this.lower, this.close, this.direction)
  }

  load(state: StateReader): void {
    this.upper = state.read()
    this.lower = state.read()
    this.close = state.read()
    this.direction = state.read()
  }
}

class TrailingBands extends Indicator {
  readonly #range: Kernel<SeriesBar>
  readonly #multiplier: number
  readonly #taken = new Bands()
  readonly #shown = new Bands()

  constructor(bars: number, factor: number) {
    super(2)
    this.#range = new AverageTrueRange(bars)
    this.#multiplier = factor
  }

  protected show(bar: SeriesBar): void {
    this.#follow(bar, this.#shown)
    const { upper, lower, direction } = this.#shown
    this.values[0] = direction === 1 ? lower : upper
    this.values[1] = direction
  }

  protected take(bar: SeriesBar): void {
    this.#follow(bar, this.#taken)
    this.#range.take(bar)
  }

  protected kernels() {
    return [this.#range, this.#taken]
  }

  /** Writes the bands after `bar` into `into`. They move toward the price only, until a close was beyond them. */
  #follow(bar: SeriesBar, into: Bands): void {
    const { upper, lower, close, direction } = this.#taken
    const middle = (bar.high + bar.low) / 2
    const width = this.#multiplier * this.#range.peek(bar)
    into.upper = close <= upper ? Math.min(upper, middle + width) : middle + width
    into.lower = close >= lower ? Math.max(lower, middle - width) : middle - width
    into.close = bar.close
    into.direction = Number.isNaN(width) ? NaN : directionOf(bar.close, direction, into)
  }
}

/** Only a close beyond the line turns it. It begins falling. */
function directionOf(close: number, before: number, { upper, lower }: Bands): number {
  if (before === 1) return close < lower ? -1 : 1
  return before === -1 && close > upper ? 1 : -1
}

/** Supertrend. */
export const SUPERTREND = describe({
  id: 'supertrend',
  name: 'Supertrend',
  shortName: 'Supertrend',
  pane: 'price',
  parameters: z.object({ length: length(10), multiplier: multiplier(3) }),
  outputs: [
    { id: 'line', name: 'Supertrend', unit: 'price' },
    { id: 'direction', name: 'Direction', unit: 'direction' },
  ],
  formula: [
    'middle = (high + low) / 2; a, b = middle ∓ multiplier × ATR(length)',
    'lower = max(a, lower₋₁) unless close₋₁ < lower₋₁, then a',
    'upper = min(b, upper₋₁) unless close₋₁ > upper₋₁, then b',
    'rising: the line is lower until close < lower; falling: it is upper until close > upper',
  ].join('\n'),
  convention:
    'ATR with Wilder’s smoothing. It begins falling, as on TradingView, and turns when a bar closes beyond the line. The direction is 1 or −1.',
  source: 'O. Seban; in common use',
  barsNeeded: (chosen) => chosen.length,
  create: (chosen) => new TrailingBands(chosen.length, chosen.multiplier),
})
