import { Decimal } from 'decimal.js'
import { describeShares, formatShares } from '#shared/format/shares'
import { describeIntent } from '#shared/trading/describe-order'
import { isClosed } from '#shared/trading/order'
import type { OrderRecord } from '../state/index.ts'

/** What became too much while an order was replaced, and the way out; nothing if nothing did. */
export function describeExcess(order: OrderRecord, excess: Decimal): string | undefined {
  if (excess.lte(0)) return undefined
  const { terms, filledQuantity } = order
  const happened = `Alpaca filled ${describeShares(excess.toFixed())} more of the old order during the replace.`
  const rest = new Decimal(terms.quantity ?? 0).minus(excess)
  if (isClosed(order) || rest.lt(filledQuantity))
    return `${happened} You may have ${describeShares(excess.toFixed())} too many; check Positions.`
  return rest.gt(0)
    ? `${happened} Replace ${describeIntent(terms)} with ${formatShares(rest.toFixed())}, or cancel it.`
    : `${happened} Cancel ${describeIntent(terms)}: nothing left to fill.`
}
