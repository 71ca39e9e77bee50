import { useEffect, useId, useState, type FormEvent } from 'react'
import type { ArmingFailure } from '#shared/ipc/contract'
import type { RuntimeConcern } from '#shared/runtime-concern'
import { ask, signal } from '../stores/signal.ts'
import { tell } from '../stores/toasts.ts'
import { Button } from '../ui/button.tsx'
import { CheckBox } from '../ui/check-box.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { describeFault, type Fault } from '../ui/faults.ts'
import { CONTROL } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { hideArming } from './arming.ts'
import { checkNow } from './sending.ts'

const UNSAFE = 'Accept the risks above, or fix them and restart.'

/**
 * Arms the live account: tells what makes this runtime unsafe, and asks for the last four characters of the account
 * number, which this window doesn't know, so that live orders are never sent by habit or by a page.
 */
export function ArmDialog() {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const [concerns, setConcerns] = useState<readonly RuntimeConcern[]>()
  const [insists, setInsists] = useState(false)
  useEffect(() => {
    void ask(signal().app.info()).then((answer) => setConcerns(answer.ok ? answer.value.concerns : []))
  }, [])
  const arm = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const accepted = insists ? (concerns ?? []).map(({ code }) => code) : []
    const answer = await ask(signal().trading.arm({ endsWith: typed.trim(), accepted }))
    if (!answer.ok) return refused(answer.error)
    hideArming()
    tell({
      tone: 'done',
      text: 'Live trading armed. Expires after 30 min without an order or on sleep.',
    })
    await checkNow()
  }
  const refused = (failure: ArmingFailure | Fault) => {
    if (failure.kind !== 'unsafe-runtime')
      return setError(failure.kind === 'not-armed' ? failure.message : describeFault(failure))
    setConcerns(failure.concerns)
    setInsists(false)
    setError(UNSAFE)
  }
  const mayArm = concerns !== undefined && (concerns.length === 0 || insists)
  return (
    <Dialog title="Arm live trading" onClose={hideArming} className="max-w-110">
      <form
        aria-label="Arm live trading"
        onSubmit={(event) => void arm(event)}
        className="grid gap-3 p-5 pt-2"
      >
        <Concerns concerns={concerns ?? []} insists={insists} onInsist={setInsists} />
        <p>Orders will go to your LIVE account. Type the last 4 of the account number to confirm.</p>
        <div>
          <label htmlFor={id} className="mb-1 block text-xs text-muted">
            Last 4 of account no.
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
          <Button onClick={hideArming}>Cancel</Button>
          <Button type="submit" look="danger" disabled={typed.trim().length < 4 || !mayArm}>
            Arm
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface ConcernsProps {
  readonly concerns: readonly RuntimeConcern[]
  readonly insists: boolean
  readonly onInsist: (insists: boolean) => void
}

/** What makes this runtime unsafe for real money, and the trader's consent to arm anyway. */
function Concerns({ concerns, insists, onInsist }: ConcernsProps) {
  if (concerns.length === 0) return null
  return (
    <Notice tone="bad">
      <p className="font-semibold">This runtime isn’t safe for real money.</p>
      <ul className="mt-1 list-disc space-y-1 pl-4">
        {concerns.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
      <CheckBox checked={insists} onChange={onInsist} className="mt-2">
        Arm anyway. I accept these risks; the event log records that.
      </CheckBox>
    </Notice>
  )
}
