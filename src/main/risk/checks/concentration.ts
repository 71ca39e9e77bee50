import { dollars } from '#shared/format/money'
import { percent } from '#shared/format/percent'
import { positionValueLimits } from '#shared/trading/limits'
import { exact } from '../amounts.ts'
import { isReducing, sharesHeld, sharesLeft, workingOrders } from '../exits.ts'
import { entryPrice, smallerBy, worthOf } from '../order-size.ts'
import { levelOver, problem, type Check } from '../problems.ts'

/** Limits one position to a percentage of equity, including this order and open orders of the same side. */
export const checkConcentration: Check = (draft, context) => {
  const { account, limits } = context
  const [price, added] = [entryPrice(draft, context), worthOf(draft, context)]
  if (!account || !price || !added || isReducing(draft, context)) return []
  const sign = draft.side === 'buy' ? 1 : -1
  const shares = workingOrders(context, draft.symbol, draft.side)
    .filter(({ parentId }) => parentId === undefined)
    .reduce((sum, order) => sum.plus(sharesLeft(order, context)), sharesHeld(context).times(sign))
  const before = shares.times(price)
  const worth = before.plus(added)
  const equity = exact(account.equity)
  const most = positionValueLimits(limits, equity)
  const level = worth.gt(0) ? levelOver((limit) => worth.gt(most[limit])) : undefined
  if (level === undefined) return []
  const room = most.ask.minus(before)
  const share = equity.gt(0) ? `, ${percent(worth.div(equity).times(100))} of equity` : ''
  const { concentrationAskPercent, concentrationMostPercent } = limits
  const limit =
    level === 'refuse'
      ? `limit ${percent(Math.max(concentrationAskPercent, concentrationMostPercent))}`
      : `confirm above ${percent(concentrationAskPercent)}`
  return [
    problem(
      level,
      'POSITION_CONCENTRATION',
      `${draft.symbol} position would be ${dollars(worth)}${share} (${limit}).`,
      { field: 'quantity', fix: smallerBy(draft, { shares: room.div(price), worth: room }) },
    ),
  ]
}
