import { dollars } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import { describePrices } from '#shared/trading/describe-order'
import type { OrderDraft } from '#shared/trading/order'
import type { Price } from '#shared/units'

/** What the sentence needs besides the order. */
interface Around {
  /** Cost or proceeds, dollars, if known. */
  readonly cost?: Price
  /** Mode and account, in words. */
  readonly account: string
}

/** The whole order in a sentence: `BUY 100 AAPL, limit 229.85, day — $22,985.00 — PAPER …4821`. */
export function describeOrder(draft: OrderDraft, { cost, account }: Around): string {
  const { side, symbol, quantity, notional } = draft
  const amount = quantity === undefined ? `${dollars(notional ?? '0')} of` : formatShares(quantity)
  const worth = quantity !== undefined && cost !== undefined && dollars(cost)
  const order = [`${side.toUpperCase()} ${amount} ${symbol}`, ...terms(draft)].join(', ')
  return [order, worth, account].filter(Boolean).join(' — ')
}

function terms(draft: OrderDraft): readonly string[] {
  const { timeInForce, takeProfit, stopLoss } = draft
  return [
    ...describePrices(draft),
    takeProfit && `target ${formatDecimal(takeProfit.limitPrice, 2)}`,
    stopLoss && `stop loss ${formatDecimal(stopLoss.stopPrice, 2)}`,
    timeInForce === 'day' ? 'day' : timeInForce.toUpperCase(),
    draft.extendedHours && 'extended hours',
  ].filter((term) => term !== undefined && term !== false)
}
