import type { Decimal } from 'decimal.js'

/** The middle of bid and ask, with the digits of their own arithmetic. */
export const midOf = (bid: Decimal, ask: Decimal): Decimal => bid.plus(ask).div(2)

/** The spread in basis points of the mid, which is how spreads of cheap and dear stocks compare. */
export const spreadBps = (bid: Decimal, ask: Decimal): Decimal =>
  ask.minus(bid).div(midOf(bid, ask)).times(10_000)
