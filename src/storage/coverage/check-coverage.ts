import { addDays } from '#shared/calendar/new-york'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { percentOf } from '#shared/format/percent'
import type { BarFeed, Coverage } from '#shared/history'
import type { StockSymbol } from '#shared/units'
import { readDays } from '../bars/index.ts'
import type { Reader } from '../database/index.ts'
import { readCovered } from './covered.ts'
import { isRequested, type DaySpan } from './missing.ts'

/**
 * What is stored of a symbol, trading day by trading day, without reading a single bar. Days are judged by
 * the regular session; `feed` tells whose loads count as done.
 */
export async function checkCoverage(
  reader: Reader,
  { symbol, startDate, endDate, feed }: DaySpan & { readonly symbol: StockSymbol; readonly feed: BarFeed },
  calendar: ExchangeCalendar,
): Promise<Coverage> {
  const until = addDays(endDate, 1)
  const stored = new Map(
    (await readDays(reader, { symbol, from: startDate, until })).map((each) => [each.day, each] as const),
  )
  const covered = await readCovered(reader, symbol, feed)
  const days = calendar.tradingDaysBetween(startDate, until).map(({ day }) => {
    const requested = isRequested(day, covered)
    return {
      day,
      expected: calendar.minutesOfSession(day),
      present: stored.get(day)?.regularBars ?? 0,
      loaded: requested && stored.has(day),
      nothingThere: requested && !stored.has(day),
    }
  })
  const sum = (amounts: Iterable<number>) => [...amounts].reduce((total, amount) => total + amount, 0)
  const expectedBars = sum(days.map(({ expected }) => expected))
  const actualBars = sum(days.map(({ present }) => present))
  return {
    symbol,
    barsCount: sum([...stored.values()].map(({ bars }) => bars)),
    expectedBars,
    actualBars,
    coveragePct: percentOf(actualBars, expectedBars),
    missingDays: days.filter(({ present }) => present === 0).map(({ day }) => day),
    days,
  }
}
