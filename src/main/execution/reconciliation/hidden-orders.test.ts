import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { openedAccountState, reported } from '../../../../tests/support/recorded.ts'
import { market, PRICE, TEN } from '../../../../tests/support/trading-model/holding.ts'
import { ReferenceExchange } from '../../../../tests/support/trading-model/reference-exchange.ts'
import { HiddenOrders } from './hidden-orders.ts'

test('an entry that is listed with its exits is not searched for, neither one of stocks nor one of options', async () => {
  const listOrders = vi.fn(async () => ({ rows: [], unreadable: [] }))
  const hidden = new HiddenOrders({ listOrders })
  const { accountState } = openedAccountState()
  const flat = reported({ orderClass: 'bracket', status: 'new' })
  const nested = { ...flat, legs: [reported({ id: 'leg', clientOrderId: 'leg', status: 'held' })] }
  const option = reported({ id: 'spread', clientOrderId: 'spread', orderClass: 'mleg', symbol: '', side: '' })
  await hidden.find(accountState, [nested, flat, option], [], 0)
  expect(listOrders).not.toHaveBeenCalled()
  const orphan = reported({ id: 'orphan', clientOrderId: 'orphan', orderClass: 'bracket', status: 'new' })
  await hidden.find(accountState, [orphan], [], 0)
  expect(listOrders).toHaveBeenCalledOnce()
})

test('shares that are held anew are searched for again, although a search of before found nothing', async () => {
  const listOrders = vi.fn(async () => ({ rows: [], unreadable: [] }))
  const hidden = new HiddenOrders({ listOrders })
  const { accountState } = openedAccountState()
  const exchange = new ReferenceExchange({ now: () => 0, soon: (run) => run(), onEvent: () => {} })
  exchange.fill(exchange.place({ ...market, side: 'buy', clientOrderId: 'bought' }).id, TEN, PRICE)
  const holding = exchange.positions().map((position) => ({ ...position, qtyAvailable: new Decimal(0) }))
  for (let times = 0; times < 2; times++) await hidden.find(accountState, [], holding, 0)
  expect(listOrders).toHaveBeenCalledOnce()
  await hidden.find(accountState, [], [], 0)
  await hidden.find(accountState, [], holding, 0)
  expect(listOrders).toHaveBeenCalledTimes(2)
})
