import { expect, test } from 'vitest'
import { quantity, stockSymbol } from '../units.ts'
import type { OrderView } from './order.ts'
import { replaceObstacle } from './replace-rules.ts'

const ORDER: OrderView = {
  id: 'one',
  exchangeId: 'exchange-1',
  symbol: stockSymbol.parse('AAPL'),
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: quantity.parse('100'),
  extendedHours: false,
  state: 'open',
  filledQuantity: quantity.parse('0'),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
}
const obstacle = (more: Partial<OrderView>, isEntryOpen = false) =>
  replaceObstacle({ ...ORDER, ...more }, isEntryOpen)

test('an open order of whole shares can be changed, even when partially filled', () => {
  expect(obstacle({})).toBeUndefined()
  expect(obstacle({ state: 'partially-filled', filledQuantity: quantity.parse('40') })).toBeUndefined()
})

test('an order that is only accepted, or has a pending request, cannot be changed', () => {
  for (const state of ['requested', 'unconfirmed', 'accepted', 'pending-cancel', 'pending-replace'] as const)
    expect(obstacle({ state })).toBe('busy')
})

test('an exit waiting for its entry can be changed once the entry is filled', () => {
  expect(obstacle({ state: 'held' }, true)).toBe('waits-for-entry')
  expect(obstacle({ state: 'held' })).toBeUndefined()
})

test('closed, unconfirmed and fractional orders and orders in dollars cannot be changed', () => {
  const { exchangeId: _, ...unconfirmed } = ORDER
  const { quantity: __, ...inDollars } = ORDER
  expect(obstacle({ state: 'filled' })).toBe('closed')
  expect(replaceObstacle(unconfirmed, false)).toBe('not-confirmed')
  expect(obstacle({ quantity: quantity.parse('1.5') })).toBe('not-whole')
  expect(replaceObstacle(inDollars, false)).toBe('not-whole')
})

test('the stop of an OCO order can be changed beside its target; an order that is done for the day cannot', () => {
  expect(obstacle({ state: 'held', orderClass: 'oco' }, true)).toBeUndefined()
  expect(obstacle({ state: 'held', orderClass: 'bracket' }, true)).toBe('waits-for-entry')
  expect(obstacle({ state: 'done-for-day' })).toBe('busy')
})
