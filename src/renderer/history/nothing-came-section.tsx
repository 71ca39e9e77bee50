import { useMemo } from 'react'
import { counted } from '#shared/format/numbers'
import type { StockSymbol } from '#shared/units'
import type { NothingCame, VerificationReport } from '#shared/verification'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { describeRange } from './dates.ts'
import { lostThough, NOTHING_CAME } from './describe-report.ts'
import { Section } from './section.tsx'
import { SYMBOL_COLUMN, symbolOf } from './symbol-column.tsx'

interface Span extends NothingCame {
  readonly symbol: StockSymbol
}

const describeDays = ({ from, to }: Span): string => describeRange({ startDate: from, endDate: to })

const describeWhere = ({ where, traded }: Span): string =>
  traded === 0 ? NOTHING_CAME[where] : lostThough(traded)

const COLUMNS: readonly DataColumn<Span>[] = [
  SYMBOL_COLUMN,
  {
    id: 'days',
    header: 'Trading days',
    width: 116,
    align: 'end',
    sortValue: ({ days }) => days,
    cell: ({ days }) => counted(days, 'day'),
  },
  {
    id: 'range',
    header: 'Days',
    width: 220,
    grow: 1,
    sortValue: ({ from }) => from,
    copyText: describeDays,
    cell: describeDays,
  },
  {
    id: 'where',
    header: 'Where',
    width: 420,
    grow: 1,
    sortValue: describeWhere,
    cell: describeWhere,
  },
]

const keyOf = ({ symbol, where }: Span) => `${symbol} ${where}`

/** Loaded days without bars, before the first stored bar and after the last; draws nothing if there are none. */
export function NothingCameSection({ reports }: { readonly reports: readonly VerificationReport[] }) {
  const spans = useMemo(
    () => reports.flatMap(({ symbol, nothingCame }) => nothingCame.map((span) => ({ ...span, symbol }))),
    [reports],
  )
  if (spans.length === 0) return null
  return (
    <Section title="Downloaded days without bars">
      <DataTable
        label="Downloaded days without bars"
        columns={COLUMNS}
        rows={spans}
        keyOf={keyOf}
        symbolOf={symbolOf}
        empty="None."
        className="max-h-[60vh]"
      />
    </Section>
  )
}
