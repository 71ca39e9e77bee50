import { Decimal } from 'decimal.js'
import type { OrderSide } from '#shared/trading/order'
import type { ExchangeDay, Price, Quantity, SignedDecimal, StockSymbol } from '#shared/units'

/** What is held of one symbol, with what today's profit is reckoned from. */
export interface Holding {
  readonly symbol: StockSymbol
  /** Negative while short. */
  readonly quantity: Decimal
  /** What a share cost on average, by the fills that opened the position. */
  readonly averagePrice: Decimal
  /** The exchange's day that the rest is about. */
  readonly day: ExchangeDay
  /** What was held when that day began. */
  readonly quantityBefore: Decimal
  /** Dollars spent on it since, less those received. */
  readonly spent: Decimal
  /** Profit of what was closed since. */
  readonly realized: Decimal
}

/** Shares that changed hands. */
export interface Trade {
  readonly symbol: StockSymbol
  readonly side: OrderSide
  readonly quantity: Quantity | Decimal
  readonly price: Price | Decimal
  readonly day: ExchangeDay
}

const ZERO = new Decimal(0)

/** A position that came without a fill: with the account, or by an adjustment. */
export const heldSince = (
  symbol: StockSymbol,
  quantity: SignedDecimal,
  averagePrice: Price,
  day: ExchangeDay,
): Holding => ({
  symbol,
  quantity: new Decimal(quantity),
  averagePrice: new Decimal(averagePrice),
  day,
  quantityBefore: new Decimal(quantity),
  spent: ZERO,
  realized: ZERO,
})

/** The holding as a new day finds it. */
export const onDay = (holding: Holding, day: ExchangeDay): Holding =>
  holding.day >= day
    ? holding
    : { ...holding, day, quantityBefore: holding.quantity, spent: ZERO, realized: ZERO }

/** What is held after a trade, by average cost: what makes the position smaller realizes its share of the profit. */
export function afterTrade(before: Holding | undefined, trade: Trade): Holding {
  const { symbol, side, day } = trade
  const from = onDay(
    before ?? {
      symbol,
      quantity: ZERO,
      averagePrice: ZERO,
      day,
      quantityBefore: ZERO,
      spent: ZERO,
      realized: ZERO,
    },
    day,
  )
  const price = new Decimal(trade.price)
  const change = side === 'buy' ? new Decimal(trade.quantity) : new Decimal(trade.quantity).neg()
  const quantity = from.quantity.plus(change)
  const isSmaller = !from.quantity.isZero() && from.quantity.isNegative() !== change.isNegative()
  const closing = isSmaller ? Decimal.min(change.abs(), from.quantity.abs()) : ZERO
  const gain = price.minus(from.averagePrice).times(from.quantity.isNegative() ? closing.neg() : closing)
  return {
    ...from,
    quantity,
    averagePrice: averageAfter(from, change, price, quantity),
    spent: from.spent.plus(change.times(price)),
    realized: from.realized.plus(gain),
  }
}

function averageAfter(from: Holding, change: Decimal, price: Decimal, quantity: Decimal): Decimal {
  if (quantity.isZero()) return ZERO
  const crosses = from.quantity.isZero() || from.quantity.isNegative() !== quantity.isNegative()
  if (crosses) return price
  if (quantity.abs().lte(from.quantity.abs())) return from.averagePrice
  return from.quantity.times(from.averagePrice).plus(change.times(price)).div(quantity)
}
