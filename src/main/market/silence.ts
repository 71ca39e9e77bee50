/**
 * How likely it is that nothing comes while `expected` bursts were due. Traffic is not steady: its level varies around
 * the expectation like a gamma variable of shape `steadiness` (the bigger, the steadier), which makes a silence much
 * likelier than exp(-expected): the chance of zero of the negative binomial distribution.
 */
export const chanceOfSilence = (expected: number, steadiness: number): number =>
  (1 + expected / steadiness) ** -steadiness
