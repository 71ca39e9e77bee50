import { expect, test } from 'vitest'
import type { TradingSnapshot } from '#shared/trading/account'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toQuantity } from '#shared/units'
import { afterChange } from './trading.ts'

const order = (id: string): OrderView => ({
  id,
  symbol: stockSymbol.parse('AAPL'),
  side: 'buy',
  type: 'market',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: toQuantity(1),
  extendedHours: false,
  state: 'open',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
})
const shown: TradingSnapshot = {
  mode: 'paper',
  trading: { state: 'active', reasons: [] },
  positions: [],
  orders: [order('old')],
  fills: [],
  limits: DEFAULT_RISK_LIMITS,
  reconciliation: { state: 'agreed', hasBegun: true, at: 0, differences: [] },
}
const idsAfter = (change: Parameters<typeof afterChange>[1]) =>
  afterChange(shown, change).orders.map(({ id }) => id)

test('a new order is put before the known ones', () => {
  expect(idsAfter({ orders: [order('new'), order('old')] })).toEqual(['new', 'old'])
})

test('no order of the previous account stays after a change of account', () => {
  expect(idsAfter({ isAnew: true, orders: [order('new')], fills: [] })).toEqual(['new'])
})
