import { expect, test, vi } from 'vitest'
import { openedAccountState, reported } from '../../../../tests/support/recorded.ts'
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
