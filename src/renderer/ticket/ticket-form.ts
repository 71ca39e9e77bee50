import type { OrderClass, OrderSide, OrderType, TimeInForce } from '#shared/trading/order'

/** What the quantity is typed in. `fraction`: dollars that are sent as dollars; all others become whole shares. */
export type QuantityUnit = 'shares' | 'dollars' | 'fraction' | 'power' | 'risk'
/** What an exit is typed in; `r` counts the risk between entry and stop, and is for targets alone. */
export type ExitUnit = 'price' | 'percent' | 'r'

/** An exit as it is typed. */
export interface ExitText {
  readonly text: string
  readonly unit: ExitUnit
}

/** The ticket as it is filled in: amounts stay the text that was typed, so that nothing is changed under the hand. */
export interface TicketForm {
  readonly symbol: string
  readonly side: OrderSide
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly orderClass: OrderClass
  readonly quantity: string
  readonly quantityUnit: QuantityUnit
  readonly limitPrice: string
  readonly stopPrice: string
  readonly trail: string
  readonly trailUnit: 'dollars' | 'percent'
  readonly extendedHours: boolean
  readonly target: ExitText
  readonly stop: ExitText
  /** Of the stop exit; a stop that becomes a limit order. */
  readonly stopLimit: string
  /** Which exit an OTO has. */
  readonly otoExit: 'target' | 'stop'
}

/** Fields that take an amount. */
export type AmountField = 'quantity' | 'limitPrice' | 'stopPrice' | 'trail' | 'target' | 'stop' | 'stopLimit'

/** An empty ticket: limit, day, as professional tickets begin. */
export const BLANK_FORM: TicketForm = {
  symbol: '',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: '',
  quantityUnit: 'shares',
  limitPrice: '',
  stopPrice: '',
  trail: '',
  trailUnit: 'percent',
  extendedHours: false,
  target: { text: '', unit: 'r' },
  stop: { text: '', unit: 'percent' },
  stopLimit: '',
  otoExit: 'stop',
}

/** The text of a field. */
export function textOf(form: TicketForm, field: AmountField): string {
  return field === 'target' || field === 'stop' ? form[field].text : form[field]
}

/** The form with another text in a field. */
export function withText(form: TicketForm, field: AmountField, text: string): TicketForm {
  return field === 'target' || field === 'stop'
    ? { ...form, [field]: { ...form[field], text } }
    : { ...form, [field]: text }
}

/** The order has a limit price of its own; an OCO takes it from its target. */
export const hasLimit = ({ type, orderClass }: TicketForm): boolean =>
  orderClass !== 'oco' && (type === 'limit' || type === 'stop_limit')

export const hasStop = ({ type, orderClass }: TicketForm): boolean =>
  orderClass !== 'oco' && (type === 'stop' || type === 'stop_limit')

export const hasTrail = ({ type }: TicketForm): boolean => type === 'trailing_stop'

export const hasTarget = ({ orderClass, otoExit }: TicketForm): boolean =>
  orderClass === 'bracket' || orderClass === 'oco' || (orderClass === 'oto' && otoExit === 'target')

export const hasStopExit = ({ orderClass, otoExit }: TicketForm): boolean =>
  orderClass === 'bracket' || orderClass === 'oco' || (orderClass === 'oto' && otoExit === 'stop')

/** The order takes what the other side shows at once. */
export const opposite = (side: OrderSide): OrderSide => (side === 'buy' ? 'sell' : 'buy')
