import type { Decimal } from 'decimal.js'
import { dollars } from '#shared/format/money'
import { describeShares } from '#shared/format/shares'
import type { OrderDraft } from '#shared/trading/order'
import { amountKind, hasLimitPrice } from '#shared/trading/order-rules'
import type { ProblemFix } from '#shared/trading/problem'
import { toPrice, toQuantity, type Price } from '#shared/units'
import { positive, wholeCents } from './amounts.ts'
import type { RiskContext } from './context.ts'
import { farSide, marketPrice, usableQuote } from './market-prices.ts'
import { changeTo } from './problems.ts'

/** Price used to value one share: the order's own price, else the quote's other side, else the last known. */
export const entryPrice = (draft: OrderDraft, context: RiskContext): Decimal | undefined =>
  positive(ownPrice(draft)) ?? takePrice(draft, context)

/** The price that the order itself names for its fill, by type and class; undefined if it names none. */
export function ownPrice({
  orderClass,
  type,
  limitPrice,
  stopPrice,
  takeProfit,
}: OrderDraft): Price | undefined {
  if (orderClass === 'oco') return takeProfit?.limitPrice
  if (hasLimitPrice(type)) return limitPrice
  return type === 'stop' ? stopPrice : undefined
}

/** Price of a share if the order fills against the other side of a usable quote now. */
export function takePrice(
  { side }: Pick<OrderDraft, 'side'>,
  { row, position }: Pick<RiskContext, 'row' | 'position'>,
) {
  const quote = usableQuote(row)
  return quote ? farSide(side, quote) : (marketPrice(row) ?? positive(position?.lastPrice))
}

/** Number of shares in the order; undefined if unknown or zero. */
export function sharesOf(draft: OrderDraft, context: RiskContext): Decimal | undefined {
  if (draft.quantity !== undefined) return positive(draft.quantity)
  const worth = positive(draft.notional)
  const price = takePrice(draft, context) // orders in dollars are market orders
  return worth && price && worth.div(price)
}

/** Value of the order in dollars, price × shares; undefined while no price is known. */
export function worthOf(draft: OrderDraft, context: RiskContext): Decimal | undefined {
  if (draft.quantity === undefined) return positive(draft.notional)
  const price = entryPrice(draft, context)
  return price && positive(draft.quantity)?.times(price)
}

/** Whether the order is not for a whole number of shares; an order in dollars counts as fractional. */
export const isFractional = (draft: OrderDraft): boolean => amountKind(draft) !== 'whole'

/** Fix that reduces an order to `most`, in whole shares or dollars; undefined if it cannot. */
export function smallerBy(
  draft: OrderDraft,
  most: { readonly shares?: Decimal | undefined; readonly worth?: Decimal | undefined },
): ProblemFix | undefined {
  if (draft.quantity !== undefined) {
    const shares = most.shares?.floor()
    if (!shares?.gte(1) || shares.gte(draft.quantity)) return undefined
    return changeTo(`Use ${describeShares(shares)}`, { quantity: toQuantity(shares) })
  }
  const worth = most.worth && wholeCents(most.worth)
  return worth?.gte(1) && draft.notional !== undefined && worth.lt(draft.notional)
    ? changeTo(`Use ${dollars(worth)}`, { notional: toPrice(worth) })
    : undefined
}
