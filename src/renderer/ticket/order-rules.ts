import { Decimal } from 'decimal.js'
import { TYPE_NAMES } from '#shared/trading/describe-order'
import type { OrderClass, OrderType, TimeInForce } from '#shared/trading/order'
import {
  asSentence,
  brokenRules,
  describeOrderRule,
  isAbout,
  type OrderKind,
} from '#shared/trading/order-rules'
import { readAmount } from '../ui/amount.ts'
import type { TicketForm } from './ticket-form.ts'

/** Order types in the order of the list and of the key that cycles through them. */
export const TYPES: readonly (readonly [OrderType, string])[] = (
  ['limit', 'market', 'stop', 'stop_limit', 'trailing_stop'] as const
).map((type) => [type, TYPE_NAMES[type]])

export const TIMES_IN_FORCE: readonly (readonly [TimeInForce, string])[] = [
  ['day', 'Day'],
  ['gtc', 'GTC (good ’til canceled)'],
  ['ioc', 'IOC (immediate or cancel)'],
  ['fok', 'FOK (fill or kill)'],
  ['opg', 'On open (OPG)'],
  ['cls', 'On close (CLS)'],
]

export const CLASSES: readonly (readonly [OrderClass, string])[] = [
  ['simple', 'None'],
  ['bracket', 'Bracket (target + stop)'],
  ['oto', 'OTO (one exit)'],
  ['oco', 'OCO on position'],
]

type Chosen = Pick<
  TicketForm,
  'type' | 'timeInForce' | 'orderClass' | 'quantity' | 'quantityUnit' | 'extendedHours'
>

/** What of a form must fit together. */
function kindOf({ quantity, quantityUnit, ...form }: Chosen): OrderKind {
  const read = quantityUnit === 'shares' ? readAmount(quantity, 'shares') : undefined
  const hasPart = read?.kind === 'read' && !new Decimal(read.value).isInteger()
  const amount = quantityUnit === 'fraction' ? 'dollars' : hasPart ? 'fraction' : 'whole'
  return { ...form, amount }
}

/** Which rule about this part of an order is broken, in words; undefined if none is. */
function reason(kind: OrderKind, part: keyof OrderKind): string | undefined {
  const rule = brokenRules(kind).find((broken) => isAbout(broken, part))
  return rule && describeOrderRule(rule, kind)
}

/** Why a type cannot be chosen now; undefined if it can. How long the order lasts gives way to it. */
export const typeReason = (type: OrderType, form: Chosen): string | undefined =>
  reason({ ...kindOf(form), type, timeInForce: 'day' }, 'type')

/** Why a time in force cannot be chosen now; undefined if it can. */
export const timeInForceReason = (timeInForce: TimeInForce, form: Chosen): string | undefined =>
  reason({ ...kindOf(form), timeInForce }, 'timeInForce')

/** Why a class cannot be chosen now; undefined if it can. An OCO brings its type along, unless that is an exit itself. */
export function classReason(orderClass: OrderClass, form: Chosen): string | undefined {
  const type = orderClass === 'oco' && form.type !== 'trailing_stop' ? 'limit' : form.type
  const kind: OrderKind = { ...kindOf(form), type, orderClass, timeInForce: 'day' }
  return reason(kind, 'orderClass')
}

/** Why the order cannot take part in extended hours; undefined if it can. */
export function extendedReason(form: Chosen): string | undefined {
  const clause = reason({ ...kindOf(form), extendedHours: true }, 'extendedHours')
  return clause && asSentence(clause)
}

/** Why the quantity cannot be sent in dollars; undefined if it can. An order in dollars brings its type along. */
export const dollarsReason = (form: Chosen): string | undefined =>
  reason({ ...kindOf(form), amount: 'dollars', type: 'market', timeInForce: 'day' }, 'amount')

/** The form without anything incompatible with the last choice. */
export function fitting(form: TicketForm): TicketForm {
  let next = { ...form, quantity: '' }
  if (next.orderClass === 'oco' && next.type !== 'limit') next = { ...next, type: 'limit' }
  if (next.quantityUnit === 'fraction' && next.type !== 'market') next = { ...next, quantityUnit: 'dollars' }
  if (classReason(next.orderClass, next) !== undefined) next = { ...next, orderClass: 'simple' }
  if (extendedReason(next) !== undefined) next = { ...next, extendedHours: false }
  if (timeInForceReason(next.timeInForce, next) !== undefined) next = { ...next, timeInForce: 'day' }
  return { ...next, quantity: form.quantity }
}

/** The next of the available types. */
export function nextType(form: TicketForm): OrderType {
  const possible = TYPES.map(([type]) => type).filter((type) => typeReason(type, form) === undefined)
  return possible[(possible.indexOf(form.type) + 1) % possible.length] ?? form.type
}
