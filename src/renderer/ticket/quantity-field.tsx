import { Decimal } from 'decimal.js'
import { formatShares } from '#shared/format/shares'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/keys.tsx'
import { AmountField, UnitChoice } from './amount-field.tsx'
import { fitting, dollarsReason } from './order-rules.ts'
import { closingSide } from './staging.ts'
import { asPreset, sizeOf, type QuantityUnit, type TicketForm } from './ticket-form.ts'
import { editForm } from './ticket-store.ts'
import type { TicketView } from './use-ticket-view.ts'

const UNITS: readonly (readonly [QuantityUnit, string])[] = [
  ['shares', 'shares'],
  ['dollars', '$ (whole shares)'],
  ['fraction', '$ (fractional)'],
  ['power', '% of buying power'],
  ['risk', '$ risk'],
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
          label="Unit of the quantity"
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
  <span className="flex gap-0.5" title="Previous/next preset">
    <Keys keys="[" />
    <Keys keys="]" />
  </span>
)

function Presets({ view: { state, position } }: { readonly view: TicketView }) {
  const presets = useTicketPreferences((preferences) => preferences.presets)
  const held = position && new Decimal(position.quantity).abs().toFixed()
  return (
    <div role="group" aria-label="Presets" className="mt-0.5 flex h-6 gap-1 overflow-hidden">
      {presets.map((preset) => (
        <Preset
          key={preset}
          isOn={asPreset(state.form) === preset}
          text={describePreset(preset)}
          onClick={() => editForm((form) => ({ ...form, ...sizeOf(preset) }))}
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

const describePreset = (preset: string): string =>
  preset.startsWith('$') ? `$${formatShares(preset.slice(1))}` : formatShares(preset)

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
      'h-6 min-w-10 rounded-sm border px-1.5 text-xs whitespace-nowrap',
      isOn ? 'border-accent bg-accent/10 font-medium text-ink' : 'border-line text-soft hover:bg-hover',
    )}
  >
    {text}
  </button>
)
