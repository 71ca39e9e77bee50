import { counted } from '#shared/format/numbers'
import type { VerificationReport } from '#shared/verification'
import { describeRange } from './dates.ts'
import { lostThough, NOTHING_CAME } from './describe-report.ts'
import { Section } from './section.tsx'
import { Cell, Column, RowName, Table } from './table.tsx'

/** Loaded days without bars, before the first stored bar and after the last; draws nothing if there are none. */
export function NothingCameSection({ reports }: { readonly reports: readonly VerificationReport[] }) {
  const spans = reports.flatMap(({ symbol, nothingCame }) => nothingCame.map((span) => ({ symbol, span })))
  if (spans.length === 0) return null
  return (
    <Section title="Downloaded days without bars">
      <Table
        label="Downloaded days without bars"
        head={
          <>
            <Column>Symbol</Column>
            <Column right>Trading days</Column>
            <Column>Days</Column>
            <Column>Where</Column>
          </>
        }
      >
        {spans.map(({ symbol, span: { where, from, to, days, traded } }) => (
          <tr key={`${symbol} ${where}`} className="border-b border-line/60">
            <RowName>{symbol}</RowName>
            <Cell right>{counted(days, 'day')}</Cell>
            <Cell>
              <span className="whitespace-nowrap">{describeRange({ startDate: from, endDate: to })}</span>
            </Cell>
            <Cell>{traded === 0 ? NOTHING_CAME[where] : lostThough(traded)}</Cell>
          </tr>
        ))}
      </Table>
    </Section>
  )
}
