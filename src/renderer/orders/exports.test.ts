import { expect, test } from 'vitest'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toPrice, toQuantity } from '#shared/units'
import { fillsFile, ordersFile } from './exports.ts'

const NOW = Date.parse('2026-11-24T23:30:00-05:00')

const order: OrderView = {
  id: 'one',
  symbol: stockSymbol.parse('BRK.B'),
  side: 'sell',
  type: 'stop_limit',
  timeInForce: 'gtc',
  orderClass: 'simple',
  quantity: toQuantity(10),
  limitPrice: toPrice(401.5),
  stopPrice: toPrice(402),
  extendedHours: false,
  state: 'rejected',
  filledQuantity: toQuantity(0),
  requestedAt: NOW,
  updatedAt: NOW + 5,
  origin: 'signal',
  problem: '-1 is not enough, said "Alpaca"',
}

test('an order is saved with all its fields, absent ones left empty', () => {
  const { name, text } = ordersFile([order], NOW)
  expect(name).toBe('signal-orders-2026-11-24.csv')
  const [head, line] = text.split('\r\n')
  expect(head?.split(',')).toHaveLength(25)
  expect(line).toBe(
    '2026-11-25T04:30:00.000Z,2026-11-25T04:30:00.005Z,BRK.B,sell,stop_limit,simple,gtc,false,10,,401.5,402,,,' +
      'rejected,0,,signal,one,,,,,,"\'-1 is not enough, said ""Alpaca"""',
  )
})

test('an empty list is saved with its column names', () => {
  expect(fillsFile([], NOW).text).toBe('time,symbol,side,quantity,price,value,order_id,execution_id\r\n')
})
