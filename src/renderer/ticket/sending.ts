import type { OrderCheck } from '#shared/ipc/contract'
import { isTurnedAway, type OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { announce } from '../stores/announcer.ts'
import { ask, signal } from '../stores/signal.ts'
import { shownMode, useSettings } from '../stores/settings.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { describeFault } from '../ui/faults.ts'
import { ENTER_SYMBOL } from './blocked.ts'
import { returnFocus } from './focus.ts'
import { afterSending, settledForm } from './staging.ts'
import type { TicketForm } from './ticket-form.ts'
import { freshIntent, positionOf, readNow, tellTicket, useOrderCheck, useTicket } from './ticket-store.ts'

const keyOf = (draft: OrderDraft): string => JSON.stringify(draft)

/** Number of checks so far: an earlier answer may arrive after a later one. */
let questions = 0

/**
 * Checks the current order, and keeps the result unless a newer check or another symbol or side makes it
 * obsolete. Not while the order is being sent: to the checks it would look like a second one of the same kind.
 */
export async function checkNow(): Promise<OrderCheck | undefined> {
  const { intent, isSending } = useTicket.getState()
  if (isSending) return undefined
  const { draft } = readNow()
  if (!draft) {
    useOrderCheck.setState({}, true)
    return undefined
  }
  questions += 1
  const question = questions
  const answer = await ask(signal().trading.check(draft))
  const now = readNow().draft
  const state = useTicket.getState()
  if (state.isSending || state.intent !== intent) return undefined
  if (!answer.ok || !now || now.symbol !== draft.symbol || now.side !== draft.side) return undefined
  if (question === questions) useOrderCheck.setState({ check: answer.value, about: keyOf(draft) })
  return answer.value
}

/** Problems of exactly this order, checked now if it has not been. */
async function checkedNow(draft: OrderDraft): Promise<readonly OrderProblem[]> {
  const { check, about } = useOrderCheck.getState()
  return (about === keyOf(draft) ? check : await checkNow())?.problems ?? []
}

/** Shows the order as a sentence once more, unless a field could not be read or the checks refuse it. */
export async function review(): Promise<void> {
  const { form } = useTicket.getState()
  const read = readNow()
  tellTicket({ kind: 'attempted' })
  if (!read.draft || Object.keys(read.errors).length > 0) return tellWhy()
  const problems = await checkedNow(read.draft)
  if (isAnother(form)) return
  if (problems.some(({ level }) => level === 'refuse')) return tellWhy()
  if (useTicket.getState().step === 'edit') {
    tellTicket({ kind: 'reviewed', settled: settledForm(form, read) })
  }
}

/** Whether the form or the account changed during the checks: then the key press no longer applies. */
const isAnother = (form: TicketForm): boolean => useTicket.getState().form !== form

/** Announces what is wrong to screen readers. It is shown at the field. */
function tellWhy(): void {
  const read = readNow()
  const own = Object.values(read.errors).map(({ sentence }) => sentence)
  const told = useOrderCheck.getState().check?.problems.filter(({ level }) => level === 'refuse') ?? []
  announce([...own, ...told.map(({ sentence }) => sentence)].join(' ') || ENTER_SYMBOL)
}

/** Continues: to the review, or straight to sending if the trader has turned the review off. */
export async function goOn(): Promise<void> {
  const { step, form } = useTicket.getState()
  const reviews = useSettings.getState().view?.settings.reviewOrders ?? true
  if (step === 'review') return submit()
  if (reviews) return review()
  const { draft } = readNow()
  const problems = draft ? await checkedNow(draft) : []
  if (isAnother(form)) return
  return problems.some(({ level }) => level !== 'tell') ? review() : submit()
}

/** Sends the staged order once: until it is answered, nothing else is sent. */
export async function submit(): Promise<void> {
  const { draft, errors } = readNow()
  const { isSending, intent, accepted } = useTicket.getState()
  if (isSending) return
  tellTicket({ kind: 'attempted' })
  if (!draft || Object.keys(errors).length > 0) return tellWhy()
  tellTicket({ kind: 'sending' })
  const answer = await ask(
    signal().trading.submit({ mode: shownMode(), intent, draft, accepted: [...accepted] }),
  )
  if (useTicket.getState().intent !== intent) return // the account has changed meanwhile
  if (answer.ok) {
    const { form } = useTicket.getState()
    // One that was turned away stays in the ticket, to be fixed.
    const next = isTurnedAway(answer.value)
      ? form
      : afterSending(form, positionOf(draft.symbol), useTicketPreferences.getState().afterFill)
    tellTicket({ kind: 'sent', order: answer.value, form: next, nextIntent: freshIntent() })
    if (!isTurnedAway(answer.value)) returnFocus()
    return
  }
  if (answer.error.kind !== 'refused') {
    return tellTicket({ kind: 'fault', text: describeFault(answer.error) })
  }
  const { problems } = answer.error
  tellTicket({ kind: 'refused', problems, nextIntent: freshIntent() })
  announce(problems.map(({ sentence }) => sentence).join(' '))
  if (useTicket.getState().step === 'edit' && problems.every(({ level }) => level !== 'refuse'))
    await review()
}
