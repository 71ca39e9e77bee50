import { Decimal } from 'decimal.js'
import { dollars } from '#shared/format/money'
import { percent } from '#shared/format/percent'
import { reservedPerShare } from '#shared/trading/buying-power'
import type { OrderDraft } from '#shared/trading/order'
import { hasLimitPrice } from '#shared/trading/order-rules'
import { exact, positive } from '../amounts.ts'
import type { RiskContext } from '../context.ts'
import { isReducing } from '../exits.ts'
import { marketPrice, usableQuote } from '../market-prices.ts'
import { smallerBy } from '../order-size.ts'
import { problem, type Check } from '../problems.ts'

/** Dollars that Alpaca reserves per share of an entry; undefined while no price is known. */
function reservedEach(draft: OrderDraft, context: RiskContext): Decimal | undefined {
  return reservedPerShare({
    side: draft.side,
    limit: hasLimitPrice(draft.type) ? positive(draft.limitPrice) : undefined,
    stop: draft.type === 'stop' ? positive(draft.stopPrice) : undefined,
    ask: buyerPays(context),
  })
}

/** The ask during the regular session, else the mid. */
function buyerPays({ row, session }: RiskContext): Decimal | undefined {
  const quote = session.phase === 'regular' ? usableQuote(row) : undefined
  return quote?.ask ?? marketPrice(row)
}

/** Dollars that Alpaca reserves for the order; undefined for an exit, or while no price is known. */
export function reservedFor(draft: OrderDraft, context: RiskContext): Decimal | undefined {
  if (isReducing(draft, context)) return undefined
  if (draft.quantity === undefined) return positive(draft.notional)
  const each = reservedEach(draft, context)
  return each && positive(draft.quantity)?.times(each)
}

/** An entry needs enough buying power, by Alpaca's own rule. */
export const checkBuyingPower: Check = (draft, context) => {
  const needed = reservedFor(draft, context)
  if (!needed || context.account === undefined) return []
  const power = exact(context.account.buyingPower)
  const { buyingPowerAskPercent } = context.limits
  const quiet = Decimal.max(power.times(buyingPowerAskPercent).div(100), 0)
  if (needed.lte(quiet)) return []
  const each = reservedEach(draft, context)
  const around = {
    field: 'quantity',
    fix: smallerBy(draft, { shares: each && quiet.div(each), worth: quiet }),
  } as const
  return needed.gt(power)
    ? [
        problem(
          'refuse',
          'BUYING_POWER_EXCEEDED',
          `Needs ${dollars(needed)}; buying power is ${dollars(power)}.`,
          around,
        ),
      ]
    : [
        problem(
          'ask',
          'BUYING_POWER_EXCEEDED',
          `Uses ${dollars(needed)}, ${percent(needed.div(power).times(100))} of buying power (confirm above ${percent(buyingPowerAskPercent)}).`,
          around,
        ),
      ]
}
