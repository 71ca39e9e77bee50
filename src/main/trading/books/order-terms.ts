import * as z from 'zod'
import type { Defined } from '#shared/defined'
import { orderClass, orderSide, orderType, timeInForce } from '#shared/trading/order'
import { price, quantity, stockSymbol } from '#shared/units'

/** What an order is, once it is at the exchange: its legs are orders of their own. */
export const orderTerms = z.object({
  symbol: stockSymbol,
  side: orderSide,
  type: orderType,
  timeInForce,
  orderClass,
  quantity: quantity.optional(),
  /** Dollars; an order in dollars has no quantity. */
  notional: price.optional(),
  limitPrice: price.optional(),
  stopPrice: price.optional(),
  trailPrice: price.optional(),
  trailPercent: price.optional(),
  extendedHours: z.boolean(),
})
export type OrderTerms = Defined<z.output<typeof orderTerms>>

/** Of the terms, what the exchange may change while the order works: a stop leg shrinks as its target fills. */
export const amendedTerms = orderTerms.pick({ quantity: true, limitPrice: true, stopPrice: true })
export type AmendedTerms = z.output<typeof amendedTerms>
