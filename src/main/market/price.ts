import type { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { Provenance } from '#shared/provenance'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { Exact, mid, quoteProblem } from './quote.ts'
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
  readonly basis: NonNullable<MarketRow['basis']>
  readonly origin: Provenance
}

/** The mid of a usable quote, else the last trade, else the last bar's close; undefined while there is none. */
export function currentPrice(view: SymbolView): CurrentPrice | undefined {
  const { quote, widestSpread } = view
  if (quote !== undefined && quoteProblem(quote.message, widestSpread) === undefined) {
    const price = mid(quote.message)
    if (price !== undefined) return { price, basis: 'mid', origin: provenanceOf(quote) }
  }
  return lastTraded(view)
}

/**
 * The last trade, or the close of a bar that ended after it: without a subscription to trades (see the free
 * plan's limit) only bars bring newer ones.
 */
function lastTraded({ trade, bars: { newest: bar } }: SymbolView): CurrentPrice | undefined {
  if (trade !== undefined && (bar === undefined || trade.message.at >= endOf(bar)))
    return { price: new Exact(trade.message.price), basis: 'trade', origin: provenanceOf(trade) }
  return bar && { price: new Exact(bar.message.close), basis: 'bar', origin: provenanceOf(bar) }
}

/** Until when a bar knows its minute's trades; one that was fetched early knows only a part of it. */
const endOf = ({ message, receivedAt }: NonNullable<SymbolView['bars']['newest']>): EpochMs =>
  Math.min(message.at + MINUTE_MS, receivedAt)
