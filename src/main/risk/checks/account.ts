import { dollars } from '#shared/format/money'
import { percent } from '#shared/format/percent'
import { dailyLoss } from '../daily-loss.ts'
import { isReducing } from '../exits.ts'
import { problem, refuse, type Check } from '../problems.ts'
import { exact } from '../amounts.ts'

/** The account must be allowed to trade, and its figures must be known before a position is opened. */
export const checkAccount: Check = (draft, context) => {
  const { account } = context
  if (account?.mayTrade === false)
    return [
      refuse(
        'ACCOUNT_BLOCKED',
        `${account.endsWith === undefined ? 'This account' : `Account …${account.endsWith}`} is blocked from trading. Check with Alpaca.`,
      ),
    ]
  if (account !== undefined || isReducing(draft, context)) return []
  return [refuse('NOT_CONNECTED', 'Account data not loaded; can’t check limits yet.')]
}

/** Refuses entries for the day once the daily loss limit is reached, and warns before. */
export const checkDailyLoss: Check = (draft, context) => {
  const { account, limits } = context
  const { state, lossPercent } = dailyLoss(account, limits)
  if (account === undefined || state === 'fine' || isReducing(draft, context)) return []
  const lost = dollars(exact(account.lastEquity).minus(account.lossEquity))
  const loss = `Daily loss ${lost} (${percent(lossPercent)})`
  const limit = `your ${percent(limits.dailyLossPercent)} limit`
  return state === 'reached'
    ? [refuse('DAILY_LOSS_LIMIT', `${loss} has reached ${limit}. Close-only until next session.`)]
    : [problem('tell', 'DAILY_LOSS_LIMIT', `${loss} is near ${limit}.`)]
}
