import * as z from 'zod'
import { describe, Indicator, length } from '../indicator.ts'
import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import { AfterWarmUp } from '../kernels/after-warm-up.ts'
import { wilder } from '../kernels/smoothing.ts'
import { TrueRange } from '../kernels/true-range.ts'
import type { SeriesBar } from '../series.ts'

/** Two moves that differ by less than this share of the price are equal: prices in cents are not exact as doubles. */
const ROUNDING = 2 ** -50

/** Means that decayed to less than this, over thousands of bars without a move, have lost their digits. */
const NOTHING = 1e-290

/** What moved from the bar before to a bar: all 0 at the first. */
class Moves {
  plus = 0
  minus = 0
  range = 0
  readonly #trueRange = new TrueRange()
  #high = NaN
  #low = NaN

  /** Leaves the moves to `bar` in plus, minus and range. */
  measure(bar: SeriesBar): void {
    const { high, low } = bar
    const up = high - this.#high
    const down = this.#low - low
    const difference = up - down
    const rounding = high * ROUNDING
    this.plus = difference > rounding && up > 0 ? up : 0
    this.minus = -difference > rounding && down > 0 ? down : 0
    this.range = Number.isNaN(up) ? 0 : this.#trueRange.peek(bar)
  }

  take(bar: SeriesBar): void {
    this.#trueRange.take(bar)
    this.#high = bar.high
    this.#low = bar.low
  }

  save(state: StateWriter): void {
    this.#trueRange.save(state)
    state.write(this.#high, this.#low)
  }

  load(state: StateReader): void {
    this.#trueRange.load(state)
    this.#high = state.read()
    this.#low = state.read()
  }
}

class DirectionalMovement extends Indicator {
  readonly #moves = new Moves()
  readonly #meanRange: Kernel
  readonly #meanPlus: Kernel
  readonly #meanMinus: Kernel
  readonly #adx: Kernel

  constructor(bars: number) {
    super(3)
    this.#meanRange = wilder(bars)
    this.#meanPlus = wilder(bars)
    this.#meanMinus = wilder(bars)
    this.#adx = new AfterWarmUp(wilder(bars))
  }

  protected show(bar: SeriesBar): void {
    this.#moves.measure(bar)
    const range = this.#meanRange.peek(this.#moves.range)
    const plus = this.#meanPlus.peek(this.#moves.plus)
    const minus = this.#meanMinus.peek(this.#moves.minus)
    this.values[0] = percent(plus, range)
    this.values[1] = percent(minus, range)
    this.values[2] = this.#adx.peek(percent(Math.abs(plus - minus), plus + minus))
  }

  protected take(bar: SeriesBar): void {
    this.#moves.measure(bar)
    const plus = this.#meanPlus.peek(this.#moves.plus)
    const minus = this.#meanMinus.peek(this.#moves.minus)
    this.#adx.take(percent(Math.abs(plus - minus), plus + minus))
    this.#meanRange.take(this.#moves.range)
    this.#meanPlus.take(this.#moves.plus)
    this.#meanMinus.take(this.#moves.minus)
    this.#moves.take(bar)
  }

  protected kernels() {
    return [this.#moves, this.#meanRange, this.#meanPlus, this.#meanMinus, this.#adx]
  }
}

/** The share of the whole; 0 if the whole is nothing. */
const percent = (part: number, whole: number): number => (whole < NOTHING ? 0 : (100 * part) / whole)

/** Average directional index with the two directional indicators (DMI). */
export const ADX = describe({
  id: 'adx',
  name: 'Average directional index',
  shortName: 'ADX',
  pane: 'below',
  parameters: z.object({ length: length(14, 2) }),
  outputs: [
    { id: 'plusDi', name: '+DI', unit: 'index' },
    { id: 'minusDi', name: '−DI', unit: 'index' },
    { id: 'adx', name: 'ADX', unit: 'index' },
  ],
  formula: [
    '+DM = high − high₋₁ if that is above 0 and above low₋₁ − low, else 0; −DM the other way round',
    '±DI = 100 × Wilder(±DM) / Wilder(TR)',
    'DX = 100 × |+DI − −DI| / (+DI + −DI)',
    'ADX = Wilder(DX)',
  ].join('\n'),
  convention:
    'All four with Wilder’s smoothing over n. ±DI begin with the sums over the first n − 1 moves, ADX with the mean of the first n DX. Where nothing moved, they are 0.',
  source: 'J. W. Wilder, "New Concepts in Technical Trading Systems", 1978',
  barsNeeded: (chosen) => 2 * chosen.length - 1,
  create: (chosen) => new DirectionalMovement(chosen.length),
})
