import { Decimal } from 'decimal.js'
import { useMarket } from '../stores/market.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { AmountField, UnitChoice } from './amount-field.tsx'
import { ExtendedField } from './extended-field.tsx'
import { CLASSES, classReason, fitting } from './order-rules.ts'
import { closingSide } from './staging.ts'
import { TemplateButtons } from './template-buttons.tsx'
import { withExits } from './templates.ts'
import { TicketField } from './ticket-field.tsx'
import { hasStopExit, hasTarget, type ExitUnit, type TicketForm } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
}

/** Exits sent with the order: a target, a stop, or both. */
export function Exits({ view }: Props) {
  const { form } = view.state
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-1.5">
        <ClassField view={view} />
        <ExtendedField view={view} />
      </div>
      <TemplateButtons view={view} />
      {form.orderClass === 'oto' && <OtoChoice form={form} />}
      {hasTarget(form) && <ExitField view={view} exit="target" label="Target" units={TARGET_UNITS} />}
      {hasStopExit(form) && <ExitField view={view} exit="stop" label="Stop loss" units={STOP_UNITS} />}
      {hasStopExit(form) && (
        <AmountField
          view={view}
          label="Stop-limit price"
          amount="stopLimit"
          placeholder="blank = stop market"
          tight
        />
      )}
    </>
  )
}

const TARGET_UNITS = [
  ['price', '$ price'],
  ['r', 'R multiple'],
  ['dollars', '$ away'],
  ['percent', '% away'],
  ['ticks', 'ticks'],
] as const

const STOP_UNITS = [
  ['price', '$ price'],
  ['atr', '× ATR'],
  ['dollars', '$ away'],
  ['percent', '% away'],
  ['ticks', 'ticks'],
] as const

interface ExitFieldProps extends Props {
  readonly exit: 'target' | 'stop'
  readonly label: string
  readonly units: readonly (readonly [ExitUnit, string])[]
}

/** The level of one exit. Changing the unit empties it, because the number would mean something else. */
function ExitField({ view, exit, label, units }: ExitFieldProps) {
  return (
    <AmountField view={view} label={label} amount={exit}>
      <UnitChoice
        label={`Unit of the ${exit}`}
        value={view.state.form[exit].unit}
        units={units}
        onChange={(unit) => editForm((now) => ({ ...now, [exit]: { text: '', unit } }))}
      />
    </AmountField>
  )
}

function ClassField({ view }: Props) {
  const { form } = view.state
  const choose = (at: number) => {
    const orderClass = CLASSES[at]?.[0]
    if (orderClass === undefined) return
    const line = view.symbol && useMarket.getState().sparklines.get(view.symbol)
    const [first] = useTicketPreferences.getState().templates
    editForm((now) => {
      const next = fitting({ ...now, orderClass, ...(orderClass === 'oco' && ofPosition(view)) })
      return orderClass === 'simple' || !first ? next : withExits(next, first, line?.atr !== undefined)
    })
  }
  return (
    <TicketField view={view} label="Exits" id="ticket-class" narrow>
      <select
        id="ticket-class"
        value={form.orderClass}
        onChange={({ target }) => choose(target.selectedIndex)}
        className={classNames(CONTROL, 'h-7! px-1! text-xs!')}
      >
        {CLASSES.map(([value, text]) => {
          const reason = classReason(value, form)
          return (
            <option key={value} value={value} disabled={reason !== undefined}>
              {reason === undefined ? text : `${text} - ${reason}`}
            </option>
          )
        })}
      </select>
    </TicketField>
  )
}

/** Exits of a position: a limit and a stop on all of it, on the closing side. */
const ofPosition = ({ position }: TicketView): Partial<TicketForm> => ({
  type: 'limit',
  ...(position && {
    side: closingSide(position),
    quantity: new Decimal(position.quantity).abs().toFixed(),
    quantityUnit: 'shares',
  }),
})

function OtoChoice({ form }: { readonly form: TicketForm }) {
  return (
    <div role="radiogroup" aria-label="Exit" className="flex gap-4">
      {(['stop', 'target'] as const).map((otoExit) => (
        <label key={otoExit} className="flex items-center gap-1.5 text-sm">
          <input
            type="radio"
            name="ticket-oto"
            checked={form.otoExit === otoExit}
            onChange={() => editForm((now) => ({ ...now, otoExit }))}
            className="accent-(--accent)"
          />
          {otoExit === 'stop' ? 'Stop loss' : 'Target'}
        </label>
      ))}
    </div>
  )
}
