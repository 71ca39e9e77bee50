import * as z from 'zod'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { describe, Indicator } from '../indicator.ts'
import type { Kernel } from '../kernel.ts'
import { DoubleDouble } from '../kernels/double-double.ts'
import { UsualVolume, WHOLE_SESSION } from '../kernels/usual-volume.ts'
import type { SeriesBar } from '../series.ts'
import { isInSession, isRegular, SessionDays, type SessionDay } from '../session-days.ts'

const shown = new DoubleDouble()

/** The day's volume so far against what it was at the same minute of the last whole days. */
class RelativeVolume extends Indicator {
  readonly #days: SessionDays
  readonly #usual: UsualVolume
  readonly #sum = new DoubleDouble()
  /** First minute of the day taken last, NaN before the first. */
  #day = NaN
  /** Whether that day will count among the whole ones if it has a regular bar. */
  #counts = false
  /** The minute of the series' first bar; NaN before it. */
  #began = NaN

  constructor(days: number, calendar: ExchangeCalendar) {
    super(1)
    this.#days = new SessionDays(calendar)
    this.#usual = new UsualVolume(days)
  }

  protected show(bar: SeriesBar): void {
    const day = this.#days.of(bar.minute)
    this.values[0] = isInSession(day, bar.minute) && this.#isKnown(day, bar) ? this.#ratio(bar, day) : NaN
  }

  protected take(bar: SeriesBar): void {
    const day = this.#days.of(bar.minute)
    if (isInSession(day, bar.minute)) {
      if (day.from !== this.#day) this.#beginDay(day, bar)
      if (isRegular(day, bar.minute)) {
        this.#sum.add(bar.volume)
        this.#usual.take(bar.minute - day.open, this.#sum.value)
      }
    }
    if (Number.isNaN(this.#began)) this.#began = bar.minute
  }

  protected kernels(): readonly Pick<Kernel, 'save' | 'load'>[] {
    return [
      this.#usual,
      {
        save: (state) => {
          state.write(this.#day, this.#counts ? 1 : 0, this.#began)
          this.#sum.save(state)
        },
        load: (state) => {
          this.#day = state.read()
          this.#counts = state.read() === 1
          this.#began = state.read()
          this.#sum.load(state)
        },
      },
    ]
  }

  #beginDay(day: SessionDay, bar: SeriesBar): void {
    this.#usual.endDay(this.#counts)
    this.#day = day.from
    this.#counts = this.#isKnown(day, bar) && day.close - day.open === WHOLE_SESSION
    this.#sum.clear()
  }

  /** Whether the series has the day from its open. */
  #isKnown({ open }: SessionDay, { minute }: SeriesBar): boolean {
    return (Number.isNaN(this.#began) ? minute : this.#began) <= open
  }

  #ratio({ minute, volume }: SeriesBar, day: SessionDay): number {
    if (minute < day.open) return NaN
    const isNewDay = day.from !== this.#day
    if (isNewDay) shown.clear()
    else shown.set(this.#sum)
    if (isRegular(day, minute)) shown.add(volume)
    const at = Math.min(minute, day.close - 1) - day.open
    const usual = this.#usual.mean(at, isNewDay && this.#counts)
    return usual > 0 ? shown.value / usual : NaN
  }
}

/** The day's volume so far in proportion to that of other days. */
export const RELATIVE_VOLUME = describe({
  id: 'relative-volume',
  name: 'Relative volume at the time of day',
  shortName: 'RVOL',
  pane: 'below',
  parameters: z.object({ days: z.number().int().min(1).max(60).default(20) }),
  outputs: [{ id: 'ratio', name: 'Relative volume', unit: 'ratio' }],
  formula: 'RVOL = V(t) / mean of V(t) on the last n days, V(t) = volume since the open until minute t',
  convention:
    'Regular session only; after the close it stands. Compares with n whole sessions of 390 minutes, known from their open: days with an early close and days without a bar are no measure. A bar counts as the minute at which it begins. No value if nothing had been traded by that minute on any of those days.',
  source: 'Common',
  barsNeeded: () => undefined,
  create: (chosen, calendar) => new RelativeVolume(chosen.days, calendar),
})
