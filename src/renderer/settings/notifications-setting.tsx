import { useState } from 'react'
import type { SettingsView } from '#shared/settings'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { describedBy, Field } from '../ui/field.tsx'

const ID = 'setting-notifications'

/** Desktop notifications, on or off. */
export function NotificationsSetting({ view }: { readonly view: SettingsView }) {
  const [error, setError] = useState<string>()
  const fixedBy = view.fixed.notifications
  const save = async (on: boolean) =>
    setError(await saveWithUndo('notifications', on, `Notifications: ${on ? 'on' : 'off'}`))
  return (
    <Field
      label="Notifications"
      htmlFor={ID}
      hint="A desktop notification when the feed goes wrong: once for each fault, not a stream of them."
      error={error}
      fixedBy={fixedBy}
    >
      <input
        id={ID}
        type="checkbox"
        checked={view.settings.notifications}
        disabled={fixedBy !== undefined}
        aria-describedby={describedBy(ID)}
        onChange={({ target }) => void save(target.checked)}
        className="switch mt-1"
      />
    </Field>
  )
}
