import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { Indicator } from './indicator.ts'
import type { Kernel, StateReader, StateWriter } from './kernel.ts'
import type { SeriesBar } from './series.ts'
import { isInSession, SessionDays, type SessionDay } from './session-days.ts'

/** What an indicator that goes by sessions remembers from bar to bar and from day to day. */
export interface SessionFigure<Self> {
  /** The first bar of a trading day comes. `began` is the minute of the first bar of the whole series. */
  beginDay(day: SessionDay, began: number): void
  /** Takes a bar within the day's sessions. */
  take(bar: SeriesBar, day: SessionDay): void
  /** Writes the values at the bar taken last. */
  write(values: Float64Array, bar: SeriesBar, day: SessionDay): void
  /** Becomes the same as another. */
  set(other: Self): void
  save(state: StateWriter): void
  load(state: StateReader): void
}

/** Which trading day a figure has come to. */
interface Place {
  /** The day's first minute; NaN before the first. */
  day: number
  /** The minute of the series' first bar, in a session or not; NaN before it. */
  began: number
}

/**
 * An indicator that begins anew on each trading day of the exchange. It has no values at bars outside pre-market, regular and
 * after-hours sessions and takes nothing from them. A day that was under way when the series began is not known from its start:
 * figures that need the start say nothing about it, so that they never depend on where a series begins.
 */
export class SessionIndicator<Figure extends SessionFigure<Figure>> extends Indicator {
  readonly #days: SessionDays
  readonly #taken: Figure
  /** {@link #taken} with the newest bar. */
  readonly #shown: Figure
  readonly #place: Place = { day: NaN, began: NaN }

  constructor(outputs: number, calendar: ExchangeCalendar, create: () => Figure) {
    super(outputs)
    this.#days = new SessionDays(calendar)
    this.#taken = create()
    this.#shown = create()
  }

  protected show(bar: SeriesBar): void {
    const day = this.#days.of(bar.minute)
    if (!isInSession(day, bar.minute)) {
      this.values.fill(NaN)
      return
    }
    this.#shown.set(this.#taken)
    const { began } = this.#place
    if (day.from !== this.#place.day) this.#shown.beginDay(day, Number.isNaN(began) ? bar.minute : began)
    this.#shown.take(bar, day)
    this.#shown.write(this.values, bar, day)
  }

  protected take(bar: SeriesBar): void {
    const day = this.#days.of(bar.minute)
    if (isInSession(day, bar.minute)) {
      this.#taken.set(this.#shown) // the bar that is taken was shown last
      this.#place.day = day.from
    }
    if (Number.isNaN(this.#place.began)) this.#place.began = bar.minute
  }

  protected kernels(): readonly Pick<Kernel, 'save' | 'load'>[] {
    const place = this.#place
    return [
      this.#taken,
      {
        save: (state) => state.write(place.day, place.began),
        load: (state) => {
          place.day = state.read()
          place.began = state.read()
        },
      },
    ]
  }
}
