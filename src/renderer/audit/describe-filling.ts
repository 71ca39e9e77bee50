import { formatCount } from '#shared/format/numbers'
import { gapCause, historyFilled, type GapCause, type HistoryFilled } from '#shared/verification'
import { calendarDay } from '../ui/times.ts'
import type { Payload } from './payload-facts.ts'

const WHY: Readonly<Record<GapCause, string>> = {
  'no-trade': 'no trades',
  halt: 'market-wide halt',
  'feed-gap': 'missing at the source or stock halt',
  'not-loaded': 'not downloaded',
}

/** Maximum number of symbols listed by name. */
const MOST_NAMES = 5

/** The result of filling gaps, and why the rest is missing. */
export function filling(payload: Payload): string | undefined {
  const read = historyFilled.safeParse(payload)
  if (!read.success) return undefined
  const { bars, symbols, startDate, endDate } = read.data
  const names =
    symbols.length <= MOST_NAMES
      ? symbols.map(({ symbol }) => symbol).join(', ')
      : `${symbols.length} symbols`
  return [
    `${formatCount(bars)} bars of ${names}, ${calendarDay(startDate)} to ${calendarDay(endDate)}`,
    ...missing(symbols),
    ...symbols.flatMap(({ symbol, stored }) => (stored === 0 ? [`${symbol}: no bars`] : [])),
    ...symbols.flatMap(({ symbol, problem }) => (problem === undefined ? [] : [`${symbol}: ${problem}`])),
  ].join('; ')
}

/** The missing minutes of all symbols, by cause; empty if there are none. */
function missing(symbols: HistoryFilled['symbols']): readonly string[] {
  const causes = gapCause.options.flatMap((cause) => {
    const minutes = symbols.reduce((sum, symbol) => sum + (symbol.missing[cause] ?? 0), 0)
    return minutes === 0 ? [] : [`${formatCount(minutes)} min ${WHY[cause]}`]
  })
  return causes.length === 0 ? [] : [`still missing: ${causes.join(', ')}`]
}
