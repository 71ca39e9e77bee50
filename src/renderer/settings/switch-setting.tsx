import { useState, type ReactNode } from 'react'
import type { SettingsView } from '#shared/settings'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { describedBy, Field } from '../ui/field.tsx'

/** Settings that are on or off. */
type SwitchField = 'notifications' | 'orderNotifications' | 'reviewOrders' | 'updateNotices'

interface Props {
  readonly view: SettingsView
  readonly field: SwitchField
  readonly label: string
  readonly hint: ReactNode
}

/** An on/off setting, saved when switched. */
export function SwitchSetting({ view, field, label, hint }: Props) {
  const [error, setError] = useState<string>()
  const id = `setting-${field}`
  const fixedBy = view.fixed[field]
  const save = async (on: boolean) =>
    setError(await saveWithUndo(field, on, `${label}: ${on ? 'on' : 'off'}`))
  return (
    <Field label={label} htmlFor={id} hint={hint} error={error} fixedBy={fixedBy}>
      <input
        id={id}
        type="checkbox"
        checked={view.settings[field]}
        disabled={fixedBy !== undefined}
        aria-describedby={describedBy(id)}
        onChange={({ target }) => void save(target.checked)}
        className="switch mt-1"
      />
    </Field>
  )
}
