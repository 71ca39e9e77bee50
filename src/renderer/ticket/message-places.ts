import type { OrderProblem, ProblemCode, TicketField } from '#shared/trading/problem'
import { FIELD_OF, type ReadTicket } from './read-form.ts'
import {
  hasLimit,
  hasStop,
  hasStopExit,
  hasTarget,
  hasTrail,
  type AmountField,
  type TicketForm,
} from './ticket-form.ts'
import type { TicketState } from './ticket-state.ts'

/** A control that messages can be about. */
export type MessagePlace = AmountField | 'symbol'

/** Something the ticket tells: why an order is refused, what must be confirmed, or how an amount was read. */
export interface TicketMessage {
  readonly level: OrderProblem['level']
  readonly text: string
  readonly code?: ProblemCode
}

/** Messages of the message line, with the control that they are about. */
export interface LineMessages {
  readonly place?: MessagePlace
  readonly messages: readonly TicketMessage[]
}

interface Told {
  readonly state: Pick<TicketState, 'form' | 'step'>
  readonly read: Pick<ReadTicket, 'errors' | 'notes'>
  readonly problems: readonly OrderProblem[]
}

/** Characters that fit on the one line kept below a field, in the narrowest ticket. */
const FITS = 46
const RANK = { refuse: 0, ask: 1, tell: 2 } as const
const LEADS = { refuse: '', ask: 'Confirm: ', tell: '' } as const

/** The controls in sight while an order is filled in. */
function placesInSight(form: TicketForm): readonly MessagePlace[] {
  const some: readonly (readonly [MessagePlace, boolean])[] = [
    ['symbol', true],
    ['quantity', true],
    ['limitPrice', hasLimit(form)],
    ['stopPrice', hasStop(form)],
    ['trail', hasTrail(form)],
    ['target', hasTarget(form)],
    ['stop', hasStopExit(form)],
    ['stopLimit', hasStopExit(form)],
  ]
  return some.flatMap(([place, isThere]) => (isThere ? [place] : []))
}

const toMessage = ({ level, sentence, code }: OrderProblem): TicketMessage => ({
  level,
  text: LEADS[level] + sentence,
  code,
})

/** The field whose problems are told at a control; a stop's limit leaves them to the stop. */
const fieldAt = (place: MessagePlace): TicketField | undefined =>
  place === 'stopLimit' ? undefined : FIELD_OF[place]

/** Everything to tell about a control: that it can't be read, or its problems, or how it was read. */
function messagesOf(place: MessagePlace, { read, problems }: Told): readonly TicketMessage[] {
  const error = read.errors[place]
  if (error) return [{ level: 'refuse', text: error.sentence }]
  const own = problems.filter(({ field }) => field !== undefined && field === fieldAt(place))
  const note = place === 'symbol' ? undefined : read.notes[place]
  if (own.length > 0) return own.map(toMessage)
  return note === undefined ? [] : [{ level: 'tell', text: note }]
}

/**
 * The one message told below a control, where one line is kept: the first that fits on it. A stop's limit has no room
 * for any.
 */
export const messageAt = (place: MessagePlace, told: Told): TicketMessage | undefined =>
  place === 'stopLimit' ? undefined : messagesOf(place, told).find(({ text }) => text.length <= FITS)

/**
 * What the ticket's message line tells, most serious first: problems without a control in sight, and what does not fit
 * below its own. In the review no control is in sight, what must be confirmed has its box there, and what needs nothing
 * was told before.
 */
export function messagesInLine(told: Told): readonly LineMessages[] {
  const { state, problems } = told
  if (state.step === 'review') {
    const refused = problems.filter(({ level }) => level === 'refuse')
    return refused.map((problem) => ({ messages: [toMessage(problem)] }))
  }
  const places = placesInSight(state.form)
  const fields = new Set(places.map(fieldAt))
  const ofOrder = problems.filter(({ field }) => field === undefined || !fields.has(field))
  const all: readonly LineMessages[] = [
    ...ofOrder.map((problem) => ({ messages: [toMessage(problem)] })),
    ...places.map((place) => ({ place, messages: leftOf(place, told) })),
  ]
  return all
    .filter(({ messages }) => messages.length > 0)
    .toSorted((one, other) => rankOf(one) - rankOf(other))
}

function leftOf(place: MessagePlace, told: Told): readonly TicketMessage[] {
  const shown = messageAt(place, told)
  return messagesOf(place, told)
    .filter(({ text }) => text !== shown?.text)
    .map((message) =>
      place === 'stopLimit' ? { ...message, text: `Stop-limit price: ${message.text}` } : message,
    )
}

const rankOf = ({ messages: [first] }: LineMessages): number => RANK[first?.level ?? 'tell']

/** Ids of the texts about a control, for `aria-describedby`: below it, and in the message line. */
export const describedAt = (place: MessagePlace): string => `ticket-${place}-words ${moreId(place)}`

/** Id of what the message line tells about a control. */
export const moreId = (place: MessagePlace): string => `ticket-${place}-more`
