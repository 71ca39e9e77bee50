import type { ReactNode } from 'react'
import type { TicketField as FieldName } from '#shared/trading/problem'
import { classNames } from '../ui/class-names.ts'
import { problemsAt } from './message-places.ts'
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
  readonly field?: FieldName | undefined
  /** The form field whose reading errors are shown here. */
  readonly amount?: AmountField | 'symbol'
  /** The label is above, and no room is kept for a message, because two controls share a line. */
  readonly stacked?: true
  /** Less room for the label. */
  readonly narrow?: true
  /** No room is kept for a message. */
  readonly tight?: true
  /** Shown where a message goes while there is none. */
  readonly quiet?: ReactNode
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

/** A control of the ticket with its label, and room below for how it was read or what is wrong. */
export function TicketField(props: Props) {
  const { label, keys, id, stacked, children } = props
  return (
    <div
      className={classNames(
        'min-w-0',
        !stacked && 'grid items-center gap-x-2',
        !stacked &&
          (props.narrow ? 'grid-cols-[3.25rem_minmax(0,1fr)]' : 'grid-cols-[5.75rem_minmax(0,1fr)]'),
      )}
    >
      <span className={classNames('flex items-center justify-between gap-1', stacked && 'mb-0.5 h-4.5')}>
        <label htmlFor={id} className="text-xs text-muted">
          {label}
        </label>
        {keys}
      </span>
      <div className="min-w-0">{children}</div>
      <Messages {...props} />
    </div>
  )
}

/** One line is always kept free, so that a message moves nothing. */
function Messages({ view, id, field, amount, quiet, stacked, tight }: Props) {
  const { read, problems } = view
  const error = amount && read.errors[amount]
  const note = amount === undefined || amount === 'symbol' ? undefined : read.notes[amount]
  const own = field === undefined ? [] : problemsAt(field, problems)
  return (
    <div
      id={`${id}-words`}
      className={classNames(
        'text-xs leading-4',
        !stacked && 'col-span-2',
        stacked || tight ? 'empty:hidden' : 'min-h-4',
      )}
    >
      {error && <span className="block text-bad">{error.sentence}</span>}
      {own.map((problem) => (
        <ProblemLine key={problem.code} problem={problem} />
      ))}
      {!error && note !== undefined && <span className="block text-soft">{note}</span>}
      {!error && note === undefined && own.length === 0 && quiet}
    </div>
  )
}
