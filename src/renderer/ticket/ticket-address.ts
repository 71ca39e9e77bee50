import { stockSymbol, type StockSymbol } from '#shared/units'

/** Reads the part of the address after `#`: whether it is the ticket, and for which symbol. */
export function ticketAddress(hash: string): { readonly symbol?: StockSymbol } | undefined {
  const [, name, symbol] = /^#(ticket)(?:\/([A-Z.]+))?$/.exec(hash) ?? []
  if (name === undefined) return undefined
  const read = stockSymbol.safeParse(symbol)
  return read.success ? { symbol: read.data } : {}
}
