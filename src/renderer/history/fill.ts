import type { BarFeed, LoadRequest } from '#shared/history'
import type { VerificationReport } from '#shared/verification'
import type { DayRange } from './dates.ts'
import { minutesByCause } from './gap-list.ts'

/**
 * The load that fills what can be filled: symbols with minutes never requested, from their first day with a
 * bar to their last, and symbols without any bar over the range the trader chose. Undefined if there is
 * nothing to fill.
 */
export function fillRequest(
  reports: readonly VerificationReport[],
  chosen: DayRange,
  feed: BarFeed,
): LoadRequest | undefined {
  const wanting = reports.filter(
    (report) => report.totalBars === 0 || minutesByCause([report])['not-loaded'] > 0,
  )
  if (wanting.length === 0) return undefined
  const starts = wanting.map(({ dateRange }) => dateRange?.from ?? chosen.startDate).sort()
  const ends = wanting.map(({ dateRange }) => dateRange?.to ?? chosen.endDate).sort()
  return {
    symbols: wanting.map(({ symbol }) => symbol),
    startDate: starts[0] ?? chosen.startDate,
    endDate: ends.at(-1) ?? chosen.endDate,
    feed,
  }
}
