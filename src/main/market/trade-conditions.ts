/**
 * Conditions of trades whose price is not a last price: odd lots (I), average-price (B, W), prior-reference, out of
 * sequence, derivatively priced, official prints and the like move volume at most, never a minute bar's close.
 * Source: Alpaca, "Market Data FAQ", 2026-09, rules for building bars. B counts on tape C only; the stream's message
 * does not say the tape, so it is left out on all.
 */
const NOT_LAST = new Set('BCGHIMNPQRUVWZ479')

/** Whether a trade with these conditions sets the last price; the strictest of them decides. */
export const setsLastPrice = (conditions: readonly string[]): boolean =>
  !conditions.some((condition) => NOT_LAST.has(condition))
