import type { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { Provenance } from '#shared/provenance'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { Exact, mid, quoteProblem } from './quote.ts'
import type { Received } from './received.ts'
import { isInTodaysShares, splitAdjusted } from './splits.ts'
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

/** The quote, unless it is of before a split: nobody quotes the new shares yet. */
export const currentQuote = ({ quote, splits }: SymbolView): SymbolView['quote'] =>
  quote !== undefined && isInTodaysShares(splits, quote.message.at) ? quote : undefined

/** The mid of a usable quote, else the last trade, else the last bar's close; undefined while there is none. */
export function currentPrice(view: SymbolView): CurrentPrice | undefined {
  const { widestSpread } = view
  const quote = currentQuote(view)
  if (quote !== undefined && quoteProblem(quote.message, widestSpread) === undefined) {
    const price = mid(quote.message)
    if (price !== undefined) return { price, basis: 'mid', origin: provenanceOf(quote) }
  }
  return lastTraded(view)
}

/**
 * The last trade, or the close of a bar that ended after it: without a subscription to trades (see the free
 * plan's limit) only bars bring newer ones. In shares of today.
 */
export function lastTraded({ trade, bars: { newest: bar }, splits }: SymbolView): CurrentPrice | undefined {
  const exact = (price: number, { at }: { readonly at: EpochMs }) =>
    new Exact(splitAdjusted(price, at, splits))
  if (trade !== undefined && (bar === undefined || trade.message.at >= endOf(bar)))
    return { price: exact(trade.message.price, trade.message), basis: 'trade', origin: provenanceOf(trade) }
  return bar && { price: exact(bar.message.close, bar.message), basis: 'bar', origin: provenanceOf(bar) }
}

/** Until when a bar knows its minute's trades; one that was fetched early knows only a part of it. */
const endOf = ({ message, receivedAt }: NonNullable<SymbolView['bars']['newest']>): EpochMs =>
  Math.min(message.at + MINUTE_MS, receivedAt)
