import { expect, test } from 'vitest'
import type { PositionView, TradingSnapshot } from '#shared/trading/account'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import type { OrderView } from '#shared/trading/order'
import { signedDecimal, stockSymbol, toQuantity } from '#shared/units'
import { describeWhatFlattens } from './describe-what-flattens.ts'

const order = (id: string, more: Partial<OrderView> = {}): OrderView => ({
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
  ...more,
})
const position = (symbol: string, marketValue?: string): PositionView => ({
  symbol: stockSymbol.parse(symbol),
  quantity: signedDecimal.parse('1'),
  exits: [],
  ...(marketValue !== undefined && { marketValue: signedDecimal.parse(marketValue) }),
})
const account = (more: Partial<TradingSnapshot> = {}): TradingSnapshot => ({
  mode: 'paper',
  trading: { state: 'active', reasons: [] },
  positions: [],
  orders: [],
  fills: [],
  limits: DEFAULT_RISK_LIMITS,
  reconciliation: { state: 'agreed', hasBegun: true, at: 0, differences: [] },
  ...more,
})

test('a flatten names what it cancels and closes, a short position by its size', () => {
  const orders = [
    order('one'),
    order('entry'),
    order('exit', { parentId: 'entry', state: 'held' }),
    order('done', { state: 'filled' }),
  ]
  const positions = [position('AAPL', '20000.60'), position('TSLA', '-4309.50')]
  expect(describeWhatFlattens(account({ orders, positions }))).toBe(
    'flatten: cancel 2 orders, close 2 positions ($24,310).',
  )
  expect(describeWhatFlattens(account({ positions: [position('AAPL', '100')] }))).toBe(
    'flatten: close 1 position ($100).',
  )
})

test('no value is named while one of them is unknown, and nothing before the account is known', () => {
  const positions = [position('AAPL', '20000'), position('TSLA')]
  expect(describeWhatFlattens(account({ positions }))).toBe('flatten: close 2 positions.')
  expect(describeWhatFlattens(undefined)).toBe('flatten: cancel all orders, close all positions.')
})

test('a flatten of a flat account says so', () => {
  expect(describeWhatFlattens(account())).toBe('flatten anyway: no open orders or positions.')
})
