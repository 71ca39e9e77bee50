import type { Decimal } from 'decimal.js'
import type { Origin } from '#shared/origin'
import type { EpochMs } from '#shared/units'
import { Exact, mid } from './quote.ts'
import type { Received } from './received.ts'
import type { SymbolView } from './symbol-state.ts'

/** Where a message came from, without the message. */
export const originOf = ({ message, source, receivedAt }: Received<{ readonly at: EpochMs }>): Origin => ({
  source,
  at: message.at,
  receivedAt,
})

/** A price and what it was made of. */
export interface CurrentPrice {
  readonly price: Decimal
  readonly basis: 'mid' | 'bar'
  readonly origin: Origin
}

/** The quote's mid; without a usable quote the last bar's close; else nothing. */
export function currentPrice({ quote, bars }: SymbolView): CurrentPrice | undefined {
  if (quote !== undefined) {
    const price = mid(quote.message)
    if (price !== undefined) return { price, basis: 'mid', origin: originOf(quote) }
  }
  const bar = bars.newest
  if (bar === undefined) return undefined
  return { price: new Exact(bar.message.close), basis: 'bar', origin: originOf(bar) }
}
