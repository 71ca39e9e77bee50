import { Decimal } from 'decimal.js'
import { dollars } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import { exact, positive } from '../amounts.ts'
import type { RiskContext } from '../context.ts'
import { isReducing } from '../exits.ts'
import { entryPrice, smallerBy, worthOf } from '../order-size.ts'
import { levelOver, problem, refuse, type Check } from '../problems.ts'

/** Maximum number of shares in one order; exits are exempt. */
export const checkShareCount: Check = (draft, context) => {
  const { mostShares } = context.limits
  const shares = positive(draft.quantity)
  if (!shares?.gt(mostShares) || isReducing(draft, context)) return []
  return [
    refuse(
      'QUANTITY_EXCEEDS_LIMIT',
      `${describeShares(shares)} exceed your ${formatShares(mostShares)}-share limit.`,
      { field: 'quantity', fix: smallerBy(draft, { shares: exact(mostShares) }) },
    ),
  ]
}

/** Maximum value of one order: a percentage of equity or an amount, whichever is less; exits are exempt. */
export const checkNotionalLimit: Check = (draft, context) => {
  const worth = worthOf(draft, context)
  const price = entryPrice(draft, context)
  if (!worth || isReducing(draft, context)) return []
  const most = notionalLimits(context)
  const level = levelOver((limit) => worth.gt(most[limit]))
  if (level === undefined) return []
  const sentence =
    level === 'refuse'
      ? `${dollars(worth)} exceeds your ${dollars(most.most)} order limit.`
      : `${dollars(worth)} order (confirm above ${dollars(most.ask)}).`
  const fix = smallerBy(draft, { shares: price && most.ask.div(price), worth: most.ask })
  return [problem(level, 'NOTIONAL_EXCEEDS_LIMIT', sentence, { field: 'quantity', fix })]
}

function notionalLimits({ account, limits }: RiskContext): Readonly<Record<'ask' | 'most', Decimal>> {
  const lesser = (percent: number, amount: number) =>
    account === undefined
      ? exact(amount)
      : Decimal.max(Decimal.min(exact(account.equity).times(percent).div(100), amount), 0)
  return {
    ask: lesser(limits.notionalAskPercent, limits.notionalAskDollars),
    most: lesser(limits.notionalMostPercent, limits.notionalMostDollars),
  }
}
