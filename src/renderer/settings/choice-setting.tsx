import { useState, type ReactNode } from 'react'
import type { Settings, SettingsView } from '#shared/settings'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { CONTROL, describedBy, Field } from '../ui/field.tsx'

/** Settings with a few fixed choices. */
type ChoiceField = 'feed' | 'theme' | 'palette' | 'timeZone' | 'noticeSound'

interface Props<K extends ChoiceField> {
  readonly view: SettingsView
  readonly field: K
  readonly label: string
  readonly hint: ReactNode
  readonly choices: readonly (readonly [value: Settings[K], text: string])[]
}

/** One choice out of a few, saved when chosen. */
export function ChoiceSetting<K extends ChoiceField>({ view, field, label, hint, choices }: Props<K>) {
  const [error, setError] = useState<string>()
  const id = `setting-${field}`
  const fixedBy = view.fixed[field]
  const choose = async (chosen: string) => {
    const choice = choices.find(([, text]) => text === chosen)
    if (choice) setError(await saveWithUndo(field, choice[0], `${label}: ${choice[1]}`))
  }
  return (
    <Field label={label} htmlFor={id} hint={hint} error={error} fixedBy={fixedBy}>
      <select
        id={id}
        value={view.settings[field]}
        disabled={fixedBy !== undefined}
        aria-describedby={describedBy(id)}
        onChange={({ target }) => void choose(target.selectedOptions[0]?.text ?? '')}
        className={CONTROL}
      >
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  )
}
