import * as z from 'zod'
import { orderSide, type OrderSide } from './trading/order.ts'
import { stockSymbol } from './units.ts'

/** Where a limit price starts: joining the near side of the quote, or crossing to the far side. */
const approach = z.enum(['join', 'cross'])

/** A new order of a symbol. */
const newOrder = z.object({
  symbol: stockSymbol,
  side: orderSide,
  approach,
  /** Number of the bracket template to apply, from 1. */
  template: z.number().int().min(1).max(9).optional(),
})
export type NewOrder = z.output<typeof newOrder>

/** A closed order once more, by its id. */
const orderAgain = z.object({ again: z.string().min(1).max(128) })

/** A stop at the average price of a position, by its symbol. */
const breakEvenStop = z.object({ breakEven: stockSymbol })

/** An order to begin in the ticket. Nothing is sent by it. */
export const ticketStart = z.union([newOrder, orderAgain, breakEvenStop])
export type TicketStart = z.output<typeof ticketStart>

/**
 * The part of the address after `#` that shows the ticket: `ticket`, `ticket/AAPL/sell/cross`, `ticket/AAPL/buy/join/2`,
 * `ticket/again/ID`, `ticket/break-even/AAPL`.
 */
export const ticketHash = (start: TicketStart | undefined): string =>
  ['ticket', ...(start ? partsOf(start) : [])].join('/')

function partsOf(start: TicketStart): readonly (string | number)[] {
  if ('again' in start) return ['again', encodeURIComponent(start.again)]
  if ('breakEven' in start) return ['break-even', start.breakEven]
  const { symbol, side, approach: how, template } = start
  return [symbol, side, how, ...(template === undefined ? [] : [template])]
}

const ADDRESS = /^#ticket(?:\/([A-Z.]+)(?:\/(buy|sell)\/(join|cross)(?:\/([1-9]))?)?)?$/
const AGAIN = /^#ticket\/again\/([\w.!~*'()%-]+)$/
const BREAK_EVEN = /^#ticket\/break-even\/([A-Z.]+)$/

/** Reads that part of the address: whether it is the ticket, and which order begins there. */
export function readTicketHash(hash: string): { readonly start?: TicketStart } | undefined {
  const again = AGAIN.exec(hash)?.[1]
  if (again !== undefined) return begun({ again: decoded(again) })
  const breakEven = BREAK_EVEN.exec(hash)?.[1]
  if (breakEven !== undefined) return begun({ breakEven })
  const found = ADDRESS.exec(hash)
  if (!found) return undefined
  const [, symbol, side = 'buy' satisfies OrderSide, how = 'join', template] = found
  return begun({
    symbol,
    side,
    approach: how,
    ...(template !== undefined && { template: Number(template) }),
  })
}

/** The ticket with that order, or empty if it can't be one. */
function begun(start: unknown): { readonly start?: TicketStart } {
  const read = ticketStart.safeParse(start)
  return read.success ? { start: read.data } : {}
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
