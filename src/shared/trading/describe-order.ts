import { dollars, dollarsEach } from '../format/money.ts'
import { formatDecimal } from '../format/numbers.ts'
import { formatShares } from '../format/shares.ts'
import type { OrderDraft, OrderSide, OrderType } from './order.ts'

/** Side of an order as the first word of a sentence. */
export const sideName = (side: OrderSide): 'Buy' | 'Sell' => (side === 'buy' ? 'Buy' : 'Sell')

/** What an order is to do, without its prices: `Buy 100 AAPL`. */
export function describeIntent({
  side,
  symbol,
  quantity,
  notional,
}: Pick<OrderDraft, 'side' | 'symbol' | 'quantity' | 'notional'>): string {
  const amount = quantity === undefined ? `${dollars(notional ?? 0)} of` : formatShares(quantity)
  return `${sideName(side)} ${amount} ${symbol}`
}

/** What is ordered, with its prices: `Buy 100 AAPL limit 229.85`. */
export const describeTerms = (terms: Terms): string =>
  [describeIntent(terms), ...describePrices(terms)].join(' ')

type Terms = Parameters<typeof describeIntent>[0] & Parameters<typeof describePrices>[0]

/** Names of the order types. */
export const TYPE_NAMES: Readonly<Record<OrderType, string>> = {
  market: 'Market',
  limit: 'Limit',
  stop: 'Stop',
  stop_limit: 'Stop limit',
  trailing_stop: 'Trailing stop',
}

/** A price without its dollar sign, with at least two digits after the point. */
const priced = (price: string): string => formatDecimal(price, 2)

/** Prices of an order: `stop 130.00`, `limit 129.50`; `market`. */
export function describePrices({
  type,
  stopPrice,
  limitPrice,
  trailPrice,
  trailPercent,
}: Pick<OrderDraft, 'type' | 'stopPrice' | 'limitPrice' | 'trailPrice' | 'trailPercent'>): readonly string[] {
  return [
    type === 'market' && 'market',
    stopPrice !== undefined && `stop ${priced(stopPrice)}`,
    limitPrice !== undefined && `limit ${priced(limitPrice)}`,
    trailPrice !== undefined && `trail ${dollarsEach(trailPrice)}`,
    trailPercent !== undefined && `trail ${trailPercent}%`,
  ].filter((term) => term !== false)
}
