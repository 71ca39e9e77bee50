import { memo, useMemo, useState } from 'react'
import { formatCount } from '#shared/format/numbers'
import type { GapCause, VerificationReport } from '#shared/verification'
import { Button } from '../ui/button.tsx'
import { CONTROL } from '../ui/field.tsx'
import { dayAndMinute, zoneName } from '../ui/times.ts'
import { gapCount, gapsOf, type GapFilter } from './gap-list.ts'
import { CAUSES, CAUSE_ORDER, gapLength, LOST_OR_HALTED } from './describe-report.ts'
import { Section } from './section.tsx'
import { Cell, Column, RowName, Table } from './table.tsx'

/** How many more gaps each press of the button shows. */
const PAGE = 25

const SIZES: readonly (readonly [minutes: number, text: string])[] = [
  [0, 'Any length'],
  [5, 'Over 5 min'],
  [30, 'Over 30 min'],
  [60, 'Over 1 h'],
  [389, '1 session or more'],
]

/** The longest stretches of missing minutes, with their likely causes. */
export const GapsSection = memo(function GapsSection({
  reports,
}: {
  readonly reports: readonly VerificationReport[]
}) {
  const [filter, setFilter] = useState<GapFilter>({ longerThan: 0 })
  const [count, setCount] = useState(PAGE)
  const gaps = useMemo(() => gapsOf(reports, filter), [reports, filter])
  const total = gapCount(reports)
  const change = (next: Partial<GapFilter>) => {
    setFilter({ ...filter, ...next })
    setCount(PAGE)
  }
  return (
    <Section
      title="Gaps"
      aside={total > 0 && <Filters reports={reports} filter={filter} onChange={change} />}
    >
      {gaps.length === 0 ? (
        <p className="py-3 text-muted">{total === 0 ? 'No gaps.' : 'No matches.'}</p>
      ) : (
        <Table
          label="Gaps by size"
          narrow
          head={
            <>
              <Column>Symbol</Column>
              <Column right>Length</Column>
              <Column>First missing minute ({zoneName(gaps[0]?.from ?? 0)})</Column>
              <Column>Likely cause</Column>
            </>
          }
        >
          {gaps.slice(0, count).map(({ symbol, from, minutes, cause, mayBeHalt }) => (
            <tr key={`${symbol} ${from}`} className="border-b border-line/60">
              <RowName>{symbol}</RowName>
              <Cell right>{gapLength(minutes)}</Cell>
              <Cell>
                <span className="whitespace-nowrap">{dayAndMinute(from)}</span>
              </Cell>
              <Cell>{mayBeHalt ? LOST_OR_HALTED : CAUSES[cause].name}</Cell>
            </tr>
          ))}
        </Table>
      )}
      {gaps.length > 0 && (
        <div className="mt-2 flex flex-wrap items-center gap-3 text-xs text-muted">
          <span>{describeShown(Math.min(count, gaps.length), gaps.length, total)}</span>
          {count < gaps.length && (
            <Button small onClick={() => setCount(count + PAGE)}>
              Show more
            </Button>
          )}
        </div>
      )}
    </Section>
  )
})

const describeShown = (shown: number, listed: number, total: number): string =>
  `Showing ${formatCount(shown)} of ${formatCount(listed)} matching gaps, ${formatCount(total)} in total (longest first)`

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
