import { Decimal } from 'decimal.js'
import type { AccountSummary } from '#shared/trading/account'
import type { RiskLimits } from '#shared/trading/limits'
import { exact, positive } from './amounts.ts'

/** The trader is told from this share of the limit on. */
const NEAR = 0.8

/** How much of its equity at the last close the account has lost since, in percent, against the limit. */
export interface DailyLoss {
  readonly state: 'fine' | 'near' | 'reached'
  /** Never negative: a gain is no loss. */
  readonly lossPercent: Decimal
}

/** Where the day's loss stands; fine while the account is not known. */
export function dailyLoss(account: AccountSummary | undefined, { dailyLossPercent }: RiskLimits): DailyLoss {
  const before = positive(account?.lastEquity)
  if (account === undefined || before === undefined) return { state: 'fine', lossPercent: exact(0) }
  const lossPercent = Decimal.max(before.minus(account.equity).div(before).times(100), 0)
  if (lossPercent.gte(dailyLossPercent)) return { state: 'reached', lossPercent }
  return { state: lossPercent.gte(exact(dailyLossPercent).times(NEAR)) ? 'near' : 'fine', lossPercent }
}
