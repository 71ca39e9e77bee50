import { Decimal } from 'decimal.js'
import type { AccountSummary } from '#shared/trading/account'
import type { RiskLimits } from '#shared/trading/limits'
import { exact, positive } from './amounts.ts'

/** The trader is warned from this fraction of the limit. */
const NEAR = 0.8

/** The loss since the last close, as a percentage of equity then, compared with the limit. */
export interface DailyLoss {
  readonly state: 'fine' | 'near' | 'reached'
  /** Never negative; 0 after a gain. */
  readonly lossPercent: Decimal
}

/** The day's loss compared with the limit; fine while the account is unknown. */
export function dailyLoss(account: AccountSummary | undefined, { dailyLossPercent }: RiskLimits): DailyLoss {
  const before = positive(account?.lastEquity)
  if (account === undefined || before === undefined) return { state: 'fine', lossPercent: exact(0) }
  const lossPercent = Decimal.max(before.minus(account.lossEquity).div(before).times(100), 0)
  if (lossPercent.gte(dailyLossPercent)) return { state: 'reached', lossPercent }
  return { state: lossPercent.gte(exact(dailyLossPercent).times(NEAR)) ? 'near' : 'fine', lossPercent }
}
