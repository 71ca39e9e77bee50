import * as z from 'zod'
import { order, type Order, type OrUnknown } from './orders.ts'
import { decimal, maybe, stamp } from './schemas.ts'

/** Events that are documented or were seen. Another word is handed on as it is. */
export type TradeEvent =
  | 'new'
  | 'fill'
  | 'partial_fill'
  | 'canceled'
  | 'expired'
  | 'done_for_day'
  | 'replaced'
  | 'rejected'
  | 'accepted'
  | 'pending_new'
  | 'pending_cancel'
  | 'pending_replace'
  | 'stopped'
  | 'calculated'
  | 'suspended'
  | 'held'
  | 'order_replace_rejected'
  | 'order_cancel_rejected'
  | 'restated'
  | 'trade_bust'
  | 'trade_correct'

/** Something happened to an order. The same update may come twice, and one may be missing after a reconnect. */
export interface TradeUpdateMessage {
  readonly type: 'tradeUpdate'
  readonly event: OrUnknown<TradeEvent>
  /** Of a fill: the same execution always has the same id, so repeats can be told. */
  readonly executionId: string | undefined
  /** Of this execution alone; totals are in the order. */
  readonly price: z.output<typeof decimal> | undefined
  readonly qty: z.output<typeof decimal> | undefined
  /** Signed position after it. */
  readonly positionQty: z.output<typeof decimal> | undefined
  /** When it happened, RFC 3339 as sent. */
  readonly time: string
  /** The same in epoch ms. */
  readonly at: number
  /** After the event. With `replaced` it is the old order; the new one comes with an event of its own. */
  readonly order: Order
}

/** Reads the payload of a `trade_updates` message. Source: Alpaca API, "Websocket streaming". */
export const tradeUpdate = z
  .object({
    event: z.string().min(1),
    execution_id: maybe(z.string()),
    price: maybe(decimal),
    qty: maybe(decimal),
    position_qty: maybe(decimal),
    timestamp: stamp,
    order,
  })
  .transform(
    ({ event, execution_id, price, qty, position_qty, timestamp, order: after }): TradeUpdateMessage => ({
      type: 'tradeUpdate',
      event,
      executionId: execution_id,
      price,
      qty,
      positionQty: position_qty,
      ...timestamp,
      order: after,
    }),
  )
