import * as z from 'zod'
import { describe } from '../indicator.ts'
import type { StateReader, StateWriter } from '../kernel.ts'
import { PriceRange } from '../kernels/price-range.ts'
import type { SeriesBar } from '../series.ts'
import type { SessionDay } from '../session-days.ts'
import { SessionIndicator, type SessionFigure } from '../session-indicator.ts'

/** High and low of the bars of a part of each day. */
abstract class RangeOfDay implements SessionFigure<RangeOfDay> {
  protected readonly range = new PriceRange()
  /** Whether the day is known from where the part begins. */
  #isWhole = false

  beginDay(day: SessionDay, began: number): void {
    this.range.clear()
    this.#isWhole = began <= this.from(day)
  }

  take(bar: SeriesBar, day: SessionDay): void {
    if (this.#isWhole && bar.minute >= this.from(day) && bar.minute < this.until(day)) this.range.take(bar)
  }

  write(values: Float64Array, { minute }: SeriesBar, day: SessionDay): void {
    const isShown = this.isShown(minute, day)
    values[0] = isShown ? this.range.high : NaN
    values[1] = isShown ? this.range.low : NaN
  }

  set(other: RangeOfDay): void {
    this.range.set(other.range)
    this.#isWhole = other.#isWhole
  }

  save(state: StateWriter): void {
    state.write(this.#isWhole ? 1 : 0)
    this.range.save(state)
  }

  load(state: StateReader): void {
    this.#isWhole = state.read() === 1
    this.range.load(state)
  }

  protected abstract from(day: SessionDay): number
  protected abstract until(day: SessionDay): number
  protected abstract isShown(minute: number, day: SessionDay): boolean
}

class OpeningRange extends RangeOfDay {
  readonly #minutes: number

  constructor(minutes: number) {
    super()
    this.#minutes = minutes
  }

  protected from({ open }: SessionDay): number {
    return open
  }

  protected until({ open, close }: SessionDay): number {
    return Math.min(open + this.#minutes, close)
  }

  protected isShown(minute: number, day: SessionDay): boolean {
    return minute >= this.until(day)
  }
}

class PreMarketRange extends RangeOfDay {
  protected from({ preOpen }: SessionDay): number {
    return preOpen
  }

  protected until({ open }: SessionDay): number {
    return open
  }

  protected isShown(): boolean {
    return true
  }
}

/** High and low of the first minutes of the regular session. */
export const OPENING_RANGE = describe({
  id: 'opening-range',
  name: 'Opening range',
  shortName: 'OR',
  pane: 'price',
  parameters: z.object({ minutes: z.number().int().min(1).max(390).default(15) }),
  outputs: [
    { id: 'high', name: 'Opening range high', unit: 'price' },
    { id: 'low', name: 'Opening range low', unit: 'price' },
  ],
  formula: 'max(high), min(low) of the bars that begin from the open until n minutes later',
  convention:
    'No values while the range forms: they begin with the first bar after it and stand until the end of the day. A bar that begins within the range belongs to it whole.',
  source: 'T. Crabel, “Day Trading with Short Term Price Patterns and Opening Range Breakout”, 1990',
  barsNeeded: () => undefined,
  create: (chosen, calendar) => new SessionIndicator(2, calendar, () => new OpeningRange(chosen.minutes)),
})

/** High and low of the pre-market session. */
export const PRE_MARKET_RANGE = describe({
  id: 'pre-market-range',
  name: 'Pre-market high and low',
  shortName: 'PM',
  pane: 'price',
  parameters: z.object({}),
  outputs: [
    { id: 'high', name: 'Pre-market high', unit: 'price' },
    { id: 'low', name: 'Pre-market low', unit: 'price' },
  ],
  formula: 'max(high), min(low) of the bars from 04:00 until 09:30',
  convention:
    'Grow during the pre-market and stand from the open until the end of the day. No values on a day without pre-market bars. Needs bars of extended hours.',
  source: 'Common',
  barsNeeded: () => undefined,
  create: (_, calendar) => new SessionIndicator(2, calendar, () => new PreMarketRange()),
})
