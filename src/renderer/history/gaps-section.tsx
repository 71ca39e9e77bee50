import { memo, useMemo, useState } from 'react'
import { formatCount } from '#shared/format/numbers'
import type { GapCause, VerificationReport } from '#shared/verification'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { CONTROL } from '../ui/field.tsx'
import { dayAndMinute, zoneName } from '../ui/times.ts'
import { gapCount, gapsOf, type GapFilter, type SymbolGap } from './gap-list.ts'
import { CAUSES, CAUSE_ORDER, gapLength, LOST_OR_HALTED } from './describe-report.ts'
import { Section } from './section.tsx'
import { SYMBOL_COLUMN, symbolOf } from './symbol-column.tsx'

const SIZES: readonly (readonly [minutes: number, text: string])[] = [
  [0, 'Any length'],
  [5, 'Over 5 min'],
  [30, 'Over 30 min'],
  [60, 'Over 1 h'],
  [389, '1 session or more'],
]

const describeCause = ({ cause, mayBeHalt }: SymbolGap): string =>
  mayBeHalt ? LOST_OR_HALTED : CAUSES[cause].name

/** `zone` is the one that times are shown in. */
const columnsIn = (zone: string): readonly DataColumn<SymbolGap>[] => [
  SYMBOL_COLUMN,
  {
    id: 'length',
    header: 'Length',
    width: 116,
    align: 'end',
    sortValue: ({ minutes }) => minutes,
    copyText: ({ minutes }) => gapLength(minutes),
    cell: ({ minutes }) => gapLength(minutes),
  },
  {
    id: 'from',
    header: `First missing minute (${zone})`,
    width: 216,
    grow: 1,
    sortValue: ({ from }) => from,
    copyText: ({ from }) => dayAndMinute(from),
    cell: ({ from }) => dayAndMinute(from),
  },
  {
    id: 'cause',
    header: 'Likely cause',
    width: 220,
    grow: 1,
    sortValue: describeCause,
    cell: describeCause,
  },
]

const keyOf = ({ symbol, from }: SymbolGap) => `${symbol} ${from}`

/** The longest stretches of missing minutes, with their likely causes. */
export const GapsSection = memo(function GapsSection({
  reports,
}: {
  readonly reports: readonly VerificationReport[]
}) {
  const [filter, setFilter] = useState<GapFilter>({ longerThan: 0 })
  const gaps = useMemo(() => gapsOf(reports, filter), [reports, filter])
  const total = gapCount(reports)
  const zone = zoneName(gaps[0]?.from ?? 0)
  const columns = useMemo(() => columnsIn(zone), [zone])
  return (
    <Section
      title="Gaps"
      aside={
        total > 0 && (
          <Filters reports={reports} filter={filter} onChange={(next) => setFilter({ ...filter, ...next })} />
        )
      }
    >
      {total === 0 ? (
        <p className="py-3 text-muted">No gaps.</p>
      ) : (
        <>
          <DataTable
            label="Longest gaps"
            columns={columns}
            rows={gaps}
            keyOf={keyOf}
            symbolOf={symbolOf}
            empty="No matches."
            className="max-h-[60vh]"
          />
          <p className="mt-2 text-xs text-muted">{describeListed(gaps.length, total)}</p>
        </>
      )}
    </Section>
  )
})

const describeListed = (listed: number, total: number): string =>
  `${formatCount(listed)} matching gaps listed, ${formatCount(total)} in total; a report lists the longest of each symbol`

interface FiltersProps {
  readonly reports: readonly VerificationReport[]
  readonly filter: GapFilter
  readonly onChange: (next: Partial<GapFilter>) => void
}

function Filters({ reports, filter, onChange }: FiltersProps) {
  return (
    <div className="grid gap-2 sm:grid-cols-3">
      <select
        aria-label="Gaps of symbol"
        value={filter.symbol ?? ''}
        onChange={({ target }) =>
          onChange({ symbol: reports.find(({ symbol }) => symbol === target.value)?.symbol })
        }
        className={CONTROL}
      >
        <option value="">All symbols</option>
        {reports.map(({ symbol }) => (
          <option key={symbol}>{symbol}</option>
        ))}
      </select>
      <select
        aria-label="Gaps by cause"
        value={filter.cause ?? ''}
        onChange={({ target }) => onChange({ cause: causeOf(target.value) })}
        className={CONTROL}
      >
        <option value="">Any cause</option>
        {CAUSE_ORDER.map((cause) => (
          <option key={cause} value={cause}>
            {CAUSES[cause].name}
          </option>
        ))}
      </select>
      <select
        aria-label="Gaps by size"
        value={filter.longerThan}
        onChange={({ target }) => onChange({ longerThan: Number(target.value) })}
        className={CONTROL}
      >
        {SIZES.map(([minutes, text]) => (
          <option key={minutes} value={minutes}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

const causeOf = (text: string): GapCause | undefined => CAUSE_ORDER.find((cause) => cause === text)
