import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { PositionView } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import type { ExchangeDay } from '#shared/units'
import { toSignedDecimal } from '#shared/units'
import { onDay, type AccountState, type Holding, type OrderRecord } from '../state/index.ts'
import { priceOf, sharesOf } from '../reconciliation/exchange-order.ts'

/** Dollars to the cent. */
export const cents = (amount: Decimal) => toSignedDecimal(amount.toDecimalPlaces(2))

/** A holding as it is shown, reckoned with the price that is known now. */
export function positionView(
  holding: Holding,
  accountState: AccountState,
  row: MarketRow | undefined,
  today: ExchangeDay,
): PositionView {
  const { symbol, quantity, averagePrice } = holding
  const price = row?.price
  const view = {
    symbol,
    quantity: toSignedDecimal(quantity),
    averagePrice: priceOf(averagePrice),
    available: sharesOf(availableOf(holding, accountState)),
  }
  if (price === undefined) return view
  const value = quantity.times(price)
  const cost = quantity.times(averagePrice)
  const total = value.minus(cost)
  const day = dayPnl(onDay(holding, today), value, row?.previousClose)
  return {
    ...view,
    lastPrice: price,
    marketValue: cents(value),
    totalPnl: cents(total),
    ...(day !== undefined && { dayPnl: cents(day) }),
    ...(!cost.isZero() && { totalPnlPercent: cents(total.div(cost.abs()).times(100)) }),
  }
}

/** What it is worth now, less what it was worth at the last close, less what was put into it since. */
function dayPnl(
  { quantityBefore, spent }: Holding,
  value: Decimal,
  previousClose: string | undefined,
): Decimal | undefined {
  if (quantityBefore.isZero()) return value.minus(spent)
  return previousClose === undefined
    ? undefined
    : value.minus(quantityBefore.times(previousClose)).minus(spent)
}

/** Shares that no working exit speaks for. Exits of the same entry speak for the same shares. */
export function availableOf({ symbol, quantity }: Holding, accountState: AccountState): Decimal {
  const exitSide = quantity.isNegative() ? 'buy' : 'sell'
  const held = new Map<string, Decimal>()
  for (const order of accountState.orders.values()) {
    if (isClosed(order) || order.terms.symbol !== symbol || order.terms.side !== exitSide) continue
    const group = groupOf(order, accountState)
    held.set(group, Decimal.max(held.get(group) ?? 0, leftOf(order)))
  }
  const all = [...held.values()].reduce((sum, shares) => sum.plus(shares), new Decimal(0))
  return Decimal.max(0, quantity.abs().minus(all))
}

/** Two exits of one entry, and an OCO order with its other leg, are one group. */
const groupOf = ({ id }: OrderRecord, accountState: AccountState): string =>
  accountState.legOf(id)?.parentId ?? id

/** Shares of an order that are not filled yet; none of an order in dollars, whose shares nobody knows. */
export const leftOf = ({ terms: { quantity }, filledQuantity }: OrderRecord): Decimal =>
  quantity === undefined ? new Decimal(0) : Decimal.max(0, new Decimal(quantity).minus(filledQuantity))
