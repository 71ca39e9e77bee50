/**
 * Conditions of trades that do not set the last price: odd lots (I), average-price (B, W), prior-reference,
 * out of sequence, derivatively priced, official prints and the like change at most the volume, never a
 * minute bar's close. Source: Alpaca, "Market Data FAQ", 2026-09, rules for building bars. B counts on tape C
 * only; the stream's message does not give the tape, so it is excluded on all.
 */
const NOT_LAST = new Set('BCGHIMNPQRUVWZ479')

/** Whether a trade with these conditions sets the last price; the strictest condition decides. */
export const setsLastPrice = (conditions: readonly string[]): boolean =>
  !conditions.some((condition) => NOT_LAST.has(condition))
