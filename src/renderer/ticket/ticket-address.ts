import { stockSymbol, type StockSymbol } from '#shared/units'

/** What the part of the address after `#` asks for: the ticket, and which symbol's. */
export function ticketAddress(hash: string): { readonly symbol?: StockSymbol } | undefined {
  const [, name, symbol] = /^#(ticket)(?:\/([A-Z.]+))?$/.exec(hash) ?? []
  if (name === undefined) return undefined
  const read = stockSymbol.safeParse(symbol)
  return read.success ? { symbol: read.data } : {}
}
