import type { ReactNode } from 'react'
import type { TicketField as FieldName } from '#shared/trading/problem'
import { FixButtons } from './fix-button.tsx'
import { ProblemLine } from './problem-line.tsx'
import type { AmountField } from './ticket-form.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
  readonly label: string
  /** Keys that change it, shown beside its label. */
  readonly keys?: ReactNode
  /** The control's id. */
  readonly id: string
  /** The draft field whose problems are shown here. */
  readonly field?: FieldName
  /** The form field whose reading errors are shown here. */
  readonly amount?: AmountField | 'symbol'
  readonly children: ReactNode
}

/** Whether something at this field blocks the order. */
export const isInvalid = (
  { read, problems }: TicketView,
  field: FieldName,
  amount?: AmountField | 'symbol',
): boolean =>
  (amount !== undefined && read.errors[amount] !== undefined) ||
  problems.some((problem) => problem.field === field && problem.level === 'refuse')

/** A control of the ticket with its label above, and below it how it was read and what is wrong. */
export function TicketField({ view, label, keys, id, field, amount, children }: Props) {
  const { read, problems, fixes } = view
  const error = amount && read.errors[amount]
  const note = amount === undefined || amount === 'symbol' ? undefined : read.notes[amount]
  const own = problems.filter((problem) => field !== undefined && problem.field === field)
  return (
    <div className="min-w-0">
      <span className="mb-0.5 flex h-4.5 items-center justify-between">
        <label htmlFor={id} className="text-xs text-muted">
          {label}
        </label>
        {keys}
      </span>
      {children}
      <div id={`${id}-words`} className="space-y-1 pt-0.5 empty:hidden">
        {error && (
          <span className="block text-xs text-bad">
            {error.sentence}
            {amount !== undefined && amount !== 'symbol' && <FixButtons fixes={fixes} mends={amount} />}
          </span>
        )}
        {!error && note !== undefined && <span className="block text-xs text-soft">{note}</span>}
        {own.map((problem) => (
          <ProblemLine key={problem.code} problem={problem} fixes={fixes} />
        ))}
      </div>
    </div>
  )
}
