import { randomUUID } from 'node:crypto'
import { orderDraft, type OrderDraft } from '../../src/shared/trading/order.ts'
import type { ProblemCode } from '../../src/shared/trading/problem.ts'

/** A market order to buy ten shares of AAPL, except for the fields that a test sets. */
export const draft = (fields: Partial<Record<keyof OrderDraft, unknown>> = {}): OrderDraft =>
  orderDraft.parse({
    symbol: 'AAPL',
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    orderClass: 'simple',
    quantity: '10',
    extendedHours: false,
    ...fields,
  })

/** Every problem that the review may ask to confirm: for a trader who confirms all. */
export const YES: readonly ProblemCode[] = [
  'BUYING_POWER_EXCEEDED',
  'DUPLICATE_ORDER',
  'LEG_ON_WRONG_SIDE',
  'MARKET_CLOSED',
  'NOTIONAL_EXCEEDS_LIMIT',
  'UNCONFIRMED',
  'POSITION_CONCENTRATION',
  'PRICE_OUTSIDE_BAND',
  'QUOTE_MISSING',
  'QUOTE_STALE',
  'SPREAD_TOO_WIDE',
]

/** An intent to send that draft, with every question of the review confirmed. */
export const intentTo = (
  fields: Partial<Record<keyof OrderDraft, unknown>> = {},
  intent: string = randomUUID(),
) => ({
  intent,
  draft: draft(fields),
  accepted: [...YES],
})
