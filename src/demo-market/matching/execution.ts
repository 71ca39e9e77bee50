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
  /** RFC 3339; text order is time order among fills. */
  time: z.string(),
  /** Signed position after the fill. */
  positionQty: z.string(),
  /** The order's total, including this fill. */
  cumQty: z.string(),
  leavesQty: z.string(),
  complete: z.boolean(),
})
export type Execution = z.output<typeof execution>
