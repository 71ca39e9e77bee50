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
        `Alpaca does not let ${account.endsWith === undefined ? 'this account' : `the account …${account.endsWith}`} trade. Look at its status with Alpaca.`,
      ),
    ]
  if (account !== undefined || isReducing(draft, context)) return []
  return [
    refuse(
      'NOT_CONNECTED',
      'Alpaca has not told the account’s figures yet, so that limits cannot be checked. Wait a moment.',
    ),
  ]
}

/** Refuses entries for the day once the daily loss limit is reached, and warns before. */
export const checkDailyLoss: Check = (draft, context) => {
  const { account, limits } = context
  const { state, lossPercent } = dailyLoss(account, limits)
  if (account === undefined || state === 'fine' || isReducing(draft, context)) return []
  const lost = dollars(exact(account.lastEquity).minus(account.lossEquity))
  const sentence = `${lost} are lost today, ${percent(lossPercent)} of the equity; your limit is ${percent(limits.dailyLossPercent)}.`
  return state === 'reached'
    ? [refuse('DAILY_LOSS_LIMIT', `${sentence} Only exits are sent until the next session.`)]
    : [problem('tell', 'DAILY_LOSS_LIMIT', sentence)]
}
