import type * as z from 'zod'
import type { Defined } from '#shared/defined'
import { orderDraft } from '#shared/trading/order'

/** The terms of an order at the exchange, where its legs are orders of their own. */
export const orderTerms = orderDraft.omit({ takeProfit: true, stopLoss: true })
export type OrderTerms = Defined<z.output<typeof orderTerms>>

/** The terms that the exchange may change while the order is open: a stop leg shrinks as its target fills. */
export const updatableTerms = orderTerms.pick({ quantity: true, limitPrice: true, stopPrice: true })
