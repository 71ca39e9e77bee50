/**
 * Probability that nothing comes when `expected` bursts are expected. Traffic is not steady: its level varies
 * around the expectation like a gamma variable of shape `steadiness` (the bigger, the steadier), which makes
 * silence much likelier than exp(-expected): it is the probability of zero of the negative binomial
 * distribution.
 */
export const chanceOfSilence = (expected: number, steadiness: number): number =>
  (1 + expected / steadiness) ** -steadiness
