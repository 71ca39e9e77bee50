import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import { midOf } from '#shared/trading/spread'
import type { QuoteMessage } from '#alpaca'

/** Enough digits that no sum or half of two prices is ever rounded. */
export const Exact = Decimal.clone({ precision: 60 })

/** Why a quote sets no price. */
export type QuoteProblem = NonNullable<MarketRow['quoteProblem']>

/** Whether both sides are there and bid is not above ask. Only then do mid and spread mean anything. */
const isTwoSided = ({ bid, ask }: QuoteMessage): boolean => bid > 0 && ask >= bid

/** (bid + ask) / 2, exact; undefined if a side is empty or the bid is above the ask. */
export const mid = (quote: QuoteMessage): Decimal | undefined =>
  isTwoSided(quote) ? midOf(new Exact(quote.bid), new Exact(quote.ask)) : undefined

/** ask - bid, exact; undefined if a side is empty or the bid is above the ask. */
export const spread = (quote: QuoteMessage): Decimal | undefined =>
  isTwoSided(quote) ? new Exact(quote.ask).minus(quote.bid) : undefined

/** The spread as a fraction of the mid, a figure to compare quotes by; undefined like {@link spread}. */
export const spreadShare = (quote: QuoteMessage): number | undefined =>
  isTwoSided(quote) ? (2 * (quote.ask - quote.bid)) / (quote.ask + quote.bid) : undefined

/**
 * Why the quote sets no price; undefined if it is usable: two-sided, not crossed, and with a spread of at most
 * `widest`, a fraction of its mid.
 */
export function quoteProblem(quote: QuoteMessage, widest: number): QuoteProblem | undefined {
  const { bid, ask } = quote
  if (bid <= 0 || ask <= 0) return 'one-sided'
  if (bid > ask) return 'crossed'
  return spread(quote)?.gt(new Exact(bid).plus(ask).div(2).times(widest)) ? 'wide' : undefined
}
