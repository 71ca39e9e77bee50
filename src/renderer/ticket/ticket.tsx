import { useEffect, useRef, type FormEvent, type KeyboardEvent } from 'react'
import { useSettings } from '../stores/settings.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Keys } from '../ui/keys.tsx'
import { ArmDialog } from './arm-dialog.tsx'
import { useArming } from './arming.ts'
import { Exits } from './exits.tsx'
import { movedText, presetBeside, steppedText } from './field-steps.ts'
import { commandOf, type TicketCommand } from './keys.ts'
import { MessageLine } from './notices.tsx'
import { OrderFields } from './order-fields.tsx'
import { fitting, nextType } from './order-rules.ts'
import { QuoteStrip } from './quote-strip.tsx'
import { Review } from './review.tsx'
import { goOn, review, submit } from './sending.ts'
import { SentOrders } from './sent-orders.tsx'
import { SymbolField } from './symbol-field.tsx'
import { closeTicket } from './ticket-actions.ts'
import { asPreset, hasLimit, hasStop, hasTrail, sizeOf, withText, type AmountField } from './ticket-form.ts'
import { TicketHeader } from './ticket-header.tsx'
import { editForm, tellTicket } from './ticket-store.ts'
import { useChecks, useFilledOrder, useFollowedSymbol, useFoundOrder } from './use-checks.ts'
import { useTicketView, type TicketView } from './use-ticket-view.ts'
import { WhatIfStrip } from './what-if.tsx'

interface Props {
  readonly place: 'panel' | 'window'
}

/** The order ticket: filled in, reviewed and sent by keyboard alone. */
export function Ticket({ place }: Props) {
  useChecks()
  useFollowedSymbol()
  useFoundOrder()
  useFilledOrder()
  const view = useTicketView()
  const { step } = view.state
  const asksToArm = useArming((arming) => arming.open)
  const form = useRef<HTMLFormElement>(null)
  const hadFocus = useRef(false)
  // A focused field that disappears, such as the limit price of a market order, leaves the focus to the
  // ticket.
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) form.current?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(event)
    if (command && runCommand(command, event.target, view, place)) {
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault() // Enter in a field sends nothing
    }
  }

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the whole ticket */}
      <form
        ref={form}
        aria-label="Order ticket"
        noValidate
        tabIndex={-1}
        onFocus={() => (hadFocus.current = true)}
        onBlur={({ target }) => (hadFocus.current = !target.isConnected)}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void submit()
        }}
        onKeyDown={onKeyDown}
        className="flex h-full min-h-0 flex-col bg-surface outline-none low:overflow-y-auto"
      >
        <TicketHeader place={place} />
        <div className="min-h-0 grow overflow-y-auto low:shrink-0 low:overflow-visible">
          <div className="grid gap-1 px-3 pb-1">
            {step === 'edit' ? <Filling view={view} /> : <Reviewing view={view} />}
          </div>
        </div>
        <SentOrders />
        {step === 'edit' && <Footer view={view} />}
      </form>
      {asksToArm && <ArmDialog />}
    </>
  )
}

interface ViewProps {
  readonly view: TicketView
}

function Filling({ view }: ViewProps) {
  return (
    <>
      <SymbolField view={view} />
      <QuoteStrip view={view} />
      <OrderFields view={view} />
      <Exits view={view} />
    </>
  )
}

function Reviewing({ view }: ViewProps) {
  return (
    <>
      <Review view={view} />
      <MessageLine view={view} />
      <QuoteStrip view={view} />
      <WhatIfStrip view={view} />
    </>
  )
}

function Footer({ view }: ViewProps) {
  const reviews = useSettings((settings) => settings.view?.settings.reviewOrders ?? true)
  const { isSending, form } = view.state
  // Not disabled in the browser's sense: a press still checks the order anew, and says why it can't be sent.
  const off = { 'aria-disabled': isSending || view.blocked !== undefined, title: view.blocked }
  return (
    <footer className="grid gap-1 border-t border-line px-3 py-1.5">
      <MessageLine view={view} />
      <WhatIfStrip view={view} />
      <div className="flex gap-2">
        {!reviews && (
          <Button {...off} className={OFF_LOOK} onClick={() => void review()}>
            Review
          </Button>
        )}
        <Button
          {...off}
          look={form.side}
          className={classNames(OFF_LOOK, 'grow')}
          onClick={() => void (reviews ? review() : goOn())}
        >
          {isSending ? 'Sending…' : reviews ? 'Review' : 'Submit'}
          <Keys keys="Ctrl+Enter" />
        </Button>
      </div>
    </footer>
  )
}

const OFF_LOOK = 'h-9! aria-disabled:opacity-55'

const AMOUNTS: ReadonlySet<string> = new Set<AmountField>([
  'quantity',
  'limitPrice',
  'stopPrice',
  'trail',
  'target',
  'stop',
  'stopLimit',
])
const isAmount = (name: string | undefined): name is AmountField => name !== undefined && AMOUNTS.has(name)

/** The amount that arrows change: the focused field's, or the price if no field has the focus. */
function amountAt(target: EventTarget, { state: { form } }: TicketView): AmountField | undefined {
  if (!(target instanceof HTMLElement)) return undefined
  const named = target.dataset['amount']
  if (isAmount(named)) return named
  if (!(target instanceof HTMLButtonElement || target instanceof HTMLFormElement)) return undefined
  return hasLimit(form) ? 'limitPrice' : hasStop(form) ? 'stopPrice' : hasTrail(form) ? 'trail' : 'quantity'
}

/** Runs a key's command; answers whether it applied here. */
function runCommand(
  command: TicketCommand,
  target: EventTarget,
  view: TicketView,
  place: Props['place'],
): boolean {
  const { step } = view.state
  if (command.kind === 'go-on') return (void goOn(), true)
  if (command.kind === 'fix') return (view.fixes[command.index]?.run(), true)
  if (command.kind === 'back') {
    if (step === 'review') tellTicket({ kind: 'back' })
    else if (place === 'panel') closeTicket()
    return true
  }
  return step === 'edit' && change(command, target, view)
}

type Change = Extract<TicketCommand, { kind: 'step' | 'percent' | 'preset' | 'type' }>

function change(command: Change, target: EventTarget, view: TicketView): boolean {
  if (command.kind === 'type') {
    editForm((form) => fitting({ ...form, type: nextType(form) }))
    return true
  }
  if (command.kind === 'preset') {
    const { presets } = useTicketPreferences.getState()
    editForm((form) => {
      const preset = presetBeside(presets, asPreset(form), command.by)
      return preset === undefined ? form : { ...form, ...sizeOf(preset) }
    })
    return true
  }
  const amount = amountAt(target, view)
  if (!amount) return false
  editForm((form) => {
    const text =
      command.kind === 'step'
        ? steppedText(form, amount, command.steps, view.row)
        : movedText(form, amount, command.percent)
    return withText(form, amount, text)
  })
  return true
}
