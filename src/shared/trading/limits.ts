import { Decimal } from 'decimal.js'
import * as z from 'zod'
import { MINUTE_MS } from '../time.ts'
import { formatDecimal } from '../format/numbers.ts'

/** A limit with a minimum and a maximum, so that the check can never be turned off. */
const between = (least: number, most: number) =>
  z
    .number()
    .min(least, `is at least ${formatDecimal(least)}`)
    .max(most, `is at most ${formatDecimal(most)}`)

/**
 * Limits on orders. `ask` limits need the trader's confirmation, `most` limits refuse. Percentages are 0 to
 * 100.
 */
export const riskLimits = z.object({
  /** Percent of equity, and dollars: whichever is less. */
  notionalAskPercent: between(0.1, 100),
  notionalAskDollars: between(1, 10_000_000),
  notionalMostPercent: between(0.1, 400),
  notionalMostDollars: between(1, 100_000_000),
  mostShares: between(1, 1_000_000).int(),
  /** Distance of a limit or stop price from the quote's mid, on the costly side. */
  priceBandAskPercent: between(0.1, 10),
  priceBandMostPercent: between(0.1, 20),
  /** Basis points of the mid, for orders that cross the spread. */
  spreadAskBps: between(1, 500),
  spreadMostBps: between(1, 1_000),
  quoteAgeAskMs: between(500, 30_000).int(),
  quoteAgeMostMs: between(1_000, 60_000).int(),
  /** Value of the position after the order, percent of equity. */
  concentrationAskPercent: between(1, 400),
  concentrationMostPercent: between(1, 600),
  /** Percent of available buying power. */
  buyingPowerAskPercent: between(1, 100),
  /**
   * Loss since the last close, as a percentage of equity then: entries end for the day. A warning is shown
   * from 80% of it.
   */
  dailyLossPercent: between(0.1, 100),
  duplicateWithinMs: between(500, 60_000).int(),
  ordersPerSecond: between(1, 50).int(),
  ordersPerMinute: between(1, 180).int(),
})
export type RiskLimits = z.output<typeof riskLimits>

/** A change of some limits. */
export const riskLimitsPatch = riskLimits.partial()
export type RiskLimitsPatch = z.output<typeof riskLimitsPatch>

/**
 * The limits of an account that has none stored yet: a day trader's ordinary order passes without a question
 * (docs/decisions/limits.md).
 */
export const DEFAULT_RISK_LIMITS: RiskLimits = {
  notionalAskPercent: 50,
  notionalAskDollars: 50_000,
  notionalMostPercent: 100,
  notionalMostDollars: 250_000,
  mostShares: 10_000,
  priceBandAskPercent: 1,
  priceBandMostPercent: 5,
  spreadAskBps: 20,
  spreadMostBps: 100,
  quoteAgeAskMs: 2_000,
  quoteAgeMostMs: 5_000,
  concentrationAskPercent: 75,
  concentrationMostPercent: 100,
  buyingPowerAskPercent: 80,
  dailyLossPercent: 3,
  duplicateWithinMs: 2_000,
  ordersPerSecond: 5,
  ordersPerMinute: 60,
}

/** US dollars above which one order is questioned (`ask`) and refused (`most`); without equity, the dollars alone. */
export function orderValueLimits(
  limits: RiskLimits,
  equity: Decimal | undefined,
): Readonly<Record<'ask' | 'most', Decimal>> {
  const lesser = (percent: number, amount: number) =>
    equity === undefined
      ? new Decimal(amount)
      : Decimal.max(Decimal.min(equity.times(percent).div(100), amount), 0)
  return {
    ask: lesser(limits.notionalAskPercent, limits.notionalAskDollars),
    most: lesser(limits.notionalMostPercent, limits.notionalMostDollars),
  }
}

/** US dollars above which a position in one stock is questioned (`ask`) and refused (`most`). */
export function positionValueLimits(
  { concentrationAskPercent, concentrationMostPercent }: RiskLimits,
  equity: Decimal,
): Readonly<Record<'ask' | 'most', Decimal>> {
  const share = (percent: number) => equity.times(percent).div(100)
  return {
    ask: share(concentrationAskPercent),
    most: share(Math.max(concentrationAskPercent, concentrationMostPercent)),
  }
}

/** Limits that are stricter the higher they are: how long an order counts as the same again. */
const STRICTER_WHEN_HIGHER: ReadonlySet<keyof RiskLimits> = new Set(['duplicateWithinMs'])

/** Whether a limit lets more through at `after` than at `before`. */
export const isLooser = (limit: keyof RiskLimits, before: number, after: number): boolean =>
  STRICTER_WHEN_HIGHER.has(limit) ? after < before : after > before

/** Of each limit the stricter value. */
export function stricterLimits(one: RiskLimits, other: RiskLimits): RiskLimits {
  const stricter = riskLimits
    .keyof()
    .options.map((limit) => [limit, isLooser(limit, one[limit], other[limit]) ? one[limit] : other[limit]])
  return riskLimits.parse(Object.fromEntries(stricter))
}

/** Minimum time that the kill switch stays on. */
export const HALT_LASTS_MS = MINUTE_MS
