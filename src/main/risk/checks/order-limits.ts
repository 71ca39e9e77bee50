import { dollars } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import { orderValueLimits } from '#shared/trading/limits'
import { exact, positive } from '../amounts.ts'
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
  const most = orderValueLimits(context.limits, context.account && exact(context.account.equity))
  const level = levelOver((limit) => worth.gt(most[limit]))
  if (level === undefined) return []
  const sentence =
    level === 'refuse'
      ? `${dollars(worth)} exceeds your ${dollars(most.most)} order limit.`
      : `${dollars(worth)} order (confirm above ${dollars(most.ask)}).`
  const fix = smallerBy(draft, { shares: price && most.ask.div(price), worth: most.ask })
  return [problem(level, 'NOTIONAL_EXCEEDS_LIMIT', sentence, { field: 'quantity', fix })]
}
