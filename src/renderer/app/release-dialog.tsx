import { useId, useState, type FormEvent } from 'react'
import { HALT_LASTS_MS } from '#shared/trading/limits'
import { useClock } from '../stores/clock.ts'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { describeFault } from '../ui/faults.ts'
import { CONTROL } from '../ui/field.tsx'
import { closeOverlay } from './navigation.ts'

/** Whole seconds until the kill switch can be turned off. */
function useSecondsLeft(): number {
  const since = useTrading(
    ({ trading }) => trading?.trading.reasons.find(({ reason }) => reason === 'kill-switch')?.since,
  )
  return useClock(({ now }) =>
    since === undefined ? 0 : Math.max(0, Math.ceil((since + HALT_LASTS_MS - now) / 1_000)),
  )
}

/** Turns off the kill switch: requires typing UNLOCK, and a minute since it was turned on. */
export function ReleaseDialog() {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const secondsLeft = useSecondsLeft()
  const release = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await ask(signal().trading.release({ typed }))
    if (!answer.ok) {
      const { error: failure } = answer
      return setError(failure.kind === 'not-released' ? failure.message : describeFault(failure))
    }
    closeOverlay()
    tell({ tone: 'done', text: 'New orders enabled.' })
  }
  return (
    <Dialog title="Turn off kill switch" onClose={closeOverlay} className="max-w-110">
      <form
        aria-label="Turn off kill switch"
        onSubmit={(event) => void release(event)}
        className="grid gap-3 p-5 pt-2"
      >
        <p>New orders will be allowed again. Type UNLOCK to confirm.</p>
        <div>
          <label htmlFor={id} className="mb-1 block text-xs text-muted">
            Type UNLOCK
          </label>
          <input
            id={id}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={20}
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
        <div className="flex items-center justify-end gap-2">
          {secondsLeft > 0 && <span className="grow text-xs text-muted">Available in {secondsLeft} s.</span>}
          <Button onClick={closeOverlay}>Keep blocked</Button>
          <Button type="submit" look="danger" disabled={secondsLeft > 0 || typed !== 'UNLOCK'}>
            Turn off
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
