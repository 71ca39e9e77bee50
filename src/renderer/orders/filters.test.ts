import { expect, test } from 'vitest'
import type { FillView, OrderView } from '#shared/trading/order'
import { stockSymbol, toPrice, toQuantity } from '#shared/units'
import { isFiltering, matchingFills, matchingOrders, NO_FILTER, type TradeFilter } from './filters.ts'

/** 23:30 on November 23 in New York, when it is already the 24th in London. */
const LATE = Date.UTC(2026, 10, 24, 4, 30)

const fill = (symbol: string, more: Partial<FillView> = {}): FillView => ({
  executionId: `x-${symbol}`,
  orderId: `order-${symbol}`,
  symbol: stockSymbol.parse(symbol),
  side: 'buy',
  quantity: toQuantity(100),
  price: toPrice(10.5),
  at: LATE,
  ...more,
})
const fills = [fill('AA'), fill('AAPL', { side: 'sell' }), fill('TSLA', { at: LATE + 3_600_000 })]
const found = (filter: Partial<TradeFilter>) =>
  matchingFills(fills, { ...NO_FILTER, ...filter }).map(({ symbol }) => symbol)

test('an empty filter matches everything', () => {
  expect(found({})).toEqual(['AA', 'AAPL', 'TSLA'])
  expect(isFiltering(NO_FILTER)).toBe(false)
  expect(isFiltering({ text: ' ' })).toBe(false)
  expect(isFiltering({ text: '', side: 'buy' })).toBe(true)
})

test('a word in capitals is the start of a symbol, other words match anywhere in the line', () => {
  expect(found({ text: 'AA' })).toEqual(['AA', 'AAPL'])
  expect(found({ text: 'SLA' })).toEqual([])
  expect(found({ text: 'sla' })).toEqual(['TSLA'])
  expect(found({ text: 'AA sell' })).toEqual(['AAPL'])
  expect(found({ text: '10.5 order-tsla' })).toEqual(['TSLA'])
})

test('the side and the day in New York filter too', () => {
  expect(found({ side: 'sell' })).toEqual(['AAPL'])
  expect(found({ day: '2026-11-23' })).toEqual(['AA', 'AAPL'])
  expect(found({ day: '2026-11-24' })).toEqual(['TSLA'])
})

test('orders are found by their final state and by why they were rejected', () => {
  const order: OrderView = {
    id: 'one',
    symbol: stockSymbol.parse('AMD'),
    side: 'buy',
    type: 'stop_limit',
    timeInForce: 'gtc',
    orderClass: 'simple',
    extendedHours: false,
    state: 'rejected',
    filledQuantity: toQuantity(0),
    requestedAt: LATE - 86_400_000,
    updatedAt: LATE,
    origin: 'signal',
    problem: 'Insufficient buying power.',
  }
  const isFound = (filter: Partial<TradeFilter>) =>
    matchingOrders([order], { ...NO_FILTER, ...filter }).length === 1
  expect(isFound({ state: 'rejected', day: '2026-11-23', text: 'buying power' })).toBe(true)
  expect(isFound({ text: 'stop limit' })).toBe(true)
  expect(isFound({ state: 'filled' })).toBe(false)
  expect(isFound({ day: '2026-11-22' })).toBe(false)
})
