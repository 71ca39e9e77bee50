import * as z from 'zod'

/** One fill, as it happened. Amounts are exact decimal text. */
export const execution = z.object({
  id: z.string(),
  orderId: z.string(),
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  price: z.string(),
  qty: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** RFC 3339; among fills, later in text where later in time. */
  time: z.string(),
  /** Signed position after it. */
  positionQty: z.string(),
  /** Of the order, up to and with this fill. */
  cumQty: z.string(),
  leavesQty: z.string(),
  complete: z.boolean(),
})
export type Execution = z.output<typeof execution>
