import type * as z from 'zod'
import type { Defined } from '#shared/defined'
import { orderDraft } from '#shared/trading/order'

/** What an order is, once it is at the exchange: its legs are orders of their own. */
export const orderTerms = orderDraft.omit({ takeProfit: true, stopLoss: true })
export type OrderTerms = Defined<z.output<typeof orderTerms>>

/** Of the terms, what the exchange may change while the order works: a stop leg shrinks as its target fills. */
export const updatableTerms = orderTerms.pick({ quantity: true, limitPrice: true, stopPrice: true })
