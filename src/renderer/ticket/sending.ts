import type { OrderCheck } from '#shared/ipc/contract'
import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { announce } from '../stores/announcer.ts'
import { ask, signal } from '../stores/signal.ts'
import { shownMode, useSettings } from '../stores/settings.ts'
import { describeFault } from '../ui/faults.ts'
import { returnFocus } from './focus.ts'
import { afterSending, settledForm } from './staging.ts'
import type { TicketForm } from './ticket-form.ts'
import { freshIntent, positionOf, readNow, tellTicket, useOrderCheck, useTicket } from './ticket-store.ts'

/** Orders that never reached the exchange, or were turned away there: the ticket stays as it is, to be mended. */
const CAME_BACK: ReadonlySet<string> = new Set(['rejected', 'never-arrived'])

const keyOf = (draft: OrderDraft): string => JSON.stringify(draft)

/** How often the checks were asked: the word of an earlier question may come after that of a later one. */
let questions = 0

/** Asks the checks about the order as it stands, and keeps their word unless the order has changed meanwhile. */
export async function checkNow(): Promise<OrderCheck | undefined> {
  const { draft } = readNow()
  if (!draft) {
    useOrderCheck.setState({}, true)
    return undefined
  }
  questions += 1
  const question = questions
  const answer = await ask(signal().trading.check(draft))
  const now = readNow().draft
  if (!answer.ok || !now || now.symbol !== draft.symbol || now.side !== draft.side) return undefined
  if (question === questions) useOrderCheck.setState({ check: answer.value, about: keyOf(draft) })
  return answer.value
}

/** What the checks say of exactly this order, asked anew where they have not been. */
async function checkedNow(draft: OrderDraft): Promise<readonly OrderProblem[]> {
  const { check, about } = useOrderCheck.getState()
  return (about === keyOf(draft) ? check : await checkNow())?.problems ?? []
}

/** Shows the order once more as a sentence; not while a field could not be read or the checks refuse it. */
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

/** While the checks were asked something else was filled in, or another account came: it was not meant to go on. */
const isAnother = (form: TicketForm): boolean => useTicket.getState().form !== form

/** For ears: where it hangs. Eyes find it at the field. */
function tellWhy(): void {
  const read = readNow()
  const own = Object.values(read.errors).map(({ sentence }) => sentence)
  const told = useOrderCheck.getState().check?.problems.filter(({ level }) => level === 'refuse') ?? []
  announce([...own, ...told.map(({ sentence }) => sentence)].join(' ') || 'Fill in the symbol first.')
}

/** The key that goes on: to the review, or straight to the exchange where the trader has turned the review off. */
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

/** What the checks ask about, and was not ticked. */
export const openQuestions = (problems: readonly OrderProblem[]): readonly OrderProblem[] =>
  problems.filter(({ level, code }) => level === 'ask' && !useTicket.getState().accepted.has(code))

/** Sends the order that is staged, once: until it is answered, nothing else is sent. */
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
  if (useTicket.getState().intent !== intent) return // another account is traded by now
  if (answer.ok) {
    const { form } = useTicket.getState()
    const next = CAME_BACK.has(answer.value.state) ? form : afterSending(form, positionOf(draft.symbol))
    tellTicket({ kind: 'sent', order: answer.value, form: next, nextIntent: freshIntent() })
    if (!CAME_BACK.has(answer.value.state)) returnFocus()
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
