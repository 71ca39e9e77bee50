import { useState } from 'react'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { tell } from '../stores/toasts.ts'
import { CONTROL, describedBy, Field } from '../ui/field.tsx'
import { readPresets } from './presets.ts'

const ID = 'setting-presets'

/**
 * The quantities of the order ticket's preset buttons; saved when the field loses focus or Enter is pressed.
 */
export function PresetsSetting() {
  const presets = useTicketPreferences((preferences) => preferences.presets)
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<string>()
  const saved = presets.join(', ')
  const save = () => {
    if (draft === undefined || draft === saved) return setDraft(undefined)
    const read = readPresets(draft)
    if (read.kind === 'refused') return setError(`${read.sentence} Still ${saved}.`)
    useTicketPreferences.setState({ presets: [...read.presets] })
    tell({
      tone: 'done',
      text: `Quantity presets: ${read.presets.join(', ')}`,
      action: { label: 'Undo', run: () => useTicketPreferences.setState({ presets }) },
    })
    setDraft(undefined)
  }
  return (
    <Field
      label="Quantity presets"
      htmlFor={ID}
      hint="Up to four sizes, in shares or dollars ($5000), one key or click away in the order ticket. New orders start with the first."
      error={error}
    >
      <input
        id={ID}
        type="text"
        value={draft ?? saved}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(ID)}
        onChange={({ target }) => {
          setDraft(target.value)
          setError(undefined)
        }}
        onBlur={save}
        onKeyDown={({ key }) => key === 'Enter' && save()}
        className={CONTROL}
      />
    </Field>
  )
}
