import { Decimal } from 'decimal.js'
import type { PositionView } from '#shared/trading/account'
import type { OrderDraft } from '#shared/trading/order'
import { roundForSide } from '#shared/trading/tick-size'
import { toPrice, toQuantity } from '#shared/units'
import { closingSide } from './staging.ts'

/** A stop for all of a position at its average price; undefined while that is unknown. */
export function breakEvenStop(position: PositionView): OrderDraft | undefined {
  const { symbol, quantity, averagePrice } = position
  if (averagePrice === undefined) return undefined
  const side = closingSide(position)
  return {
    symbol,
    side,
    type: 'stop',
    timeInForce: 'day',
    orderClass: 'simple',
    extendedHours: false,
    quantity: toQuantity(new Decimal(quantity).abs()),
    stopPrice: toPrice(roundForSide(new Decimal(averagePrice), side)),
  }
}
