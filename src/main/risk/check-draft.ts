import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { checkAccount, checkDailyLoss } from './checks/account.ts'
import { checkAsset } from './checks/asset.ts'
import { checkBuyingPower } from './checks/buying-power.ts'
import { checkPricesThere, checkQuantityThere, checkTrail } from './checks/completeness.ts'
import { checkConcentration } from './checks/concentration.ts'
import { checkFraction, checkNotional } from './checks/fractions.ts'
import { checkHalt } from './checks/halt.ts'
import { checkHeldShares } from './checks/held-shares.ts'
import { checkLegSides, checkStopLossLimit } from './checks/legs.ts'
import { checkLegsThere, checkOrderClass } from './checks/order-class.ts'
import { checkNotionalLimit, checkShareCount } from './checks/order-limits.ts'
import { checkPriceBand } from './checks/price-band.ts'
import { checkQuote } from './checks/quote-age.ts'
import { checkDuplicate, checkRate } from './checks/repetition.ts'
import { checkExtendedHours, checkMarketOpen } from './checks/session.ts'
import { checkShortSale } from './checks/shorting.ts'
import { checkSpread } from './checks/spread.ts'
import { checkStopLimit, checkStopSide } from './checks/stop-side.ts'
import { checkTickSize } from './checks/tick-size.ts'
import { checkTimeInForce } from './checks/time-in-force.ts'
import { checkOutcomeKnown, checkTradingState } from './checks/trading-state.ts'
import { checkWashTrade } from './checks/wash-trade.ts'
import type { RiskContext } from './context.ts'
import type { Check } from './problems.ts'

/** The checks for both new and changed orders, most serious first. */
export const CHECKS: readonly Check[] = [
  checkTradingState,
  checkAccount,
  checkOutcomeKnown,
  checkAsset,
  checkQuantityThere,
  checkPricesThere,
  checkTrail,
  checkFraction,
  checkNotional,
  checkTimeInForce,
  checkExtendedHours,
  checkMarketOpen,
  checkOrderClass,
  checkLegsThere,
  checkLegSides,
  checkStopLossLimit,
  checkTickSize,
  checkShareCount,
  checkNotionalLimit,
  checkHeldShares,
  checkShortSale,
  checkStopSide,
  checkStopLimit,
  checkPriceBand,
  checkHalt,
  checkQuote,
  checkSpread,
  checkBuyingPower,
  checkConcentration,
  checkDailyLoss,
  checkRate,
  checkWashTrade,
]

/** Runs checks in order; of equal problems at the same field, only the first is kept. */
export function runChecks(
  checks: readonly Check[],
  draft: OrderDraft,
  context: RiskContext,
): readonly OrderProblem[] {
  const seen = new Set<string>()
  return checks
    .flatMap((check) => check(draft, context))
    .filter(({ code, field, level }) => {
      const key = `${code} ${field ?? ''} ${level}`
      return !seen.has(key) && seen.add(key)
    })
}

/** Everything the trader must know about an order before it is sent. */
export const checkDraft = (draft: OrderDraft, context: RiskContext): readonly OrderProblem[] =>
  runChecks([...CHECKS, checkDuplicate], draft, context)
