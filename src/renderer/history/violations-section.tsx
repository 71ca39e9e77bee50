import { memo } from 'react'
import { formatCount } from '#shared/format/numbers'
import type { VerificationReport } from '#shared/verification'
import { evidence, VIOLATIONS, type Violation } from './describe-report.ts'
import { Section } from './section.tsx'
import { Cell, Column, RowName, Table } from './table.tsx'

/** Faults of stored bars, the most frequent first. */
export const ViolationsSection = memo(function ViolationsSection({
  reports,
}: {
  readonly reports: readonly VerificationReport[]
}) {
  const found = reports
    .flatMap(({ symbol, issues }) => issues.map((issue) => ({ symbol, issue })))
    .filter((one): one is { symbol: typeof one.symbol; issue: Violation } => one.issue.kind !== 'gaps')
    .filter(({ issue }) => issue.count > 0)
    .sort((one, other) => other.issue.count - one.issue.count)
  return (
    <Section title="Invalid bars">
      {found.length === 0 ? (
        <p className="py-3 text-muted">No invalid bars.</p>
      ) : (
        <Table
          label="Invalid bars by kind"
          head={
            <>
              <Column>Symbol</Column>
              <Column right>Bars</Column>
              <Column>Problem</Column>
              <Column>Example</Column>
            </>
          }
        >
          {found.map(({ symbol, issue }) => (
            <tr key={`${symbol} ${issue.kind}`} className="border-b border-line/60">
              <RowName>{symbol}</RowName>
              <Cell right>{formatCount(issue.count)}</Cell>
              <Cell>{VIOLATIONS[issue.kind]}</Cell>
              <Cell>
                <span className="text-soft">{evidence(issue)}</span>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
})
