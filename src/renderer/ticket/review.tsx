import { useEffect, useRef, type KeyboardEvent } from 'react'
import { describeOrder } from './order-sentence.ts'
import type { OrderProblem } from '#shared/trading/problem'
import { Button } from '../ui/button.tsx'
import { CheckBox } from '../ui/check-box.tsx'
import { Keys } from '../ui/keys.tsx'
import { describeAccount } from './describe-account.ts'
import { submit } from './sending.ts'
import { tellTicket } from './ticket-store.ts'
import { useMode } from './use-mode.ts'
import type { TicketView } from './use-ticket-view.ts'

interface Props {
  readonly view: TicketView
}

/** The whole order as a sentence, the problems to confirm, and the button that sends it. */
export function Review({ view }: Props) {
  const { state, read, problems, account, whatIf } = view
  const mode = useMode()
  const section = useRef<HTMLElement>(null)
  const asks = problems.filter(({ level }) => level === 'ask')
  const isRefused = problems.some(({ level }) => level === 'refuse')
  const isOpen = asks.every(({ code }) => state.accepted.has(code)) && !isRefused
  useEffect(() => {
    const shown = section.current
    const first = shown?.querySelector<HTMLElement>('input[type=checkbox]:not(:checked)')
    ;(first ?? shown?.querySelector<HTMLElement>('button[type=submit]'))?.focus()
  }, [])
  if (!read.draft) return null
  const text = describeAccount(mode, account?.endsWith)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLButtonElement && event.target.type !== 'submit') return
    event.preventDefault() // the browser would press the button again and again while the key is held
    if (!event.repeat && isOpen) void submit()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter sends from anywhere in the review
    <section ref={section} aria-label="Review" onKeyDown={onKeyDown} className="grid gap-3">
      <p data-review className="text-lg leading-7 font-semibold">
        {describeOrder(read.draft, { ...(whatIf?.cost && { cost: whatIf.cost }), account: text })}
      </p>
      {asks.map((problem) => (
        <Question key={problem.code} problem={problem} view={view} />
      ))}
      <div className="flex gap-2">
        <Button onClick={() => tellTicket({ kind: 'back' })}>
          Back
          <Keys keys="Esc" />
        </Button>
        <Button
          type="submit"
          aria-disabled={!isOpen || state.isSending} // not disabled, or it would lose the focus
          onClick={(event) => isOpen || event.preventDefault()}
          look={read.draft.side}
          className="h-10 grow aria-disabled:opacity-55"
        >
          {state.isSending ? 'Sending…' : 'Submit'}
          <Keys keys="Enter" />
        </Button>
      </div>
      <p className="min-h-4 text-xs leading-4 text-muted">
        {isOpen ? '' : isRefused ? 'Fix the errors to send.' : 'Check the box to confirm.'}
      </p>
    </section>
  )
}

interface QuestionProps extends Props {
  readonly problem: OrderProblem
}

/** A problem that the trader must confirm: the order is sent only once it is ticked. */
function Question({ problem, view: { state } }: QuestionProps) {
  return (
    <div className="rounded-md border border-warn/40 bg-warn/8 px-3 py-2">
      <CheckBox
        checked={state.accepted.has(problem.code)}
        onChange={(checked) => tellTicket({ kind: 'accepted', code: problem.code, yes: checked })}
      >
        {problem.sentence} Send anyway
      </CheckBox>
    </div>
  )
}
