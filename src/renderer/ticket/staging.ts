import { Decimal } from 'decimal.js'
import { defined } from '#shared/defined'
import type { MarketRow } from '#shared/market'
import type { PositionView } from '#shared/trading/account'
import type { OrderDraft, OrderSide } from '#shared/trading/order'
import type { NewOrder } from '#shared/ticket-start'
import type { StockSymbol } from '#shared/units'
import type { AfterFill } from '../stores/ticket-setup.ts'
import { crossPrice, joinPrice, priceText } from './price-steps.ts'
import { BLANK_FORM, sizeOf, type ExitText, type TicketForm } from './ticket-form.ts'
import type { ReadTicket } from './read-form.ts'

/** How the limit price starts. */
export type Approach = NewOrder['approach']

interface Staging {
  readonly side: OrderSide
  readonly approach: Approach
  readonly row?: MarketRow | undefined
  readonly position?: PositionView | undefined
  /** Size of an order that opens a position: shares, or dollars after a dollar sign. */
  readonly preset: string
}

/** A new limit order. One that closes a position starts with all of it. */
export function staged(
  symbol: StockSymbol | '',
  before: TicketForm,
  { side, approach, row, position, preset }: Staging,
): TicketForm {
  const price = row && (approach === 'join' ? joinPrice(side, row) : crossPrice(side, row))
  const closes = position && closingSide(position) === side
  return {
    ...BLANK_FORM,
    target: { ...before.target, text: '' },
    stop: { ...before.stop, text: '' },
    trailUnit: before.trailUnit,
    symbol,
    side,
    ...(closes ? { quantity: new Decimal(position.quantity).abs().toFixed() } : sizeOf(preset)),
    limitPrice: price ?? '',
  }
}

/** The side that reduces a position. */
export const closingSide = ({ quantity }: PositionView): OrderSide =>
  new Decimal(quantity).isNegative() ? 'buy' : 'sell'

/** The form on the other side: a limit price at the near side of the quote moves to the new near side. */
export function withSide(form: TicketForm, side: OrderSide, row: MarketRow | undefined): TicketForm {
  const joined = row && joinPrice(form.side, row)
  const next = row && joinPrice(side, row)
  const follows = joined !== undefined && next !== undefined && form.limitPrice === joined
  return { ...form, side, ...(follows && { limitPrice: next }) }
}

/** The form without its prices. */
export const emptied = (form: TicketForm): TicketForm => ({
  ...form,
  limitPrice: '',
  stopPrice: '',
  stopLimit: '',
  target: { ...form.target, text: form.target.unit === 'price' ? '' : form.target.text },
  stop: { ...form.stop, text: form.stop.unit === 'price' ? '' : form.stop.text },
})

/**
 * The ticket after its order was sent: the symbol stays, by the trader's choice set to close a position that
 * exists; nothing that could be sent again.
 */
export function afterSending(
  form: TicketForm,
  position: PositionView | undefined,
  choice: AfterFill,
): TicketForm {
  return {
    ...BLANK_FORM,
    symbol: form.symbol,
    side: position && choice === 'close' ? closingSide(position) : form.side,
    quantityUnit: form.quantityUnit === 'fraction' ? 'shares' : form.quantityUnit,
    target: { ...form.target, text: '' },
    stop: { ...form.stop, text: '' },
    trailUnit: form.trailUnit,
  }
}

/** The ticket once its last order is filled, by the trader's choice; the same form if nothing changes. */
export function afterFilling(
  form: TicketForm,
  position: PositionView | undefined,
  choice: AfterFill,
): TicketForm {
  if (choice === 'clear') return BLANK_FORM
  const side = position && choice === 'close' ? closingSide(position) : form.side
  return side === form.side ? form : { ...form, side }
}

/** The same order in shares and prices only, so that no quote can change it. */
export function settledForm(form: TicketForm, { draft }: ReadTicket): TicketForm {
  if (!draft) return form
  const { quantity, takeProfit, stopLoss, trailPrice } = draft
  return {
    ...form,
    symbol: draft.symbol,
    ...(quantity !== undefined && { quantity, quantityUnit: 'shares' }),
    ...(takeProfit && { target: asPrice(takeProfit.limitPrice) }),
    ...(stopLoss && { stop: asPrice(stopLoss.stopPrice) }),
    ...(trailPrice !== undefined && { trail: trailPrice, trailUnit: 'dollars' }),
  }
}

const asPrice = (text: string): ExitText => ({ text, unit: 'price' })

/** A price as text for a field; empty if there is none. */
const typed = (price: string | undefined): string => (price === undefined ? '' : priceText(price))

/** The form after a fix: draft fields it names get their new value, or become empty if undefined. */
export function withChange(form: TicketForm, change: Partial<OrderDraft>): TicketForm {
  const {
    quantity,
    notional,
    limitPrice,
    stopPrice,
    trailPrice,
    trailPercent,
    takeProfit,
    stopLoss,
    ...plain
  } = change
  const names = (key: keyof OrderDraft) => key in change
  return {
    ...form,
    ...defined(plain),
    ...(names('quantity') && { quantity: quantity ?? '', quantityUnit: 'shares' }),
    ...(notional !== undefined && { quantity: notional, quantityUnit: 'fraction' }),
    ...(names('limitPrice') && { limitPrice: typed(limitPrice) }),
    ...(names('stopPrice') && { stopPrice: typed(stopPrice) }),
    ...(trailPrice !== undefined && { trail: trailPrice, trailUnit: 'dollars' }),
    ...(trailPercent !== undefined && { trail: trailPercent, trailUnit: 'percent' }),
    ...(names('takeProfit') && { target: asPrice(typed(takeProfit?.limitPrice)) }),
    ...(names('stopLoss') && {
      stop: asPrice(typed(stopLoss?.stopPrice)),
      stopLimit: stopLoss?.limitPrice ?? '',
    }),
  }
}
