import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { PositionExit, PositionView } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import type { ExchangeDay } from '#shared/units'
import { toSignedDecimal } from '#shared/units'
import { onDay, type AccountState, type Holding, type OrderRecord } from '../state/index.ts'
import { priceOf } from '../reconciliation/exchange-order.ts'

/** Dollars rounded to the cent. */
export const cents = (amount: Decimal) => toSignedDecimal(amount.toDecimalPlaces(2))

/** A holding as shown with its open exits, at the current price if one is known. */
export function positionView(
  holding: Holding,
  row: MarketRow | undefined,
  today: ExchangeDay,
  exits: readonly PositionExit[],
): PositionView {
  const { symbol, quantity, averagePrice } = holding
  const price = row?.price
  const view = {
    symbol,
    quantity: toSignedDecimal(quantity),
    ...(averagePrice && { averagePrice: priceOf(averagePrice) }),
    exits,
  }
  if (price === undefined) return view
  const value = quantity.times(price)
  const cost = averagePrice && quantity.times(averagePrice)
  const total = cost && value.minus(cost)
  const day = dayPnl(onDay(holding, today), value, row?.previousClose)
  return {
    ...view,
    lastPrice: price,
    marketValue: cents(value),
    ...(total && { totalPnl: cents(total) }),
    ...(day !== undefined && { dayPnl: cents(day) }),
    ...(total && !cost.isZero() && { totalPnlPercent: cents(total.div(cost.abs()).times(100)) }),
  }
}

/** Today's profit: value now, less value at the last close, less dollars spent since. */
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

/** Shares that no open exit holds. Exits of the same entry hold the same shares. */
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

/** The group of an order: two exits of one entry, or an OCO order and its other leg, share one. */
export const groupOf = ({ id }: OrderRecord, accountState: AccountState): string =>
  accountState.legOf(id)?.parentId ?? id

/** Shares of an order that are not filled yet; zero for an order in dollars, whose shares are unknown. */
export const leftOf = ({ terms: { quantity }, filledQuantity }: OrderRecord): Decimal =>
  quantity === undefined ? new Decimal(0) : Decimal.max(0, new Decimal(quantity).minus(filledQuantity))
