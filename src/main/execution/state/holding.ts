import { Decimal } from 'decimal.js'
import type { OrderSide } from '#shared/trading/order'
import type { ExchangeDay, Price, Quantity, SignedDecimal, StockSymbol } from '#shared/units'

/** The holding of one symbol, with the figures that today's profit is calculated from. */
export interface Holding {
  readonly symbol: StockSymbol
  /** Negative while short. */
  readonly quantity: Decimal
  /** The average cost per share of the fills that opened the position; absent while the exchange does not say. */
  readonly averagePrice?: Decimal
  /** The exchange day that the fields below refer to. */
  readonly day: ExchangeDay
  /** The quantity when that day began. */
  readonly quantityBefore: Decimal
  /** Dollars spent since then, less those received. */
  readonly spent: Decimal
  /** Profit on what was closed since then. */
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

/** A position that came without a fill: with the account or through an adjustment. */
export const heldSince = (
  symbol: StockSymbol,
  quantity: SignedDecimal,
  averagePrice: Price | undefined,
  day: ExchangeDay,
): Holding => ({
  symbol,
  quantity: new Decimal(quantity),
  ...(averagePrice !== undefined && { averagePrice: new Decimal(averagePrice) }),
  day,
  quantityBefore: new Decimal(quantity),
  spent: ZERO,
  realized: ZERO,
})

/**
 * The holding with the exchange's figures, where no fill explains the difference. Shares that came or went (a split, a
 * transfer) count from the last close, and the profit realized today stays.
 */
export function takenOver(
  holding: Holding,
  quantity: SignedDecimal,
  averagePrice: Price | undefined,
): Holding {
  const { averagePrice: _before, ...rest } = holding
  const difference = new Decimal(quantity).minus(holding.quantity)
  if (difference.isZero() && averagePrice !== undefined) return atAverage(holding, averagePrice)
  return {
    ...rest,
    quantity: new Decimal(quantity),
    ...(averagePrice !== undefined && { averagePrice: new Decimal(averagePrice) }),
    quantityBefore: holding.quantityBefore.plus(difference),
  }
}

/**
 * The holding at the exchange's average price, where only that differs: the shares and the dollars spent being the same,
 * today's realized profit differs by as much as the cost of what is left, if anything was traded today.
 */
function atAverage(holding: Holding, averagePrice: Price): Holding {
  const average = new Decimal(averagePrice)
  const isTraded = !holding.spent.isZero() || !holding.quantity.eq(holding.quantityBefore)
  const moved = isTraded ? average.minus(holding.averagePrice ?? average).times(holding.quantity) : ZERO
  return { ...holding, averagePrice: average, realized: holding.realized.plus(moved) }
}

/** The holding rolled forward to `day`, if that is a later day. */
export const onDay = (holding: Holding, day: ExchangeDay): Holding =>
  holding.day >= day
    ? holding
    : { ...holding, day, quantityBefore: holding.quantity, spent: ZERO, realized: ZERO }

/** The holding after a trade, at average cost: reducing the position realizes its share of the profit. */
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
  // Without a known cost nothing can be said about the profit of what is closed.
  const gain = price
    .minus(from.averagePrice ?? price)
    .times(from.quantity.isNegative() ? closing.neg() : closing)
  const { averagePrice: _before, ...rest } = from
  const averagePrice = averageAfter(from, change, price, quantity)
  return {
    ...rest,
    quantity,
    ...(averagePrice && { averagePrice }),
    spent: from.spent.plus(change.times(price)),
    realized: from.realized.plus(gain),
  }
}

function averageAfter(
  from: Holding,
  change: Decimal,
  price: Decimal,
  quantity: Decimal,
): Decimal | undefined {
  if (quantity.isZero()) return ZERO
  const crosses = from.quantity.isZero() || from.quantity.isNegative() !== quantity.isNegative()
  if (crosses) return price
  if (from.averagePrice === undefined || quantity.abs().lte(from.quantity.abs())) return from.averagePrice
  return from.quantity.times(from.averagePrice).plus(change.times(price)).div(quantity)
}
