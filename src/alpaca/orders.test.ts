import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bulkResults, order, toAlpacaChange, toAlpacaOrder, toAmount } from './orders.ts'

const WIRE = {
  id: 'e1f2a3b4-0000-4000-8000-00000000000a',
  client_order_id: 'sig-20261120-0001',
  created_at: '2026-11-20T15:04:06.010203Z',
  updated_at: '2026-11-20T15:04:06.020304999Z',
  submitted_at: '2026-11-20T10:04:06.009-05:00',
  filled_at: null,
  replaced_by: null,
  symbol: 'KLMN',
  notional: null,
  qty: '10',
  filled_qty: '0',
  filled_avg_price: null,
  order_class: '',
  type: 'limit',
  side: 'buy',
  position_intent: 'buy_to_open',
  time_in_force: 'day',
  limit_price: '48.05',
  stop_price: null,
  status: 'new',
  extended_hours: false,
  legs: null,
  hwm: null,
  something_new: { that: 'nobody knows' },
}

test('an order has exact amounts, times in milliseconds, and undefined for null', () => {
  const read = order.parse(WIRE)
  expect(read).toMatchObject({
    id: WIRE.id,
    clientOrderId: 'sig-20261120-0001',
    symbol: 'KLMN',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    status: 'new',
    orderClass: '',
    positionIntent: 'buy_to_open',
    extendedHours: false,
    createdAt: Date.parse('2026-11-20T15:04:06.010Z'),
    submittedAt: Date.parse('2026-11-20T15:04:06.009Z'),
    updatedAt: Date.parse('2026-11-20T15:04:06.020Z'),
    updatedTime: '2026-11-20T15:04:06.020304999Z',
    legs: [],
  })
  expect(read.qty).toEqual(new Decimal(10))
  expect(read.limitPrice).toEqual(new Decimal('48.05'))
  expect(read.filledAvgPrice).toBeUndefined()
  expect(read.notional).toBeUndefined()
  expect(read).not.toHaveProperty('something_new')
})

test('the legs of a bracket are orders themselves', () => {
  const leg = { ...WIRE, id: 'leg', type: 'stop', limit_price: null, stop_price: '47.1', status: 'held' }
  const read = order.parse({ ...WIRE, order_class: 'bracket', legs: [leg] })
  expect(read.legs).toHaveLength(1)
  expect(read.legs[0]).toMatchObject({ id: 'leg', status: 'held', stopPrice: new Decimal('47.1'), legs: [] })
})

test('an unknown status is kept as sent', () => {
  expect(order.parse({ ...WIRE, status: 'pending_review' }).status).toBe('pending_review')
})

test("an old order with fewer fields than today's is still an order", () => {
  const { id, client_order_id, status, side, type, time_in_force, filled_qty } = WIRE
  const bare = { id, client_order_id, status, side, type, time_in_force, filled_qty }
  expect(order.safeParse(bare).data).toMatchObject({ symbol: '', legs: [], extendedHours: false })
})

test('a multi-leg option order, which has no side and may bring in money, can be told from an invalid one', () => {
  const spread = { ...WIRE, symbol: null, side: null, type: null, order_class: 'mleg', limit_price: '-0.5' }
  expect(order.safeParse(spread).data).toMatchObject({ symbol: '', side: '', type: '', orderClass: 'mleg' })
})

test.each([
  { id: '' },
  { filled_qty: 'some' },
  { filled_qty: '1e9000000' },
  { status: 7 },
  { limit_price: '4,5' },
  { updated_at: 'now' },
])('an order with %j is invalid', (wrong) => {
  expect(order.safeParse({ ...WIRE, ...wrong }).success).toBe(false)
})

test("a request uses Alpaca's words, with exact text for every amount", () => {
  const body = toAlpacaOrder({
    symbol: 'KLMN',
    side: 'buy',
    type: 'limit',
    timeInForce: 'gtc',
    qty: '10',
    limitPrice: new Decimal('48.05'),
    clientOrderId: 'sig-1',
    orderClass: 'bracket',
    takeProfit: { limitPrice: '50' },
    stopLoss: { stopPrice: '47.1', limitPrice: '47' },
    positionIntent: 'buy_to_open',
  })
  expect(JSON.parse(JSON.stringify(body))).toEqual({
    symbol: 'KLMN',
    side: 'buy',
    type: 'limit',
    time_in_force: 'gtc',
    qty: '10',
    limit_price: '48.05',
    client_order_id: 'sig-1',
    order_class: 'bracket',
    take_profit: { limit_price: '50' },
    stop_loss: { stop_price: '47.1', limit_price: '47' },
    position_intent: 'buy_to_open',
  })
})

test('a trailing stop, dollars and extended hours have their fields too', () => {
  const common = { symbol: 'KLMN', side: 'sell', timeInForce: 'day', clientOrderId: 'sig-1' } as const
  expect(toAlpacaOrder({ ...common, type: 'trailing_stop', qty: '1', trailPercent: '1.5' })).toMatchObject({
    trail_percent: '1.5',
  })
  expect(toAlpacaOrder({ ...common, type: 'trailing_stop', qty: '1', trailPrice: '2' })).toMatchObject({
    trail_price: '2',
  })
  expect(toAlpacaOrder({ ...common, type: 'market', notional: '100.50', extendedHours: true })).toMatchObject(
    {
      notional: '100.5',
      extended_hours: true,
    },
  )
  expect(toAlpacaOrder({ ...common, type: 'stop', qty: '1', stopPrice: '47' })).toMatchObject({
    stop_price: '47',
  })
})

test('a change names only what changes', () => {
  const body = JSON.stringify(toAlpacaChange({ qty: '5', trail: '1', clientOrderId: 'sig-2' }))
  expect(JSON.parse(body)).toEqual({ qty: '5', trail: '1', client_order_id: 'sig-2' })
})

test('no amount loses a digit or turns into an exponent on its way out and back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 9 }), (digits, places) => {
      const text = toAmount(new Decimal(`${digits}e-${places}`))
      expect(text).toMatch(/^\d+(\.\d+)?$/)
      expect(new Decimal(text ?? '').toFixed()).toBe(new Decimal(`${digits}e-${places}`).toFixed())
    }),
  )
  expect(toAmount('0.000000001')).toBe('0.000000001')
  expect(() => toAmount('ten')).toThrow('ten')
})

test('every item of a bulk answer has its own result', () => {
  const results = bulkResults.parse([
    { id: 'a', status: 200 },
    { id: 'b', status: 404, body: { code: 40410000, message: 'order not found' } },
    { symbol: 'KLMN', status: 200, body: WIRE },
    { symbol: 'QRS', status: 500 },
  ])
  expect(results).toMatchObject([
    { of: 'a', status: 200, message: undefined, order: undefined },
    { of: 'b', status: 404, message: 'order not found', order: undefined },
    { of: 'KLMN', status: 200, message: undefined, order: { id: WIRE.id } },
    { of: 'QRS', status: 500, message: 'HTTP 500', order: undefined },
  ])
})
