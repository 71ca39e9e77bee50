import type { Decimal } from 'decimal.js'
import type { Provenance } from '#shared/provenance'
import type { EpochMs } from '#shared/units'
import { Exact, mid } from './quote.ts'
import type { Received } from './received.ts'
import type { SymbolView } from './symbol-state.ts'

/** Where a message came from, without the message. */
const provenanceOf = ({ message, source, receivedAt }: Received<{ readonly at: EpochMs }>): Provenance => ({
  source,
  at: message.at,
  receivedAt,
})

/** A price and the message it was calculated from. */
export interface CurrentPrice {
  readonly price: Decimal
  readonly basis: 'mid' | 'bar'
  readonly origin: Provenance
}

/** The quote's mid; without a usable quote the last bar's close; otherwise undefined. */
export function currentPrice({ quote, bars }: SymbolView): CurrentPrice | undefined {
  if (quote !== undefined) {
    const price = mid(quote.message)
    if (price !== undefined) return { price, basis: 'mid', origin: provenanceOf(quote) }
  }
  const bar = bars.newest
  if (bar === undefined) return undefined
  return { price: new Exact(bar.message.close), basis: 'bar', origin: provenanceOf(bar) }
}
