import type { StockSymbol } from '#shared/units'
import type { Gap, GapCause, VerificationReport } from '#shared/verification'

/** A gap with its symbol. */
export interface SymbolGap extends Gap {
  readonly symbol: StockSymbol
}

/** Which gaps are shown; an absent field filters nothing. */
export interface GapFilter {
  readonly symbol?: StockSymbol | undefined
  readonly cause?: GapCause | undefined
  /** Only gaps longer than this, in session minutes. */
  readonly longerThan: number
}

/** The gaps of all reports that pass the filter, longest first, newest first among equals. */
export const gapsOf = (
  reports: readonly VerificationReport[],
  { symbol, cause, longerThan }: GapFilter,
): readonly SymbolGap[] =>
  reports
    .filter((report) => symbol === undefined || report.symbol === symbol)
    .flatMap((report) => report.gaps.map((gap) => ({ ...gap, symbol: report.symbol })))
    .filter((gap) => (cause === undefined || gap.cause === cause) && gap.minutes > longerThan)
    .sort((one, other) => other.minutes - one.minutes || other.from - one.from)

/** Session minutes without a bar by cause, over all reports. */
export function minutesByCause(reports: readonly VerificationReport[]): Readonly<Record<GapCause, number>> {
  const total = { 'not-loaded': 0, 'feed-gap': 0, halt: 0, 'no-trade': 0 }
  for (const { issues } of reports) {
    for (const issue of issues) {
      if (issue.kind !== 'gaps') continue
      for (const cause of ['not-loaded', 'feed-gap', 'halt', 'no-trade'] as const) {
        total[cause] += issue.minutesByCause[cause]
      }
    }
  }
  return total
}

/** The number of gaps over all reports, which list only the longest of them. */
export const gapCount = (reports: readonly VerificationReport[]): number =>
  reports.reduce(
    (sum, { issues }) =>
      sum + issues.reduce((count, issue) => count + (issue.kind === 'gaps' ? issue.count : 0), 0),
    0,
  )
