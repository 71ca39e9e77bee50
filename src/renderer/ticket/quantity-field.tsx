import { Decimal } from 'decimal.js'
import { formatShares } from '#shared/format/shares'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/keys.tsx'
import { AmountField, UnitChoice } from './amount-field.tsx'
import { fitting, dollarsReason } from './order-rules.ts'
import { closingSide } from './staging.ts'
import type { QuantityUnit, TicketForm } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

const UNITS: readonly (readonly [QuantityUnit, string])[] = [
  ['shares', 'shares'],
  ['dollars', '$, whole shares'],
  ['fraction', '$, with fractions'],
  ['power', '% of buying power'],
  ['risk', '$ of risk to stop'],
]

/**
 * The form with another unit. The field is emptied, because the number would mean something else. A notional
 * order is a market order.
 */
function withUnit(form: TicketForm, quantityUnit: QuantityUnit): TicketForm {
  const next = { ...form, quantityUnit, quantity: '' }
  return fitting(quantityUnit === 'fraction' ? { ...next, type: 'market', timeInForce: 'day' } : next)
}

/** How much: in shares or in an amount converted to shares, with presets and the whole position. */
export function QuantityField({ view }: { readonly view: TicketView }) {
  const { form } = view.state
  return (
    <div>
      <AmountField view={view} label="Quantity" amount="quantity" keys={<PresetKeys />}>
        <UnitChoice
          label="Shares or dollars"
          value={form.quantityUnit}
          units={UNITS.map(([unit, text]) => [
            unit,
            text,
            unit === 'fraction' ? dollarsReason(form) : undefined,
          ])}
          onChange={(unit) => editForm((now) => withUnit(now, unit))}
        />
      </AmountField>
      <Presets view={view} />
    </div>
  )
}

const PresetKeys = () => (
  <span className="flex gap-0.5" title="Preset before and after">
    <Keys keys="[" />
    <Keys keys="]" />
  </span>
)

function Presets({ view: { state, position } }: { readonly view: TicketView }) {
  const presets = useTicketPreferences((preferences) => preferences.presets)
  const put = (quantity: string) => editForm((form) => ({ ...form, quantity, quantityUnit: 'shares' }))
  const held = position && new Decimal(position.quantity).abs().toFixed()
  return (
    <div role="group" aria-label="Presets" className="mt-1 flex flex-wrap gap-1">
      {presets.map((preset) => (
        <Preset
          key={preset}
          isOn={state.form.quantityUnit === 'shares' && state.form.quantity === preset}
          text={formatShares(preset)}
          onClick={() => put(preset)}
        />
      ))}
      {position && held !== undefined && (
        <Preset
          isOn={state.form.side === closingSide(position) && state.form.quantity === held}
          text={`Close ${formatShares(held)}`}
          onClick={() =>
            editForm((form) => ({
              ...form,
              side: closingSide(position),
              quantity: held,
              quantityUnit: 'shares',
            }))
          }
        />
      )}
    </div>
  )
}

interface PresetProps {
  readonly isOn: boolean
  readonly text: string
  readonly onClick: () => void
}

const Preset = ({ isOn, text, onClick }: PresetProps) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={onClick}
    className={classNames(
      'h-6 min-w-11 rounded-sm border px-1.5 text-xs',
      isOn ? 'border-accent bg-accent/10 font-medium text-ink' : 'border-line text-soft hover:bg-hover',
    )}
  >
    {text}
  </button>
)
