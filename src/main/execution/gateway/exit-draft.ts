import { Decimal } from 'decimal.js'
import { isExchangeClosed } from '#shared/exchange-calendar'
import type { MarketRow, MarketSession } from '#shared/market'
import type { OrderDraft } from '#shared/trading/order'
import { roundToTick } from '#shared/trading/tick-size'
import { toPrice, type Quantity, type StockSymbol } from '#shared/units'

/** How far from the quote an exit may fill outside the regular session, where market orders are not accepted. */
const COLLAR = new Decimal('0.02')

/**
 * The order that closes this many shares of a position now. A market order in the regular session, while everything is
 * closed (it waits for the open) and while no price is known; otherwise, before and after the session, a limit order up
 * to 2% through the quote, or through the last price if the quote is not usable.
 */
export function exitDraft(
  symbol: StockSymbol,
  isLong: boolean,
  quantity: Quantity,
  { phase }: MarketSession,
  row: MarketRow | undefined,
): OrderDraft {
  const side = isLong ? 'sell' : 'buy'
  const base = { symbol, side, quantity, timeInForce: 'day', orderClass: 'simple' } as const
  const quoted = row?.quoteProblem === undefined ? (isLong ? row?.bid : row?.ask) : undefined
  const touch = quoted ?? row?.price
  if (phase === 'regular' || isExchangeClosed(phase) || touch === undefined)
    return { ...base, type: 'market', extendedHours: false }
  const price = new Decimal(touch).times(isLong ? new Decimal(1).minus(COLLAR) : COLLAR.plus(1))
  const limitPrice = toPrice(roundToTick(price, isLong ? 'down' : 'up'))
  return { ...base, type: 'limit', limitPrice, extendedHours: true }
}
