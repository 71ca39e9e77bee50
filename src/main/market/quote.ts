import { Decimal } from 'decimal.js'
import { midOf } from '#shared/trading/spread'
import type { QuoteMessage } from '#alpaca'

/** Enough digits that no sum or half of two prices is ever rounded. */
export const Exact = Decimal.clone({ precision: 60 })

/** Whether both sides are there and bid is not above ask. Only then do mid and spread mean anything. */
const isTwoSided = ({ bid, ask }: QuoteMessage): boolean => bid > 0 && ask >= bid

/** (bid + ask) / 2, exact; undefined if a side is empty or the bid is above the ask. */
export const mid = (quote: QuoteMessage): Decimal | undefined =>
  isTwoSided(quote) ? midOf(new Exact(quote.bid), new Exact(quote.ask)) : undefined

/** ask - bid, exact; undefined if a side is empty or the bid is above the ask. */
export const spread = (quote: QuoteMessage): Decimal | undefined =>
  isTwoSided(quote) ? new Exact(quote.ask).minus(quote.bid) : undefined
