import * as z from 'zod'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { describe } from '../indicator.ts'
import type { StateReader, StateWriter } from '../kernel.ts'
import { PriceRange } from '../kernels/price-range.ts'
import type { SeriesBar } from '../series.ts'
import { isRegular, type SessionDay } from '../session-days.ts'
import { SessionIndicator, type SessionFigure } from '../session-indicator.ts'

/** The regular sessions of today and of the last day before it that had one. */
class TwoDays implements SessionFigure<TwoDays> {
  readonly #today = new PriceRange()
  readonly #previous = new PriceRange()
  readonly #write: (values: Float64Array, today: PriceRange, previous: PriceRange) => void
  #isWhole = false

  constructor(write: (values: Float64Array, today: PriceRange, previous: PriceRange) => void) {
    this.#write = write
  }

  beginDay({ open }: SessionDay, began: number): void {
    if (!this.#today.isEmpty) {
      this.#previous.set(this.#today)
      if (!this.#isWhole) {
        this.#previous.high = NaN
        this.#previous.low = NaN
      }
    }
    this.#today.clear()
    this.#isWhole = began <= open
  }

  take(bar: SeriesBar, day: SessionDay): void {
    if (isRegular(day, bar.minute)) this.#today.take(bar)
  }

  write(values: Float64Array): void {
    this.#write(values, this.#today, this.#previous)
  }

  set(other: TwoDays): void {
    this.#today.set(other.#today)
    this.#previous.set(other.#previous)
    this.#isWhole = other.#isWhole
  }

  save(state: StateWriter): void {
    state.write(this.#isWhole ? 1 : 0)
    this.#today.save(state)
    this.#previous.save(state)
  }

  load(state: StateReader): void {
    this.#isWhole = state.read() === 1
    this.#today.load(state)
    this.#previous.load(state)
  }
}

const noParameters = z.object({})

/** High, low and close of the regular session before today's. */
export const PREVIOUS_DAY = describe({
  id: 'previous-day',
  name: 'Previous day’s high, low and close',
  shortName: 'PD',
  pane: 'price',
  parameters: noParameters,
  outputs: [
    { id: 'high', name: 'Previous day’s high', unit: 'price' },
    { id: 'low', name: 'Previous day’s low', unit: 'price' },
    { id: 'close', name: 'Previous day’s close', unit: 'price' },
  ],
  formula: 'max(high), min(low) and last close of the regular session’s bars on the day before',
  convention:
    'Regular session of the last day on which the stock traded, from the first bar of today, pre-market too. The close is that of the last regular bar, not the price of the closing auction.',
  source: 'Common',
  barsNeeded: () => undefined,
  create: (_, calendar: ExchangeCalendar) =>
    new SessionIndicator(
      3,
      calendar,
      () =>
        new TwoDays((values, _today, { high, low, close }) => {
          values[0] = high
          values[1] = low
          values[2] = close
        }),
    ),
})

/** How far the regular session opened from the close before. */
export const GAP = describe({
  id: 'gap',
  name: 'Gap',
  shortName: 'Gap',
  pane: 'below',
  parameters: noParameters,
  outputs: [{ id: 'gap', name: 'Gap', unit: 'percent' }],
  formula: '100 (open − previous close) / previous close',
  convention:
    'Open of the first regular bar against the close of the last regular bar of the last day on which the stock traded; no value before the open. Auction prices are not known from bars.',
  source: 'Common',
  barsNeeded: () => undefined,
  create: (_, calendar: ExchangeCalendar) =>
    new SessionIndicator(
      1,
      calendar,
      () =>
        new TwoDays((values, today, previous) => {
          values[0] = (100 * (today.open - previous.close)) / previous.close
        }),
    ),
})
