import type { OrderType, TimeInForce } from '#shared/trading/order'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { Keys } from '../ui/keys.tsx'
import { AmountField, UnitChoice } from './amount-field.tsx'
import { QuantityField } from './quantity-field.tsx'
import { fitting, TIMES_IN_FORCE, timeInForceReason, typeReason, TYPES } from './order-rules.ts'
import { PriceField } from './price-field.tsx'
import { TicketField } from './ticket-field.tsx'
import { hasLimit, hasStop, hasTrail } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
}

/** What is ordered, how it is priced, and how long it lasts. */
export function OrderFields({ view }: Props) {
  const { form } = view.state
  return (
    <>
      <QuantityField view={view} />
      <div className="grid grid-cols-2 gap-2">
        <TypeField view={view} />
        <TimeInForceField view={view} />
      </div>
      {hasLimit(form) && <PriceField view={view} label="Limit price" amount="limitPrice" />}
      {hasStop(form) && <PriceField view={view} label="Stop price" amount="stopPrice" />}
      {hasTrail(form) && <TrailField view={view} />}
    </>
  )
}

/** Options, with the reason at those that are unavailable now. */
function options<T extends string>(
  choices: readonly (readonly [value: T, text: string])[],
  reasonFor: (value: T) => string | undefined,
) {
  return choices.map(([value, text]) => {
    const reason = reasonFor(value)
    return (
      <option key={value} value={value} disabled={reason !== undefined}>
        {reason === undefined ? text : `${text} - ${reason}`}
      </option>
    )
  })
}

const chosen = <T extends string>(choices: readonly (readonly [T, string])[], at: number): T | undefined =>
  choices[at]?.[0]

function TypeField({ view }: Props) {
  const { form } = view.state
  const choose = (type: OrderType | undefined) => type && editForm((now) => fitting({ ...now, type }))
  return (
    <TicketField view={view} label="Order type" keys={<Keys keys="Ctrl+T" />} id="ticket-type" stacked>
      <select
        id="ticket-type"
        value={form.type}
        onChange={({ target }) => choose(chosen(TYPES, target.selectedIndex))}
        className={classNames(CONTROL, 'h-7! px-1.5!')}
      >
        {options(TYPES, (type) => typeReason(type, form))}
      </select>
    </TicketField>
  )
}

function TimeInForceField({ view }: Props) {
  const { form } = view.state
  const choose = (timeInForce: TimeInForce | undefined) =>
    timeInForce && editForm((now) => fitting({ ...now, timeInForce }))
  return (
    <TicketField view={view} label="Time in force" id="ticket-time-in-force" stacked>
      <select
        id="ticket-time-in-force"
        value={form.timeInForce}
        onChange={({ target }) => choose(chosen(TIMES_IN_FORCE, target.selectedIndex))}
        className={classNames(CONTROL, 'h-7! px-1.5!')}
      >
        {options(TIMES_IN_FORCE, (timeInForce) => timeInForceReason(timeInForce, form))}
      </select>
    </TicketField>
  )
}

function TrailField({ view }: Props) {
  return (
    <AmountField view={view} label="Trail amount" amount="trail">
      <UnitChoice
        label="Unit of the trail"
        value={view.state.form.trailUnit}
        units={[
          ['percent', '%'],
          ['dollars', '$ per share'],
          ['ticks', 'ticks'],
        ]}
        onChange={(trailUnit) => editForm((now) => ({ ...now, trail: '', trailUnit }))}
      />
    </AmountField>
  )
}
