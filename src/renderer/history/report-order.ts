import type { VerificationReport } from '#shared/verification'

/** Columns that a summary of reports can be ordered by. */
export type ReportColumn = 'symbol' | 'score' | 'coverage' | 'bars' | 'issues'

/** An order of reports. */
export interface ReportOrder {
  readonly column: ReportColumn
  readonly descending: boolean
}

/** How many single things are wrong with the bars of a symbol; gaps are told apart from these. */
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

/** The reports in an order; equals stand by symbol. */
export const ordered = (
  reports: readonly VerificationReport[],
  { column, descending }: ReportOrder,
): readonly VerificationReport[] =>
  [...reports].sort(
    (one, other) =>
      (descending ? -1 : 1) * compare[column](one, other) || one.symbol.localeCompare(other.symbol),
  )

/** The order after a click on a column: the same column turns round, another begins with what wants attention. */
export const orderAfter = (order: ReportOrder, column: ReportColumn): ReportOrder =>
  order.column === column
    ? { column, descending: !order.descending }
    : { column, descending: column === 'issues' || column === 'bars' }
