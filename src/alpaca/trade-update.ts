import * as z from 'zod'
import { order, type Order, type OrUnknown } from './orders.ts'
import { decimal, maybe, stamp } from './schemas.ts'

/** Events that are documented or have been observed. Any other word is passed on unchanged. */
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

/**
 * Something that happened to an order. The same update may come twice, and one may be missing after a
 * reconnect.
 */
export interface TradeUpdateMessage {
  readonly type: 'tradeUpdate'
  readonly event: OrUnknown<TradeEvent>
  /** For a fill: the same execution always has the same id, so repeats can be recognized. */
  readonly executionId: string | undefined
  /** The execution that `trade_bust` cancels or `trade_correct` replaces, by its id from before; it is seldom sent. */
  readonly previousExecutionId: string | undefined
  /** For this execution alone; totals are in the order. */
  readonly price: z.output<typeof decimal> | undefined
  readonly qty: z.output<typeof decimal> | undefined
  /** Signed position after the execution. */
  readonly positionQty: z.output<typeof decimal> | undefined
  /** When it happened, RFC 3339 as sent. */
  readonly time: string
  /** The same in epoch ms. */
  readonly at: number
  /**
   * The order after the event. With `replaced` it is the old order; the new one comes with an event of its
   * own.
   */
  readonly order: Order
}

/** Reads a `trade_updates` message's payload. Source: Alpaca API, "Websocket streaming". */
export const tradeUpdate = z
  .object({
    event: z.string().min(1),
    execution_id: maybe(z.string()),
    previous_execution_id: maybe(z.string()),
    price: maybe(decimal),
    qty: maybe(decimal),
    position_qty: maybe(decimal),
    timestamp: stamp,
    order,
  })
  .transform(
    ({
      event,
      execution_id,
      previous_execution_id,
      price,
      qty,
      position_qty,
      timestamp,
      order: after,
    }): TradeUpdateMessage => ({
      type: 'tradeUpdate',
      event,
      executionId: execution_id,
      previousExecutionId: previous_execution_id,
      price,
      qty,
      positionQty: position_qty,
      ...timestamp,
      order: after,
    }),
  )
