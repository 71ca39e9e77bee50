import * as z from 'zod'
import { describe, Indicator } from '../indicator.ts'
import type { StateReader, StateWriter } from '../kernel.ts'
import { WeightedMoments } from '../kernels/weighted-moments.ts'
import { typicalPrice } from '../price-of.ts'
import type { SeriesBar } from '../series.ts'
import type { SessionDay } from '../session-days.ts'
import { SessionIndicator, type SessionFigure } from '../session-indicator.ts'

/** The volume-weighted price of a bar, or the nearest to it that is known. */
const averagePrice = (bar: SeriesBar) => (Number.isNaN(bar.vwap) ? typicalPrice(bar) : bar.vwap)

function writeBands(values: Float64Array, moments: WeightedMoments, deviations: number): void {
  const { mean } = moments
  const distance = deviations * moments.deviation
  values[0] = mean
  values[1] = mean + distance
  values[2] = mean - distance
}

type Anchor = 'regular' | 'pre-market'

class SessionAverage implements SessionFigure<SessionAverage> {
  readonly #anchor: Anchor
  readonly #deviations: number
  readonly #moments = new WeightedMoments()
  /** The minute from which on bars count today; Infinity on a day not known from there. */
  #from = Infinity

  constructor(anchor: Anchor, deviations: number) {
    this.#anchor = anchor
    this.#deviations = deviations
  }

  beginDay({ preOpen, open }: SessionDay, began: number): void {
    const from = this.#anchor === 'regular' ? open : preOpen
    this.#from = began <= from ? from : Infinity
    this.#moments.clear()
  }

  take(bar: SeriesBar): void {
    if (bar.minute >= this.#from) this.#moments.take(averagePrice(bar), bar.volume)
  }

  write(values: Float64Array): void {
    writeBands(values, this.#moments, this.#deviations)
  }

  set(other: SessionAverage): void {
    this.#moments.set(other.#moments)
    this.#from = other.#from
  }

  save(state: StateWriter): void {
    state.write(this.#from)
    this.#moments.save(state)
  }

  load(state: StateReader): void {
    this.#from = state.read()
    this.#moments.load(state)
  }
}

class AnchoredAverage extends Indicator {
  readonly #anchor: number
  readonly #deviations: number
  readonly #taken = new WeightedMoments()
  readonly #shown = new WeightedMoments()

  constructor(anchor: number, deviations: number) {
    super(3)
    this.#anchor = anchor
    this.#deviations = deviations
  }

  protected show(bar: SeriesBar): void {
    this.#shown.set(this.#taken)
    if (bar.minute >= this.#anchor) this.#shown.take(averagePrice(bar), bar.volume)
    writeBands(this.values, this.#shown, this.#deviations)
  }

  protected take(): void {
    this.#taken.set(this.#shown) // the bar that is taken was shown last
  }

  protected kernels(): readonly WeightedMoments[] {
    return [this.#taken]
  }
}

/** How far the bands are from the average, standard deviations. */
const deviations = z.number().min(0.1).max(10).default(2)

const outputs = [
  { id: 'vwap', name: 'VWAP', unit: 'price' },
  { id: 'upper', name: 'Upper band', unit: 'price' },
  { id: 'lower', name: 'Lower band', unit: 'price' },
] as const

const formula = 'VWAP = Σ(p v) / Σv, bands = VWAP ± k √(Σ v (p − VWAP)² / Σv)'
const price = 'p is the bar’s own VWAP where the feed has it, else (high + low + close) / 3.'

/** Volume-weighted average price of the day with bands. */
export const SESSION_VWAP = describe({
  id: 'session-vwap',
  name: 'Session VWAP with bands',
  shortName: 'VWAP',
  pane: 'price',
  parameters: z.object({ anchor: z.enum(['regular', 'pre-market']).default('regular'), deviations }),
  outputs,
  formula,
  convention: `${price} Begins anew each day at the regular open or with the pre-market, and goes on through after-hours bars. No value before the first share is traded. The deviation is that of the population, weighted by volume.`,
  source: 'Common; S. Berkowitz, D. Logue and E. Noser, “The Total Cost of Transactions on the NYSE”, 1988',
  barsNeeded: () => undefined,
  create: (chosen, calendar) =>
    new SessionIndicator(3, calendar, () => new SessionAverage(chosen.anchor, chosen.deviations)),
})

/** Volume-weighted average price since a minute with bands. */
export const ANCHORED_VWAP = describe({
  id: 'anchored-vwap',
  name: 'Anchored VWAP with bands',
  shortName: 'AVWAP',
  pane: 'price',
  parameters: z.object({
    /** Minutes since the epoch, UTC; 0 is the first bar of the series. */
    anchor: z.number().int().min(0).default(0),
    deviations,
  }),
  outputs,
  formula,
  convention: `${price} Takes each bar that begins at the anchor or later, over all days and sessions. No value before the first share is traded. The deviation is that of the population, weighted by volume.`,
  source: 'B. Shannon, “Maximum Trading Gains with Anchored VWAP”, 2023',
  barsNeeded: () => undefined,
  create: (chosen) => new AnchoredAverage(chosen.anchor, chosen.deviations),
})
