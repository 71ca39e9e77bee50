import type { ReactNode } from 'react'
import { CONTROL } from '../ui/field.tsx'
import { classNames } from '../ui/class-names.ts'
import { describedAt } from './message-places.ts'
import { isInvalid, TicketField } from './ticket-field.tsx'
import { textOf, withText, type AmountField as Amount } from './ticket-form.ts'
import { tellTicket } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
  readonly label: string
  readonly amount: Amount
  readonly placeholder?: string | undefined
  /** Keys that change it, shown beside its label. */
  readonly keys?: ReactNode
  /** No line is kept for a message. */
  readonly tight?: true
  /** The choice of a unit, beside the amount. */
  readonly children?: ReactNode
}

/** A text field for an amount: typed or pasted text stays as it is, and how it was read is shown below. */
export function AmountField({ view, label, amount, placeholder, keys, tight, children }: Props) {
  const id = `ticket-${amount}`
  return (
    <TicketField view={view} label={label} keys={keys} id={id} place={tight ? undefined : amount}>
      <span className="flex gap-1">
        <input
          id={id}
          data-amount={amount}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={textOf(view.state.form, amount)}
          placeholder={placeholder}
          aria-invalid={isInvalid(view, amount)}
          aria-describedby={describedAt(amount)}
          onChange={({ target }) =>
            tellTicket({
              kind: 'edited',
              form: withText(view.state.form, amount, target.value),
              field: amount,
            })
          }
          onBlur={() => tellTicket({ kind: 'left', field: amount })}
          className={classNames(CONTROL, 'h-7! px-2! text-right')}
        />
        {children}
      </span>
    </TicketField>
  )
}

interface UnitProps<U extends string> {
  /** Read aloud. */
  readonly label: string
  readonly value: U
  readonly units: readonly (readonly [unit: U, text: string, reason?: string | undefined])[]
  readonly onChange: (unit: U) => void
}

/** Chooses the unit an amount is typed in. */
export function UnitChoice<U extends string>({ label, value, units, onChange }: UnitProps<U>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const chosen = units[target.selectedIndex]
        if (chosen) onChange(chosen[0])
      }}
      className={classNames(CONTROL, 'h-7! w-24! shrink-0 px-1!')}
    >
      {units.map(([unit, text, reason]) => (
        <option key={unit} value={unit} disabled={reason !== undefined}>
          {reason === undefined ? text : `${text} - ${reason}`}
        </option>
      ))}
    </select>
  )
}
