import * as z from 'zod'
import { orderSide, type OrderSide } from './trading/order.ts'
import { stockSymbol } from './units.ts'

/** Where a limit price starts: joining the near side of the quote, or crossing to the far side. */
const approach = z.enum(['join', 'cross'])

/** An order to begin in the ticket's own window. Nothing is sent by it. */
export const ticketStart = z.object({
  symbol: stockSymbol,
  side: orderSide,
  approach,
  /** Number of the bracket template to apply, from 1. */
  template: z.number().int().min(1).max(9).optional(),
})
export type TicketStart = z.output<typeof ticketStart>

/** The part of the address after `#` that shows the ticket: `ticket`, `ticket/AAPL/sell/cross`, `ticket/AAPL/buy/join/2`. */
export const ticketHash = (start: TicketStart | undefined): string =>
  ['ticket', ...(start ? [start.symbol, start.side, start.approach] : []), start?.template]
    .filter((part) => part !== undefined)
    .join('/')

const ADDRESS = /^#ticket(?:\/([A-Z.]+)(?:\/(buy|sell)\/(join|cross)(?:\/([1-9]))?)?)?$/

/** Reads that part of the address: whether it is the ticket, and which order begins there. */
export function readTicketHash(hash: string): { readonly start?: TicketStart } | undefined {
  const found = ADDRESS.exec(hash)
  if (!found) return undefined
  const [, symbol, side = 'buy' satisfies OrderSide, how = 'join', template] = found
  const read = ticketStart.safeParse({
    symbol,
    side,
    approach: how,
    ...(template !== undefined && { template: Number(template) }),
  })
  return read.success ? { start: read.data } : {}
}
