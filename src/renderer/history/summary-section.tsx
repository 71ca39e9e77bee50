import { useMemo } from 'react'
import { formatCount } from '#shared/format/numbers'
import { roundedDown } from '#shared/format/percent'
import type { VerificationReport } from '#shared/verification'
import { Button } from '../ui/button.tsx'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { describeRange } from './dates.ts'
import { FEEDS } from './describe-report.ts'
import { faultCount } from './fault-count.ts'
import { gapCount } from './gap-list.ts'
import { Score } from './score.tsx'
import { Section } from './section.tsx'
import { SYMBOL_COLUMN, symbolOf } from './symbol-column.tsx'

interface Props {
  readonly reports: readonly VerificationReport[]
  readonly onVerify: () => void
}

const COLUMNS: readonly DataColumn<VerificationReport>[] = [
  { ...SYMBOL_COLUMN, grow: 1 },
  {
    id: 'score',
    header: 'Score',
    width: 84,
    grow: 1,
    sortValue: ({ totalBars, score }) => (totalBars === 0 ? -1 : score), // without bars before the worst
    copyText: ({ totalBars, score }) => (totalBars === 0 ? 'no bars' : roundedDown(score)),
    cell: ({ totalBars, score }) =>
      totalBars === 0 ? <span className="text-muted">no bars</span> : <Score score={score} />,
  },
  {
    id: 'coverage',
    header: 'Coverage',
    width: 92,
    grow: 1,
    align: 'end',
    sortValue: ({ coverage }) => coverage.coveragePct,
    copyText: ({ coverage }) => `${roundedDown(coverage.coveragePct)}%`,
    cell: ({ coverage }) => `${roundedDown(coverage.coveragePct)}%`,
  },
  {
    id: 'bars',
    header: 'Bars',
    width: 96,
    grow: 1,
    align: 'end',
    sortValue: ({ totalBars }) => totalBars,
    cell: ({ totalBars }) => formatCount(totalBars),
  },
  {
    id: 'days',
    header: 'Days',
    width: 116,
    grow: 1,
    align: 'end',
    sortValue: ({ daysWithData }) => daysWithData,
    copyText: describeDays,
    cell: describeDays,
  },
  {
    id: 'stored',
    header: 'Stored',
    width: 212,
    grow: 1,
    sortValue: ({ dateRange }) => dateRange?.from,
    copyText: describeStored,
    cell: describeStored,
  },
  {
    id: 'feed',
    header: 'Feed',
    width: 164,
    grow: 1,
    sortValue: ({ feed }) => feed && FEEDS[feed],
    cell: ({ feed }) => feed && <span className="text-muted">{FEEDS[feed]}</span>,
  },
  {
    id: 'gaps',
    header: 'Gaps',
    width: 76,
    grow: 1,
    align: 'end',
    sortValue: (report) => gapCount([report]),
    cell: (report) => formatCount(gapCount([report])),
  },
  {
    id: 'issues',
    header: 'Bad bars',
    width: 84,
    grow: 1,
    align: 'end',
    sortValue: faultCount,
    cell: (report) => <Faults count={faultCount(report)} />,
  },
]

function describeDays({ daysWithData, expectedDays }: VerificationReport): string {
  return `${formatCount(daysWithData)} of ${formatCount(expectedDays)}`
}

function describeStored({ dateRange }: VerificationReport): string {
  return dateRange ? describeRange({ startDate: dateRange.from, endDate: dateRange.to }) : 'nothing'
}

function Faults({ count }: { readonly count: number }) {
  return count === 0 ? 'none' : <span className="text-warn">{formatCount(count)}</span>
}

const WORST_FIRST = { column: 'score', descending: false } as const

/** One line per symbol, the worst first until the trader sorts them. */
export function SummarySection({ reports, onVerify }: Props) {
  const bySymbol = useMemo(
    () => reports.toSorted((one, other) => one.symbol.localeCompare(other.symbol)),
    [reports],
  )
  return (
    <Section
      title="Symbols"
      aside={
        <Button small onClick={onVerify}>
          Verify again
        </Button>
      }
    >
      <DataTable
        label="Verified symbols"
        columns={COLUMNS}
        defaultSort={WORST_FIRST}
        rows={bySymbol}
        keyOf={symbolOf}
        symbolOf={symbolOf}
        empty="No symbols."
        className="max-h-[60vh]"
      />
    </Section>
  )
}
