import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import type { BarFeed, Coverage, LoadEstimate, LoadRequest } from '#shared/history'
import { loadableUntil, openDays, rangesToLoad } from '../coverage/index.ts'
import type { Reader } from '../database/index.ts'

/** Bars per day of a symbol without known density: a liquid stock with extended hours; IEX has fewer. */
const USUAL_BARS: Readonly<Record<BarFeed, number>> = { demo: 960, foreign: 700, sip: 700, iex: 390 }
const PAGE_BARS = 10_000
/** Bars stored per second when the rate limit is not the bottleneck. */
const STORED_PER_SECOND = 100_000

/** What downloading the missing days will take. `coverage` tells how dense a symbol is. */
export async function estimateLoad(
  reader: Reader,
  request: LoadRequest,
  coverage: readonly Coverage[],
  calendar: ExchangeCalendar,
  { now, requestsPerMinute }: { readonly now: number; readonly requestsPerMinute: number },
): Promise<LoadEstimate> {
  let [days, bars, requests] = [0, 0, 0]
  const { startDate, endDate, feed } = request
  for (const { symbol, barsCount, days: known } of coverage) {
    const asked = { symbol, feed, startDate, endDate }
    const ranges = await rangesToLoad(reader, asked, loadableUntil(now, feed), calendar)
    const nothingThere = new Set(known.filter((day) => day.nothingThere).map(({ day }) => day))
    const stored = known.filter(({ present }) => present > 0).length
    const barsOfDay = stored >= 5 ? barsCount / stored : USUAL_BARS[request.feed]
    for (const range of ranges) {
      const missing = openDays(range, calendar)
      const fromRange = exchangeDayOf(range.from)
      const untilRange = exchangeDayOf(range.until - 1)
      const likelyEmpty = [...nothingThere].filter((day) => fromRange <= day && day <= untilRange).length
      days += missing
      bars += Math.round((missing - likelyEmpty) * barsOfDay)
      requests += Math.max(1, Math.ceil(((missing - likelyEmpty) * barsOfDay) / PAGE_BARS))
    }
  }
  const seconds = Math.ceil(Math.max((requests / requestsPerMinute) * 60, bars / STORED_PER_SECOND))
  return { days, bars, requests, seconds }
}
