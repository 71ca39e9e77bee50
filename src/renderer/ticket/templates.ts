import type { BracketTemplate } from '../stores/ticket-setup.ts'
import { fitting } from './order-rules.ts'
import type { ExitText, TicketForm } from './ticket-form.ts'

/** The order with the exits of a template: a bracket, and nothing that a bracket can't have. */
export function withTemplate(form: TicketForm, { stop, target }: BracketTemplate): TicketForm {
  const plain: TicketForm = {
    ...form,
    type: form.type === 'trailing_stop' ? 'limit' : form.type,
    ...(form.quantityUnit === 'fraction' && { quantityUnit: 'dollars' }),
    extendedHours: false,
  }
  return { ...fitting({ ...plain, orderClass: 'bracket' }), stop, target, stopLimit: '' }
}

/** Distance that a stop begins with while the usual range of a minute is unknown. */
const WITHOUT_ATR: ExitText = { text: '1', unit: 'percent' }

/** The form with empty exits filled in from a template. */
export function withExits(form: TicketForm, { stop, target }: BracketTemplate, hasAtr: boolean): TicketForm {
  return {
    ...form,
    ...(form.stop.text === '' && { stop: stop.unit === 'atr' && !hasAtr ? WITHOUT_ATR : stop }),
    ...(form.target.text === '' && { target }),
  }
}

const UNITS = { atr: '× ATR', dollars: '$', percent: '%', ticks: 'ticks', r: 'R' } as const

const describeDistance = ({ text, unit }: BracketTemplate['stop' | 'target']): string =>
  unit === 'dollars' ? `$${text}` : unit === 'percent' ? `${text}%` : `${text} ${UNITS[unit]}`

/** A template's exits in words: `stop 1 × ATR, target 2 R`. */
export const describeTemplate = ({ stop, target }: BracketTemplate): string =>
  `stop ${describeDistance(stop)}, target ${describeDistance(target)}`

/** Whether the order has just the exits of a template. */
export const isOfTemplate = (form: TicketForm, { stop, target }: BracketTemplate): boolean =>
  form.orderClass === 'bracket' && isSame(form.stop, stop) && isSame(form.target, target)

const isSame = (one: ExitText, other: ExitText): boolean => one.text === other.text && one.unit === other.unit
