import { ChevronDownIcon, ChevronUpIcon } from '@heroicons/react/16/solid'
import { useMemo, useState } from 'react'
import { formatCount } from '#shared/format/numbers'
import { roundedDown } from '#shared/format/percent'
import type { VerificationReport } from '#shared/verification'
import { Button } from '../ui/button.tsx'
import { describeRange } from './dates.ts'
import { gapCount } from './gap-list.ts'
import { faultCount, orderAfter, ordered, type ReportColumn, type ReportOrder } from './report-order.ts'
import { FEEDS } from './describe-report.ts'
import { Score } from './score.tsx'
import { Section } from './section.tsx'
import { Cell, Column, RowName, Table } from './table.tsx'

interface Props {
  readonly reports: readonly VerificationReport[]
  readonly onVerify: () => void
}

/** One line per symbol, the worst first. */
export function SummarySection({ reports, onVerify }: Props) {
  const [order, setOrder] = useState<ReportOrder>({ column: 'score', descending: false })
  const rows = useMemo(() => ordered(reports, order), [reports, order])
  const sort = (column: ReportColumn) => ({
    order,
    column,
    onSort: () => setOrder(orderAfter(order, column)),
  })
  return (
    <Section
      title="Symbols"
      aside={
        <Button small onClick={onVerify}>
          Verify again
        </Button>
      }
    >
      <Table
        label="Verified symbols"
        head={
          <>
            <Sorted {...sort('symbol')}>Symbol</Sorted>
            <Sorted {...sort('score')}>Score</Sorted>
            <Sorted right {...sort('coverage')}>
              Coverage
            </Sorted>
            <Sorted right {...sort('bars')}>
              Bars
            </Sorted>
            <Column right>Days</Column>
            <Column>Stored</Column>
            <Column right>Gaps</Column>
            <Sorted right {...sort('issues')}>
              Bad bars
            </Sorted>
          </>
        }
      >
        {rows.map((report) => (
          <Row key={report.symbol} report={report} />
        ))}
      </Table>
    </Section>
  )
}

function Row({ report }: { readonly report: VerificationReport }) {
  const { symbol, score, coverage, totalBars, daysWithData, expectedDays, dateRange, feed } = report
  const faults = faultCount(report)
  return (
    <tr className="border-b border-line/60">
      <RowName>{symbol}</RowName>
      <Cell>{totalBars === 0 ? <span className="text-muted">no bars</span> : <Score score={score} />}</Cell>
      <Cell right>{roundedDown(coverage.coveragePct)}%</Cell>
      <Cell right>{formatCount(totalBars)}</Cell>
      <Cell right>
        {formatCount(daysWithData)} of {formatCount(expectedDays)}
      </Cell>
      <Cell>
        <span className="whitespace-nowrap">
          {dateRange ? describeRange({ startDate: dateRange.from, endDate: dateRange.to }) : 'nothing'}
        </span>
        {feed && <span className="text-muted"> {FEEDS[feed]}</span>}
      </Cell>
      <Cell right>{formatCount(gapCount([report]))}</Cell>
      <Cell right>{faults === 0 ? 'none' : <span className="text-warn">{formatCount(faults)}</span>}</Cell>
    </tr>
  )
}

interface SortedProps {
  readonly order: ReportOrder
  readonly column: ReportColumn
  readonly right?: boolean
  readonly onSort: () => void
  readonly children: string
}

function Sorted({ order, column, right = false, onSort, children }: SortedProps) {
  const isSorted = order.column === column
  const Icon = order.descending ? ChevronDownIcon : ChevronUpIcon
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
      className={`px-3 py-1.5 font-normal whitespace-nowrap first:pl-0 ${right ? 'text-right' : 'text-left'}`}
    >
      <button
        type="button"
        onClick={onSort}
        className="inline-flex items-center gap-0.5 rounded-sm hover:text-ink"
      >
        {children}
        {isSorted && <Icon className="size-3.5" aria-hidden />}
      </button>
    </th>
  )
}
