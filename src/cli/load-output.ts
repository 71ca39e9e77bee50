import { counted, formatCount } from '#shared/format/numbers'
import { wholePercent } from '#shared/format/percent'
import type { Coverage, LoadProgress, LoadRequest } from '#shared/history'
import { DAY_MS } from '#shared/time'

/** The heading, which announces what will be loaded. */
export function heading({ symbols, startDate, endDate }: LoadRequest, isDemo: boolean): string {
  const shown = symbols.length > 5 ? `${symbols.slice(0, 3).join(', ')}, ...` : symbols.join(', ')
  return [
    'Signal Historical Data Loader',
    '=============================',
    ...(isDemo
      ? ['Demo market: simulated prices (set ALPACA_API_KEY and ALPACA_API_SECRET for real ones)']
      : []),
    `Symbols: ${shown} (${symbols.length} total)`,
    `Date Range: ${startDate} to ${endDate} (${span(startDate, endDate)})`,
    '',
  ].join('\n')
}

function span(startDate: string, endDate: string): string {
  const days = Math.round((Date.parse(endDate) - Date.parse(startDate)) / DAY_MS) + 1
  const years = Math.round(days / 365.25)
  if (days < 360) return counted(days, 'day')
  return counted(years, 'year')
}

/** One line for a finished symbol. */
export function symbolLine({
  symbol,
  barsLoaded,
  barsRejected,
  state,
  problem,
}: LoadProgress['symbols'][number]): string {
  const refused = barsRejected === 0 ? '' : ` (${formatCount(barsRejected)} bars refused)`
  return state === 'failed'
    ? `${symbol}: failed after ${formatCount(barsLoaded)} bars: ${problem ?? 'unknown reason'}`
    : `${symbol}: ${formatCount(barsLoaded)} bars loaded${refused}`
}

/** A terminal's progress bar, in one line. */
export function progressLine({ fraction, barsLoaded, barsPerSecond = 0, secondsLeft }: LoadProgress): string {
  const full = Math.round(fraction * 30)
  const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`
  const percent = String(wholePercent(fraction)).padStart(3)
  return `[${'#'.repeat(full)}${'.'.repeat(30 - full)}] ${percent}%  ${formatCount(barsLoaded)} bars, ${formatCount(barsPerSecond)}/s${left}`
}

/** The summary of what was loaded. */
export function summary({ barsLoaded }: LoadProgress, seconds: number): string {
  return [
    '',
    'Summary:',
    '========',
    `Total bars loaded: ${formatCount(barsLoaded)}`,
    `Total time: ${duration(seconds)}`,
    `Average: ${formatCount(Math.round(barsLoaded / Math.max(1, seconds)))} bars/second`,
  ].join('\n')
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} seconds`
  return seconds < 5_400 ? `${Math.round(seconds / 60)} minutes` : `${(seconds / 3_600).toFixed(1)} hours`
}

/** One line of `--check-only`. */
export function coverageLine({ symbol, barsCount, coveragePct, missingDays, days }: Coverage): string {
  const missing =
    missingDays.length === 0
      ? 'no day is missing'
      : `${formatCount(missingDays.length)} of ${formatCount(days.length)} days missing (${range(missingDays)})`
  return `${symbol}: ${formatCount(barsCount)} bars, ${coveragePct}% of the session minutes, ${missing}`
}

const range = (days: readonly string[]) =>
  days.length === 1 ? String(days[0]) : `${days[0] ?? ''} ... ${days.at(-1) ?? ''}`
