import { addDays, midnightOf } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { SimExchange } from '../exchange/index.ts'
import {
  rollUp,
  splitAdjusted,
  splitFactor,
  type SimBar,
  type SimFeed,
  type Listing,
} from '../generator/index.ts'
import { dayAfter, firstDayOf, type Timeframe } from './timeframe.ts'

/** Which bars are requested. */
export interface BarSeries {
  readonly listing: Listing
  readonly feed: SimFeed
  readonly timeframe: Timeframe
  readonly adjustment: 'raw' | 'split'
  /** Both inclusive. */
  readonly from: EpochMs
  readonly to: EpochMs
  readonly sort: 'asc' | 'desc'
}

function rolledUp(bars: readonly SimBar[], count: number, midnight: EpochMs): readonly SimBar[] {
  if (count === 1) return bars
  const length = count * MINUTE_MS
  const buckets = new Map<number, SimBar[]>()
  for (const bar of bars) {
    const bucket = Math.floor((bar.at - midnight) / length)
    const together = buckets.get(bucket)
    if (together === undefined) buckets.set(bucket, [bar])
    else together.push(bar)
  }
  return [...buckets]
    .map(([bucket, together]) => rollUp(together, midnight + bucket * length))
    .filter((bar) => bar !== undefined)
}

/** The bars whose first day is `first`, oldest first. */
function barsFrom(exchange: SimExchange, series: BarSeries, first: ExchangeDay): readonly SimBar[] {
  const { listing, feed, timeframe, adjustment } = series
  const adjust = (bars: readonly SimBar[], day: ExchangeDay) => {
    const factor = adjustment === 'split' ? splitFactor(listing.symbol, day) : 1
    return factor === 1 ? bars : bars.map((bar) => splitAdjusted(bar, factor))
  }
  if (timeframe.unit === 'minutes') {
    const bars = exchange.minuteBars(listing, first, feed)
    return timeframe.count === 1
      ? adjust(bars, first)
      : rolledUp(adjust(bars, first), timeframe.count, midnightOf(first))
  }
  const days = [...exchange.days(first, dayAfter(timeframe, first))].flatMap((day) => {
    const bar = exchange.dailyBar(listing, day, feed)
    return bar === undefined ? [] : adjust([bar], day)
  })
  const bar = rollUp(days, midnightOf(first))
  return bar === undefined ? [] : [bar]
}

/** The first days of all bars that may be in the range, oldest first. */
function* firstDays(exchange: SimExchange, { timeframe, from, to }: BarSeries): Generator<ExchangeDay> {
  let before = ''
  const start = firstDayOf(timeframe, exchangeDayOf(from))
  for (const day of exchange.days(start, addDays(exchangeDayOf(to), 1))) {
    const first = firstDayOf(timeframe, day)
    if (first !== before) yield first
    before = first
  }
}

/** Hands over a series' bars in its order, a day at a time, until `take` has enough and returns false. */
export function eachDayOfBars(
  exchange: SimExchange,
  series: BarSeries,
  take: (bars: readonly SimBar[]) => boolean,
): void {
  const { from, to, sort } = series
  const days = firstDays(exchange, series)
  for (const first of sort === 'asc' ? days : [...days].reverse()) {
    const all = barsFrom(exchange, series, first)
    const [head, tail] = [all[0], all.at(-1)]
    if (head === undefined || tail === undefined) continue
    const inside = head.at >= from && tail.at <= to ? all : all.filter(({ at }) => from <= at && at <= to)
    if (!take(sort === 'asc' ? inside : [...inside].reverse())) return
  }
}
