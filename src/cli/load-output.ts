import type { Coverage, LoadProgress, LoadRequest } from '#shared/history'
import { DAY_MS } from '#shared/time'

export const number = (amount: number) => amount.toLocaleString('en-US')

/** The heading, which announces what will be loaded. */
export function heading({ symbols, startDate, endDate }: LoadRequest, isDemo: boolean): string {
  const shown = symbols.length > 5 ? `${symbols.slice(0, 3).join(', ')}, ...` : symbols.join(', ')
  return [
    'Signal Historical Data Loader',
    '=============================',
    ...(isDemo
      ? ['Demo market: these prices are invented (set ALPACA_API_KEY and ALPACA_API_SECRET for real ones)']
      : []),
    `Symbols: ${shown} (${symbols.length} total)`,
    `Date Range: ${startDate} to ${endDate} (${span(startDate, endDate)})`,
    '',
  ].join('\n')
}

function span(startDate: string, endDate: string): string {
  const days = Math.round((Date.parse(endDate) - Date.parse(startDate)) / DAY_MS) + 1
  const years = Math.round(days / 365.25)
  if (days < 360) return days === 1 ? '1 day' : `${days} days`
  return years === 1 ? '1 year' : `${years} years`
}

/** One line for a finished symbol. */
export function symbolLine({
  symbol,
  barsLoaded,
  barsRejected,
  state,
  problem,
}: LoadProgress['symbols'][number]): string {
  const refused = barsRejected === 0 ? '' : ` (${number(barsRejected)} bars refused)`
  return state === 'failed'
    ? `${symbol}: failed after ${number(barsLoaded)} bars: ${problem ?? 'no reason is known'}`
    : `${symbol}: ${number(barsLoaded)} bars loaded${refused}`
}

/** A terminal's progress bar, in one line. */
export function progressLine({ fraction, barsLoaded, barsPerSecond = 0, secondsLeft }: LoadProgress): string {
  const full = Math.round(fraction * 30)
  const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`
  const percent = String(Math.floor(fraction * 100)).padStart(3)
  return `[${'#'.repeat(full)}${'.'.repeat(30 - full)}] ${percent}%  ${number(barsLoaded)} bars, ${number(barsPerSecond)}/s${left}`
}

/** The summary of what was loaded. */
export function summary({ barsLoaded }: LoadProgress, seconds: number): string {
  return [
    '',
    'Summary:',
    '========',
    `Total bars loaded: ${number(barsLoaded)}`,
    `Total time: ${duration(seconds)}`,
    `Average: ${number(Math.round(barsLoaded / Math.max(1, seconds)))} bars/second`,
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
      : `${number(missingDays.length)} of ${number(days.length)} days missing (${range(missingDays)})`
  return `${symbol}: ${number(barsCount)} bars, ${coveragePct}% of the session minutes, ${missing}`
}

const range = (days: readonly string[]) =>
  days.length === 1 ? String(days[0]) : `${days[0] ?? ''} ... ${days.at(-1) ?? ''}`
