import { Decimal } from 'decimal.js'
import { formatShares } from '#shared/format/shares'
import type { PositionView } from '#shared/trading/account'

/** What a reverse does, such as `Reverse NVDA: sell 200, ends short 100`. */
export function describeReverse({ symbol, quantity }: Pick<PositionView, 'symbol' | 'quantity'>): string {
  const held = new Decimal(quantity)
  const [act, end] = held.isNegative() ? ['buy', 'long'] : ['sell', 'short']
  return `Reverse ${symbol}: ${act} ${formatShares(held.abs().times(2))}, ends ${end} ${formatShares(held.abs())}`
}
