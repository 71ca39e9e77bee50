import { addDays } from '#shared/calendar/new-york'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { BarExample } from '#shared/verification'
import { midnight, toBar, type StoredBar } from '../bars/index.ts'
import { isLevelShift, type PriceSplit } from './level-shifts.ts'
import { isVwapOutside, jumpNearby, jumpOf, OFF_MARKET, OUTLIER, violatesOhlc } from './outliers.ts'

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

function toExample(bar: StoredBar): BarExample {
  const { at, open, high, low, close, volume } = toBar(bar)
  return { at, open, high, low, close, volume }
}

/** Counts the problems in one symbol's bars, read once from the oldest to the newest. */
export class Tally {
  readonly violations = new Found()
  readonly outliers = new Found()
  /** Smaller jumps that return: perhaps a trade away from the market, perhaps a real move. */
  readonly offMarketPrints = new Found()
  /** Bars that begin a level of prices which no split explains. */
  readonly levelShifts = new Found()
  readonly vwapOutside = new Found()
  zeroVolume = 0
  duplicates = 0
  /** Bars by day on which the exchange was closed. */
  readonly closedDays = new Map<ExchangeDay, number>()
  bars = 0
  volume = 0
  /** Invalid bars by month. */
  readonly wrongByMonth = new Map<string, number>()
  readonly #splits: readonly PriceSplit[]
  #last: StoredBar | undefined
  #beforeLast: StoredBar | undefined
  #lastOutlier: StoredBar | undefined

  constructor(splits: readonly PriceSplit[] = []) {
    this.#splits = splits
  }

  /** The bars of one day, oldest first. */
  add(day: ExchangeDay, bars: readonly StoredBar[], calendar: ExchangeCalendar): void {
    for (const bar of bars) this.#one(bar)
    if (calendar.tradingDay(day) === undefined) this.closedDays.set(day, bars.length)
  }

  /** There are no more bars. */
  end(): void {
    if (this.#last) this.#judgePrint(this.#beforeLast, this.#last, undefined)
  }

  #one(bar: StoredBar): void {
    this.bars++
    this.volume += bar.volume
    if (bar.volume === 0 && (bar.exact?.volume ?? 0) === 0) this.zeroVolume++
    if (violatesOhlc(bar)) this.#wrong(this.violations, bar)
    if (bar.at === this.#last?.at) this.duplicates++
    if (isVwapOutside(bar)) this.vwapOutside.add(bar)
    if (this.#last) this.#judge(this.#beforeLast, this.#last, bar)
    this.#beforeLast = this.#last
    this.#last = bar
  }

  #judge(before: StoredBar | undefined, bar: StoredBar, after: StoredBar): void {
    if (before !== undefined && jumpOf(before, bar, after) > OUTLIER) {
      this.#wrong(this.outliers, bar)
      this.#lastOutlier = bar
      return
    }
    this.#judgePrint(before, bar, after)
    if (before === undefined || before === this.#lastOutlier) return
    if (isLevelShift(before, bar, after, this.#splits)) this.levelShifts.add(bar)
  }

  #judgePrint(before: StoredBar | undefined, bar: StoredBar, after: StoredBar | undefined): void {
    if (jumpNearby(before, bar, after) >= OFF_MARKET) this.offMarketPrints.add(bar)
  }

  #wrong(found: Found, bar: StoredBar): void {
    found.add(bar)
    const month = exchangeDayOf(bar.at).slice(0, 7)
    this.wrongByMonth.set(month, (this.wrongByMonth.get(month) ?? 0) + 1)
  }
}

/** The bars by their day in New York; they are oldest first. */
export function byDay(bars: readonly StoredBar[]): ReadonlyMap<ExchangeDay, readonly StoredBar[]> {
  const days = new Map<ExchangeDay, StoredBar[]>()
  let [today, until]: [StoredBar[], EpochMs] = [[], 0]
  for (const bar of bars) {
    if (bar.at >= until) {
      const day = exchangeDayOf(bar.at)
      days.set(day, (today = []))
      until = midnight(addDays(day, 1))
    }
    today.push(bar)
  }
  return days
}
