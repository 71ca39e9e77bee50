import { memo, useMemo } from 'react'
import { formatCount } from '#shared/format/numbers'
import type { StockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { evidence, VIOLATIONS, type Violation } from './describe-report.ts'
import { Section } from './section.tsx'
import { SYMBOL_COLUMN, symbolOf } from './symbol-column.tsx'

interface Found {
  readonly symbol: StockSymbol
  readonly issue: Violation
}

const COLUMNS: readonly DataColumn<Found>[] = [
  SYMBOL_COLUMN,
  {
    id: 'bars',
    header: 'Bars',
    width: 96,
    align: 'end',
    sortValue: ({ issue }) => issue.count,
    cell: ({ issue }) => formatCount(issue.count),
  },
  {
    id: 'problem',
    header: 'Problem',
    width: 360,
    grow: 1,
    sortValue: ({ issue }) => VIOLATIONS[issue.kind],
    cell: ({ issue }) => VIOLATIONS[issue.kind],
  },
  {
    id: 'example',
    header: 'Example',
    width: 420,
    grow: 1,
    cell: ({ issue }) => (
      <span className="truncate text-soft" title={evidence(issue)}>
        {evidence(issue)}
      </span>
    ),
  },
]

const keyOf = ({ symbol, issue }: Found) => `${symbol} ${issue.kind}`

/** Faults of stored bars, the most frequent first until the trader sorts them. */
export const ViolationsSection = memo(function ViolationsSection({
  reports,
}: {
  readonly reports: readonly VerificationReport[]
}) {
  const found = useMemo(() => violationsOf(reports), [reports])
  return (
    <Section title="Invalid bars">
      {found.length === 0 ? (
        <p className="py-3 text-muted">No invalid bars.</p>
      ) : (
        <DataTable
          label="Invalid bars by kind"
          columns={COLUMNS}
          rows={found}
          keyOf={keyOf}
          symbolOf={symbolOf}
          empty="No invalid bars."
          className="max-h-[60vh]"
        />
      )}
    </Section>
  )
})

const violationsOf = (reports: readonly VerificationReport[]): readonly Found[] =>
  reports
    .flatMap(({ symbol, issues }) => issues.map((issue) => ({ symbol, issue })))
    .filter((one): one is Found => one.issue.kind !== 'gaps')
    .filter(({ issue }) => issue.count > 0)
    .sort((one, other) => other.issue.count - one.issue.count)
