import { expect, test } from 'vitest'
import type { OrderView } from '#shared/trading/order'
import { price, quantity, stockSymbol } from '#shared/units'
import { suggestionsFor } from './suggestions.ts'

const AAPL = stockSymbol.parse('AAPL')
const order: OrderView = {
  id: 'a1b2c3d4-0000-4000-8000-000000000000',
  symbol: AAPL,
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: quantity.parse('100'),
  limitPrice: price.parse('228.4'),
  extendedHours: false,
  state: 'denied',
  filledQuantity: quantity.parse('0'),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
}
const known = {
  symbols: [AAPL, stockSymbol.parse('AA'), stockSymbol.parse('TSLA')],
  orders: [order],
  types: ['KillSwitchEngaged', 'OrderFilled', 'OrderPartiallyFilled', 'OrderRequested'],
}
const suggested = (text: string) => suggestionsFor(text, known).map(({ label, choice }) => [label, choice])

test('a symbol that is known comes first, whatever else the letters may stand for', () => {
  expect(suggested('aa')).toEqual([
    ['AA', { symbol: 'AA' }],
    ['AAPL', { symbol: 'AAPL' }],
    ['Buy 100 AAPL limit 228.40', { orderId: order.id }],
  ])
})

test('an event is found by its name in words, and a word that could be a symbol is offered as one at last', () => {
  expect(suggested('fill')).toEqual([
    ['Filled', { kind: { name: 'OrderFilled', types: ['OrderFilled'] } }],
    ['Partial fill', { kind: { name: 'OrderPartiallyFilled', types: ['OrderPartiallyFilled'] } }],
    ['FILL', { symbol: 'FILL' }],
  ])
  expect(suggested('kill switch on')).toEqual([
    ['Kill switch on', { kind: { name: 'KillSwitchEngaged', types: ['KillSwitchEngaged'] } }],
  ])
})

test('a whole group is found by its name, if the log has any of it', () => {
  expect(suggested('safety')).toMatchObject([
    ['All safety events', { kind: { name: 'Safety' } }],
    ['SAFETY', {}],
  ])
  expect(suggested('account events')).toEqual([])
})

test('an order is found by its ID, by its beginning, and by what was ordered', () => {
  expect(suggested('a1b2')).toEqual([['Buy 100 AAPL limit 228.40', { orderId: order.id }]])
  expect(suggested('buy 100')).toEqual([['Buy 100 AAPL limit 228.40', { orderId: order.id }]])
  expect(suggested('ffff00')).toEqual([['ffff00…', { orderId: 'ffff00' }]])
})

test('nothing is suggested for nothing, or for what can be nothing', () => {
  expect(suggested(' ')).toEqual([])
  expect(suggested('?!')).toEqual([])
})
