import { Decimal } from 'decimal.js'
import type { OrderDraft } from '#shared/trading/order'
import type { Price } from '#shared/units'
import { formatDecimal } from '../ui/numerals.ts'

/** What the sentence needs besides the order. */
interface Around {
  /** Cost or proceeds, dollars, if known. */
  readonly cost?: Price
  /** Mode and account, in words. */
  readonly account: string
}

const dollars = (amount: string | Decimal) =>
  `$${formatDecimal(new Decimal(amount).toDecimalPlaces(2).toFixed(), 2)}`

/** The whole order in a sentence: `BUY 100 AAPL, limit 229.85, day — $22,985.00 — PAPER …4821`. */
export function describeOrder(draft: OrderDraft, { cost, account }: Around): string {
  const { side, symbol, quantity, notional } = draft
  const amount = quantity === undefined ? `${dollars(notional ?? '0')} of` : formatDecimal(quantity, 0)
  const worth = quantity !== undefined && cost !== undefined && dollars(cost)
  const order = [`${side.toUpperCase()} ${amount} ${symbol}`, ...terms(draft)].join(', ')
  return [order, worth, account].filter(Boolean).join(' — ')
}

function terms(draft: OrderDraft): readonly string[] {
  const { type, timeInForce, limitPrice, stopPrice, trailPrice, trailPercent, takeProfit, stopLoss } = draft
  return [
    type === 'market' && 'at the market',
    stopPrice && `stop ${formatDecimal(stopPrice, 2)}`,
    limitPrice && `limit ${formatDecimal(limitPrice, 2)}`,
    trailPrice && `trailing by $${trailPrice}`,
    trailPercent && `trailing by ${trailPercent} %`,
    takeProfit && `target ${formatDecimal(takeProfit.limitPrice, 2)}`,
    stopLoss && `stop loss ${formatDecimal(stopLoss.stopPrice, 2)}`,
    timeInForce === 'day' ? 'day' : timeInForce.toUpperCase(),
    draft.extendedHours && 'extended hours too',
  ].filter((term) => term !== undefined && term !== false)
}
