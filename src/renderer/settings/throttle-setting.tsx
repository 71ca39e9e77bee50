import { useState } from 'react'
import { settings, type SettingsView } from '#shared/settings'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { CONTROL, describedBy, Field } from '../ui/field.tsx'
import { classNames } from '../ui/class-names.ts'

const ID = 'setting-throttle'

/** Minimum time between two updates of a symbol; saved when the field loses focus or Enter is pressed. */
export function ThrottleSetting({ view }: { readonly view: SettingsView }) {
  const saved = String(view.settings.throttleMs)
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<string>()
  const fixedBy = view.fixed.throttleMs
  const save = async () => {
    if (draft === undefined || draft === saved) return setDraft(undefined)
    const read = settings.shape.throttleMs.safeParse(draft.trim() === '' ? undefined : Number(draft))
    if (!read.success) {
      return setError(`Refresh rate ${read.error.issues[0]?.message ?? 'isn’t a number'}. Kept ${saved} ms.`)
    }
    setError(await saveWithUndo('throttleMs', read.data, `Refresh rate: ${read.data} ms`))
    setDraft(undefined)
  }
  return (
    <Field
      label="Refresh rate"
      htmlFor={ID}
      hint="Minimum time between updates per symbol (50–1,000 ms)."
      error={error}
      fixedBy={fixedBy}
    >
      <span className="flex items-center gap-2">
        <input
          id={ID}
          type="number"
          min={50}
          max={1000}
          step={50}
          value={draft ?? saved}
          disabled={fixedBy !== undefined}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy(ID)}
          onChange={({ target }) => {
            setDraft(target.value)
            setError(undefined)
          }}
          onBlur={() => void save()}
          onKeyDown={({ key }) => key === 'Enter' && void save()}
          className={classNames(CONTROL, 'max-w-28')}
        />
        <span className="text-muted">ms</span>
      </span>
    </Field>
  )
}
