import type { OrderClass, OrderType, TimeInForce } from '#shared/trading/order'
import type { TicketForm } from './ticket-form.ts'

/** Order types in the order of the list and of the key that cycles through them. */
export const TYPES: readonly (readonly [OrderType, string])[] = [
  ['limit', 'Limit'],
  ['market', 'Market'],
  ['stop', 'Stop'],
  ['stop_limit', 'Stop limit'],
  ['trailing_stop', 'Trailing stop'],
]

export const TIMES_IN_FORCE: readonly (readonly [TimeInForce, string])[] = [
  ['day', 'Day'],
  ['gtc', 'Good till canceled'],
  ['ioc', 'Immediate or cancel'],
  ['fok', 'Fill or kill'],
  ['opg', 'At the open'],
  ['cls', 'At the close'],
]

export const CLASSES: readonly (readonly [OrderClass, string])[] = [
  ['simple', 'None'],
  ['bracket', 'Bracket: target and stop'],
  ['oto', 'One exit (OTO)'],
  ['oco', 'Exits of a position (OCO)'],
]

type OrderKind = Pick<TicketForm, 'type' | 'timeInForce' | 'orderClass' | 'quantityUnit' | 'extendedHours'>

const isPlain = (type: OrderType) => type === 'market' || type === 'limit'

/** Why a type is unavailable now; undefined if it is available. Alpaca, "Orders", as of 2026-06. */
export function typeReason(type: OrderType, form: OrderKind): string | undefined {
  if (form.orderClass === 'oco' && type !== 'limit') return 'exits of a position are a limit and a stop'
  if (form.orderClass !== 'simple' && type === 'trailing_stop') return 'takes no exits'
  if (form.quantityUnit === 'fraction' && type !== 'market') return 'an order in dollars is a market order'
  if (form.extendedHours && type !== 'limit') return 'extended hours take limit orders only'
  return undefined
}

/** Why a time in force is unavailable now; undefined if it is available. */
export function timeInForceReason(timeInForce: TimeInForce, form: OrderKind): string | undefined {
  if (timeInForce === 'day') return undefined
  if (form.quantityUnit === 'fraction') return 'an order in dollars lasts the day'
  if (form.extendedHours) return 'extended hours take day orders only'
  if (timeInForce === 'gtc') return undefined
  if (form.orderClass !== 'simple') return 'orders with exits are day or good till canceled'
  return isPlain(form.type) ? undefined : 'for market and limit orders only'
}

/** Why a class is unavailable now; undefined if it is available. */
export function classReason(orderClass: OrderClass, form: OrderKind): string | undefined {
  if (orderClass === 'simple') return undefined
  if (form.quantityUnit === 'fraction') return 'an order in dollars has no exits'
  if (form.extendedHours) return 'not in extended hours'
  if (form.type === 'trailing_stop') return 'a trailing stop is an exit itself'
  return undefined
}

/** Why the order cannot trade in extended hours; undefined if it can. */
export function extendedReason(form: OrderKind): string | undefined {
  if (form.orderClass !== 'simple') return 'Orders with exits trade in regular hours only.'
  if (form.type !== 'limit') return 'Only limit orders trade in extended hours.'
  if (form.timeInForce !== 'day') return 'Only day orders trade in extended hours.'
  return undefined
}

/** Why the quantity cannot be sent in dollars; undefined if it can. */
export function fractionReason(form: OrderKind): string | undefined {
  if (form.orderClass !== 'simple') return 'orders with exits are whole shares'
  return form.extendedHours ? 'not in extended hours' : undefined
}

/** The form without anything incompatible with the last choice. */
export function fitting(form: TicketForm): TicketForm {
  let next = form
  if (next.orderClass === 'oco' && next.type !== 'limit') next = { ...next, type: 'limit' }
  if (next.quantityUnit === 'fraction' && next.type !== 'market') next = { ...next, quantityUnit: 'dollars' }
  if (classReason(next.orderClass, next) !== undefined) next = { ...next, orderClass: 'simple' }
  if (extendedReason(next) !== undefined) next = { ...next, extendedHours: false }
  if (timeInForceReason(next.timeInForce, next) !== undefined) next = { ...next, timeInForce: 'day' }
  return next
}

/** The next of the available types. */
export function nextType(form: TicketForm): OrderType {
  const possible = TYPES.map(([type]) => type).filter((type) => typeReason(type, form) === undefined)
  return possible[(possible.indexOf(form.type) + 1) % possible.length] ?? form.type
}
