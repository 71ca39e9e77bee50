import type { VerificationReport } from '#shared/verification'

/** Columns that a summary of reports can be sorted by. */
export type ReportColumn = 'symbol' | 'score' | 'coverage' | 'bars' | 'issues'

/** A sort order of reports. */
export interface ReportOrder {
  readonly column: ReportColumn
  readonly descending: boolean
}

/** The number of faults in a symbol's bars, not counting gaps. */
export const faultCount = ({ issues }: Pick<VerificationReport, 'issues'>): number =>
  issues.reduce((sum, issue) => sum + (issue.kind === 'gaps' ? 0 : issue.count), 0)

const compare: Readonly<
  Record<ReportColumn, (one: VerificationReport, other: VerificationReport) => number>
> = {
  symbol: (one, other) => one.symbol.localeCompare(other.symbol),
  score: (one, other) => one.score - other.score,
  coverage: (one, other) => one.coverage.coveragePct - other.coverage.coveragePct,
  bars: (one, other) => one.totalBars - other.totalBars,
  issues: (one, other) => faultCount(one) - faultCount(other),
}

/** The reports in a sort order; ties by symbol. */
export const ordered = (
  reports: readonly VerificationReport[],
  { column, descending }: ReportOrder,
): readonly VerificationReport[] =>
  [...reports].sort(
    (one, other) =>
      (descending ? -1 : 1) * compare[column](one, other) || one.symbol.localeCompare(other.symbol),
  )

/**
 * The order after a click on a column: the same column reverses, another one starts with what needs
 * attention.
 */
export const orderAfter = (order: ReportOrder, column: ReportColumn): ReportOrder =>
  order.column === column
    ? { column, descending: !order.descending }
    : { column, descending: column === 'issues' || column === 'bars' }
