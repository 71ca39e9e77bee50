import { useId, useState, type FormEvent } from 'react'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { describeFault } from '../ui/faults.ts'
import { CONTROL } from '../ui/field.tsx'
import { hideArming } from './arming.ts'
import { checkNow } from './sending.ts'

/** Asks for the last four characters of the account number, so that live orders are never sent by habit. */
export function ArmDialog() {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const arm = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const answer = await ask(signal().trading.arm({ endsWith: typed.trim() }))
    if (!answer.ok) {
      return setError(answer.error.kind === 'not-armed' ? answer.error.message : describeFault(answer.error))
    }
    hideArming()
    tell({
      tone: 'done',
      text: 'The live account is armed. It lapses after 30 minutes without an order, and on sleep.',
    })
    await checkNow()
  }
  return (
    <Dialog title="Arm the live account" onClose={hideArming} className="max-w-110">
      <form
        aria-label="Arm the live account"
        onSubmit={(event) => void arm(event)}
        className="grid gap-3 p-5 pt-2"
      >
        <p>
          Orders will be sent to your live account, with real money. Type the last four characters of its
          number to say so.
        </p>
        <div>
          <label htmlFor={id} className="mb-1 block text-xs text-muted">
            Last four of the account number
          </label>
          <input
            id={id}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={10}
            value={typed}
            aria-invalid={error !== undefined}
            aria-describedby={`${id}-error`}
            onChange={({ target }) => {
              setTyped(target.value)
              setError(undefined)
            }}
            className={CONTROL}
          />
          <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-bad empty:hidden">
            {error}
          </p>
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={hideArming}>Not now</Button>
          <Button type="submit" look="danger" disabled={typed.trim().length < 4}>
            Arm
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
