import type { OrderClass, OrderSide, OrderType, TimeInForce } from '#shared/trading/order'
import { hasLimitPrice, hasStopPrice } from '#shared/trading/order-rules'

/**
 * Unit of the typed quantity. `fraction`: dollars sent as dollars; all others are converted to whole shares.
 */
export type QuantityUnit = 'shares' | 'dollars' | 'fraction' | 'power' | 'risk'
/**
 * Unit of a typed exit: its price, or its distance from the entry. `r` is a multiple of the risk between entry
 * and stop, for targets only; `atr` a multiple of the usual range of a minute, for stops only.
 */
export type ExitUnit = 'price' | 'dollars' | 'percent' | 'ticks' | 'r' | 'atr'
/** Unit of a typed trail. */
export type TrailUnit = 'dollars' | 'percent' | 'ticks'

/** An exit as typed. */
export interface ExitText {
  readonly text: string
  readonly unit: ExitUnit
}

/** The ticket as filled in. Amounts stay the text that was typed, so that nothing changes while typing. */
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
  readonly trailUnit: TrailUnit
  readonly extendedHours: boolean
  readonly target: ExitText
  readonly stop: ExitText
  /** Limit price of the stop exit, which makes it a stop-limit order. */
  readonly stopLimit: string
  /** Which exit an OTO has. */
  readonly otoExit: 'target' | 'stop'
}

/** Fields that take an amount. */
export type AmountField = 'quantity' | 'limitPrice' | 'stopPrice' | 'trail' | 'target' | 'stop' | 'stopLimit'

/** An empty ticket: limit and day, the default of professional tickets. */
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

/** A preset as a quantity: `100` shares, or dollars after a dollar sign. */
export const sizeOf = (preset: string): Pick<TicketForm, 'quantity' | 'quantityUnit'> =>
  preset.startsWith('$')
    ? { quantity: preset.slice(1), quantityUnit: 'dollars' }
    : { quantity: preset, quantityUnit: 'shares' }

/** The quantity as a preset would say it; undefined in units that no preset has. */
export function asPreset({ quantity, quantityUnit }: TicketForm): string | undefined {
  if (quantityUnit === 'shares') return quantity
  return quantityUnit === 'dollars' ? `$${quantity}` : undefined
}

/** The text of a field. */
export function textOf(form: TicketForm, field: AmountField): string {
  return field === 'target' || field === 'stop' ? form[field].text : form[field]
}

/** The form with the text of one field replaced. */
export function withText(form: TicketForm, field: AmountField, text: string): TicketForm {
  return field === 'target' || field === 'stop'
    ? { ...form, [field]: { ...form[field], text } }
    : { ...form, [field]: text }
}

/** Whether the order has its own limit price; an OCO takes it from its target. */
export const hasLimit = ({ type, orderClass }: TicketForm): boolean =>
  orderClass !== 'oco' && hasLimitPrice(type)

export const hasStop = ({ type, orderClass }: TicketForm): boolean =>
  orderClass !== 'oco' && hasStopPrice(type)

export const hasTrail = ({ type }: TicketForm): boolean => type === 'trailing_stop'

export const hasTarget = ({ orderClass, otoExit }: TicketForm): boolean =>
  orderClass === 'bracket' || orderClass === 'oco' || (orderClass === 'oto' && otoExit === 'target')

export const hasStopExit = ({ orderClass, otoExit }: TicketForm): boolean =>
  orderClass === 'bracket' || orderClass === 'oco' || (orderClass === 'oto' && otoExit === 'stop')

/** The other side. */
export const opposite = (side: OrderSide): OrderSide => (side === 'buy' ? 'sell' : 'buy')
