import type { OrderView } from '#shared/trading/order'
import type { OrderProblem, ProblemCode } from '#shared/trading/problem'
import { BLANK_FORM, type AmountField, type TicketForm } from './ticket-form.ts'

/** Why nothing was sent, or why that is unknown. */
export type Setback =
  | { readonly kind: 'refused'; readonly problems: readonly OrderProblem[] }
  /** Main did not answer properly: the order may have been sent, so a retry uses the same intent. */
  | { readonly kind: 'fault'; readonly text: string }

/** State of the ticket. */
export interface TicketState {
  readonly form: TicketForm
  readonly step: 'edit' | 'review'
  /** The form as typed, while the review shows it in shares and prices. */
  readonly typed?: TicketForm | undefined
  /** Id of the staged order: whatever is sent under the same id is one order. */
  readonly intent: string
  readonly isSending: boolean
  readonly setback?: Setback | undefined
  /** Fields the trader has visited, where an empty field is reported. */
  readonly touched: ReadonlySet<AmountField | 'symbol'>
  /** The trader asked for the review, so everything missing is reported. */
  readonly attempted: boolean
  /** Problems that the trader has read and accepted. */
  readonly accepted: ReadonlySet<ProblemCode>
  /** Ids of the last orders sent from this ticket, newest first. */
  readonly sent: readonly string[]
  /** The form as the last sent order left it: while it is the form, the trader hasn't begun another order. */
  readonly leftBySent?: TicketForm
}

export type TicketEvent =
  /** The account has changed. */
  | { readonly kind: 'reset'; readonly nextIntent: string }
  | { readonly kind: 'staged'; readonly form: TicketForm }
  | { readonly kind: 'edited'; readonly form: TicketForm; readonly field?: AmountField | 'symbol' }
  | { readonly kind: 'left'; readonly field: AmountField | 'symbol' }
  | { readonly kind: 'attempted' }
  | { readonly kind: 'reviewed'; readonly settled: TicketForm }
  | { readonly kind: 'back' }
  | { readonly kind: 'accepted'; readonly code: ProblemCode; readonly yes: boolean }
  | { readonly kind: 'sending' }
  | {
      readonly kind: 'sent'
      readonly order: OrderView
      readonly form: TicketForm
      readonly nextIntent: string
    }
  /** The last sent order was filled. */
  | { readonly kind: 'filled'; readonly form: TicketForm }
  | { readonly kind: 'refused'; readonly problems: readonly OrderProblem[]; readonly nextIntent: string }
  | { readonly kind: 'fault'; readonly text: string }

/** How many sent orders the ticket keeps showing. */
const MOST_SENT = 3
const NOTHING: ReadonlySet<never> = new Set()

/** An empty ticket. */
export const blankTicket = (intent: string): TicketState => ({
  form: BLANK_FORM,
  step: 'edit',
  intent,
  isSending: false,
  touched: NOTHING,
  attempted: false,
  accepted: NOTHING,
  sent: [],
})

/**
 * The ticket after an event. While an order is being sent, only its answer or a reset changes it, so that no
 * key press can alter or repeat the order.
 */
export function nextTicket(state: TicketState, event: TicketEvent): TicketState {
  if (state.isSending && !isAnswer(event)) return state
  switch (event.kind) {
    case 'reset':
      return blankTicket(event.nextIntent)
    case 'staged':
      return {
        ...edit(state, event.form),
        step: 'edit',
        touched: NOTHING,
        attempted: false,
        typed: undefined,
      }
    case 'edited':
      return {
        ...edit(state, event.form),
        touched: event.field ? with_(state.touched, event.field) : state.touched,
      }
    case 'left':
      return { ...state, touched: with_(state.touched, event.field) }
    case 'attempted':
      return { ...state, attempted: true }
    case 'reviewed':
      return { ...state, step: 'review', attempted: true, typed: state.form, form: event.settled }
    case 'back':
      return { ...state, step: 'edit', form: state.typed ?? state.form, typed: undefined, accepted: NOTHING }
    case 'accepted':
      return {
        ...state,
        accepted: event.yes ? with_(state.accepted, event.code) : without(state.accepted, event.code),
      }
    case 'sending':
      return { ...state, isSending: true, setback: undefined }
    case 'sent': {
      const sent = [event.order.id, ...state.sent.filter((id) => id !== event.order.id)].slice(0, MOST_SENT)
      return { ...blankTicket(event.nextIntent), form: event.form, sent, leftBySent: event.form }
    }
    case 'filled':
      return state.form === state.leftBySent && state.step === 'edit'
        ? { ...state, form: event.form, leftBySent: event.form }
        : state
    case 'refused':
      return {
        ...state,
        isSending: false,
        intent: event.nextIntent,
        setback: { kind: 'refused', problems: event.problems },
      }
    case 'fault':
      return { ...state, isSending: false, setback: { kind: 'fault', text: event.text } }
  }
}

const isAnswer = ({ kind }: TicketEvent): boolean =>
  kind === 'sent' || kind === 'refused' || kind === 'fault' || kind === 'reset'

/**
 * Applies an edit. It clears earlier problems and confirmations, but not the warning that the order may have
 * been sent.
 */
function edit(state: TicketState, form: TicketForm): TicketState {
  const setback = state.setback?.kind === 'fault' ? state.setback : undefined
  return { ...state, form, setback, accepted: NOTHING, typed: undefined }
}

const with_ = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> => new Set([...set, item])
const without = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> =>
  new Set([...set].filter((other) => other !== item))
