import type { ExchangeCalendar, TradingDay } from '#shared/exchange-calendar'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { BarExample } from '#shared/verification'
import { dollars, type StoredBar } from '../bars/index.ts'
import { auditDay, type DayAudit } from './day-audit.ts'
import { isOutlier, violatesOhlc } from './outliers.ts'

/** Bars with one kind of problem. */
class Found {
  count = 0
  first: StoredBar | undefined

  add(bar: StoredBar): void {
    this.count++
    this.first ??= bar
  }

  get example(): { readonly example?: BarExample } {
    return this.first === undefined ? {} : { example: toExample(this.first) }
  }
}

function toExample({ at, open, high, low, close, volume }: StoredBar): BarExample {
  return { at, open: dollars(open), high: dollars(high), low: dollars(low), close: dollars(close), volume }
}

/** Counts the problems in one symbol's bars, read once from the oldest to the newest. */
export class Tally {
  readonly violations = new Found()
  readonly outliers = new Found()
  zeroVolume = 0
  duplicates = 0
  closedDays = 0
  bars = 0
  volume = 0
  /** Invalid bars by month. */
  readonly wrongByMonth = new Map<string, number>()
  #last: StoredBar | undefined
  #beforeLast: StoredBar | undefined

  add(bars: readonly StoredBar[], calendar: ExchangeCalendar): void {
    for (const bar of bars) this.#one(bar, calendar)
  }

  #one(bar: StoredBar, calendar: ExchangeCalendar): void {
    this.bars++
    this.volume += bar.volume
    if (bar.volume === 0) this.zeroVolume++
    if (violatesOhlc(bar)) this.#wrong(this.violations, bar)
    if (bar.at === this.#last?.at) this.duplicates++
    if (this.#beforeLast && this.#last && isOutlier(this.#beforeLast, this.#last, bar))
      this.#wrong(this.outliers, this.#last)
    if (calendar.tradingDay(exchangeDayOf(bar.at)) === undefined) this.closedDays++
    this.#beforeLast = this.#last
    this.#last = bar
  }

  #wrong(found: Found, bar: StoredBar): void {
    found.add(bar)
    const month = exchangeDayOf(bar.at).slice(0, 7)
    this.wrongByMonth.set(month, (this.wrongByMonth.get(month) ?? 0) + 1)
  }
}

/** The sessions of some days, each audited with its day's bars. `bars` are oldest first. */
export function auditDays(
  days: readonly TradingDay[],
  bars: readonly StoredBar[],
  now: EpochMs,
): readonly DayAudit[] {
  const byDay = new Map<ExchangeDay, StoredBar[]>()
  for (const bar of bars) {
    const day = exchangeDayOf(bar.at)
    const known = byDay.get(day)
    if (known === undefined) byDay.set(day, [bar])
    else known.push(bar)
  }
  return days.map((day) => auditDay(day, byDay.get(day.day) ?? [], now))
}
