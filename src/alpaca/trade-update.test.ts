import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { tradeUpdate } from './trade-update.ts'

const ORDER = {
  id: 'e1f2',
  client_order_id: 'sig-1',
  symbol: 'KLMN',
  side: 'buy',
  type: 'limit',
  time_in_force: 'day',
  status: 'partially_filled',
  qty: '10',
  filled_qty: '4',
  filled_avg_price: '48.04',
}
const FILL = {
  event: 'partial_fill',
  execution_id: '9a8b',
  price: '48.04',
  qty: '4',
  position_qty: '-4',
  timestamp: '2026-11-20T15:04:07.100200300Z',
  order: ORDER,
}

test("a fill distinguishes this execution from its order's totals", () => {
  const update = tradeUpdate.parse(FILL)
  expect(update).toMatchObject({
    type: 'tradeUpdate',
    event: 'partial_fill',
    executionId: '9a8b',
    time: FILL.timestamp,
  })
  expect(update.price).toEqual(new Decimal('48.04'))
  expect(update.positionQty).toEqual(new Decimal(-4))
  expect(update.order).toMatchObject({ id: 'e1f2', status: 'partially_filled', filledQty: new Decimal(4) })
})

test('an update that is not a fill has neither execution nor price', () => {
  const none = { execution_id: null, price: null, qty: null, position_qty: null }
  const update = tradeUpdate.parse({ ...FILL, ...none, event: 'pending_new' })
  expect(update.executionId).toBeUndefined()
  expect(update.price).toBeUndefined()
})

test('a busted trade names the execution that no longer counts, if Alpaca says which', () => {
  const bust = { ...FILL, event: 'trade_bust', execution_id: '9a8c', previous_execution_id: '9a8b' }
  expect(tradeUpdate.parse(bust)).toMatchObject({ event: 'trade_bust', previousExecutionId: '9a8b' })
  expect(tradeUpdate.parse(FILL).previousExecutionId).toBeUndefined()
})

test('an unknown event is kept as sent', () => {
  expect(tradeUpdate.parse({ ...FILL, event: 'teleported' }).event).toBe('teleported')
})

test.each([{ order: undefined }, { timestamp: 'now' }, { event: '' }, { price: 'a lot' }])(
  'an update with %j is invalid',
  (wrong) => {
    expect(tradeUpdate.safeParse({ ...FILL, ...wrong }).success).toBe(false)
  },
)
