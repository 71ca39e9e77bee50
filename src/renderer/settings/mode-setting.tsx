import { useState } from 'react'
import { mode as modeSchema, type Mode, type SettingsView } from '#shared/settings'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CONTROL, describedBy, Field } from '../ui/field.tsx'

const MODES: Record<Mode, string> = {
  demo: 'Demo market',
  paper: 'Alpaca paper account',
  live: 'Alpaca live account',
}

const ID = 'setting-mode'

/** Which market and whose money. Choosing the live account asks for confirmation first. */
export function ModeSetting({ view }: { readonly view: SettingsView }) {
  const [error, setError] = useState<string>()
  const [asksLive, setAsksLive] = useState(false)
  const fixedBy = view.fixed.mode
  const save = async (mode: Mode) => {
    setAsksLive(false)
    setError(await saveWithUndo('mode', mode, `Mode: ${MODES[mode]}`))
  }
  const choose = (value: string) => {
    const mode = modeSchema.parse(value)
    if (mode === 'live') setAsksLive(true)
    else void save(mode)
  }
  return (
    <>
      <Field
        label="Mode"
        htmlFor={ID}
        hint="Demo: no account. Paper: Alpaca, simulated money. Live: real money."
        error={error}
        fixedBy={fixedBy}
      >
        <select
          id={ID}
          value={view.settings.mode}
          disabled={fixedBy !== undefined}
          aria-describedby={describedBy(ID)}
          onChange={({ target }) => choose(target.value)}
          className={CONTROL}
        >
          {modeSchema.options.map((mode) => (
            <option key={mode} value={mode}>
              {MODES[mode]}
            </option>
          ))}
        </select>
      </Field>
      {asksLive && <LiveQuestion onAnswer={(yes) => (yes ? void save('live') : setAsksLive(false))} />}
    </>
  )
}

function LiveQuestion({ onAnswer }: { readonly onAnswer: (yes: boolean) => void }) {
  return (
    <Dialog title="Switch to your live account?" onClose={() => onAnswer(false)} className="max-w-110">
      <div className="p-5 pt-2">
        <p>Uses your live API keys; the window is framed red.</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => onAnswer(false)}>Cancel</Button>
          <Button look="danger" onClick={() => onAnswer(true)}>
            Switch to live
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
