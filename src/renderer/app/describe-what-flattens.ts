import { Decimal } from 'decimal.js'
import { counted, formatDecimal } from '#shared/format/numbers'
import type { TradingSnapshot } from '#shared/trading/account'
import { openOrders } from '../stores/cancels.ts'

/** What a flatten does now: `flatten: cancel 2 orders, close 3 positions ($24,310).` */
export function describeWhatFlattens(trading: TradingSnapshot | undefined): string {
  if (trading?.reconciliation.hasBegun !== true) return 'flatten: cancel all orders, close all positions.'
  const orders = openOrders(trading.orders).length
  const { positions } = trading
  const values = positions.flatMap(({ marketValue }) => marketValue ?? [])
  const value = Decimal.sum(0, ...values.map((one) => new Decimal(one).abs())).toDecimalPlaces(0)
  const worth = values.length === positions.length ? ` ($${formatDecimal(value)})` : ''
  const parts = [
    orders > 0 && `cancel ${counted(orders, 'order')}`,
    positions.length > 0 && `close ${counted(positions.length, 'position')}${worth}`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'flatten anyway: no open orders or positions.' : `flatten: ${parts.join(', ')}.`
}
