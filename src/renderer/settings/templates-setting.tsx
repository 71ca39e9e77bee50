import { useState } from 'react'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import {
  bracketTemplate,
  MOST_TEMPLATES,
  STOP_UNITS,
  TARGET_UNITS,
  type BracketTemplate,
} from '../stores/ticket-setup.ts'
import { tell } from '../stores/toasts.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL, Field } from '../ui/field.tsx'
import { Keys } from '../ui/keys.tsx'

const ID = 'setting-template-1'

const UNIT_NAMES = { atr: '× ATR', dollars: '$', percent: '%', ticks: 'ticks', r: 'R' } as const

/** Saves the templates and offers to undo it. */
function save(templates: readonly BracketTemplate[], text: string): void {
  const { templates: before } = useTicketPreferences.getState()
  useTicketPreferences.setState({ templates: [...templates] })
  const undo = () => useTicketPreferences.setState({ templates: before })
  tell({ key: 'templates', tone: 'done', text, action: { label: 'Undo', run: undo } })
}

const FRESH: BracketTemplate = {
  name: 'New',
  stop: { text: '1', unit: 'percent' },
  target: { text: '2', unit: 'r' },
}

/** The bracket templates of the order ticket: each with its key, its name, its stop and its target. */
export function TemplatesSetting() {
  const templates = useTicketPreferences((preferences) => preferences.templates)
  return (
    <Field
      label="Bracket templates"
      htmlFor={ID}
      hint="Exits that one key adds to an order: a stop at a distance from the entry, and a target at a distance or at a multiple of the risk (R). ATR is the average range of the last 14 1-min bars."
    >
      <ul className="grid gap-2">
        {templates.map((template, at) => (
          <TemplateRow
            key={at}
            template={template}
            number={at + 1}
            onChange={(changed) =>
              save(
                templates.map((one, place) => (place === at ? changed : one)),
                `Bracket template ${at + 1}: ${changed.name}`,
              )
            }
            onRemove={
              templates.length > 1
                ? () =>
                    save(
                      templates.filter((_one, place) => place !== at),
                      `Removed ${template.name}`,
                    )
                : undefined
            }
          />
        ))}
      </ul>
      {templates.length < MOST_TEMPLATES && (
        <Button small className="mt-2" onClick={() => save([...templates, FRESH], 'Bracket template added')}>
          Add template
        </Button>
      )}
    </Field>
  )
}

interface TemplateRowProps {
  readonly template: BracketTemplate
  readonly number: number
  readonly onChange: (template: BracketTemplate) => void
  readonly onRemove: (() => void) | undefined
}

function TemplateRow({ template, number, onChange, onRemove }: TemplateRowProps) {
  const [typed, setTyped] = useState<BracketTemplate>()
  const draft = typed ?? template
  const [error, setError] = useState('')
  const id = `setting-template-${number}`
  const commit = (next: BracketTemplate) => {
    const read = bracketTemplate.safeParse(next)
    if (!read.success) {
      setTyped(next)
      return setError('Enter a name of up to 8 characters and distances above 0.')
    }
    setError('')
    setTyped(undefined)
    if (JSON.stringify(read.data) !== JSON.stringify(template)) onChange(read.data)
  }
  const text = (value: string, label: string, change: (value: string) => BracketTemplate, more = {}) => (
    <input
      type="text"
      aria-label={`${label} of template ${number}`}
      aria-describedby={`${id}-error`}
      aria-invalid={error !== ''}
      autoComplete="off"
      value={value}
      onChange={({ target }) => setTyped(change(target.value))}
      onBlur={() => commit(draft)}
      onKeyDown={({ key }) => key === 'Enter' && commit(draft)}
      className={classNames(CONTROL, 'w-16! px-2!')}
      {...more}
    />
  )
  return (
    <li>
      <div
        role="group"
        aria-label={`Bracket template ${number}`}
        className="flex flex-wrap items-center gap-1.5"
      >
        <Keys keys={`Alt+Shift+${number}`} />
        {text(draft.name, 'Name', (name) => ({ ...draft, name }), { id })}
        <span className="text-xs text-muted">stop</span>
        {text(draft.stop.text, 'Stop', (value) => ({ ...draft, stop: { ...draft.stop, text: value } }))}
        <UnitSelect
          label={`Unit of the stop of template ${number}`}
          units={STOP_UNITS}
          value={draft.stop.unit}
          onChange={(unit) => commit({ ...draft, stop: { ...draft.stop, unit } })}
        />
        <span className="text-xs text-muted">target</span>
        {text(draft.target.text, 'Target', (value) => ({
          ...draft,
          target: { ...draft.target, text: value },
        }))}
        <UnitSelect
          label={`Unit of the target of template ${number}`}
          units={TARGET_UNITS}
          value={draft.target.unit}
          onChange={(unit) => commit({ ...draft, target: { ...draft.target, unit } })}
        />
        {onRemove && (
          <Button small onClick={onRemove} aria-label={`Remove template ${number}`}>
            Remove
          </Button>
        )}
      </div>
      <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-bad empty:hidden">
        {error}
      </p>
    </li>
  )
}

interface UnitSelectProps<U extends keyof typeof UNIT_NAMES> {
  readonly label: string
  readonly units: readonly U[]
  readonly value: U
  readonly onChange: (unit: U) => void
}

function UnitSelect<U extends keyof typeof UNIT_NAMES>({
  label,
  units,
  value,
  onChange,
}: UnitSelectProps<U>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const unit = units[target.selectedIndex]
        if (unit) onChange(unit)
      }}
      className={classNames(CONTROL, 'w-auto! px-1.5!')}
    >
      {units.map((unit) => (
        <option key={unit} value={unit}>
          {UNIT_NAMES[unit]}
        </option>
      ))}
    </select>
  )
}
