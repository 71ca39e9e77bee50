import { expect, test } from 'vitest'
import { reported } from '../../../../tests/support/recorded.ts'
import { NOW } from '../../../../tests/support/risk-context.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'
import { AccountState } from '../state/index.ts'
import { takeExchangeSnapshot } from './exchange-snapshot.ts'

test('an exchange that keeps answering the same page is not asked forever', async () => {
  const { exchange } = new TradingWorld()
  let calls = 0
  const page = Array.from({ length: 500 }, (_, nth) =>
    reported({ id: `exchange-${nth}`, clientOrderId: `order-${nth}`, submittedAt: NOW }),
  )
  const unexpected = async () => {
    throw new Error('nothing else is asked')
  }
  await takeExchangeSnapshot(
    {
      listOrders: async () => {
        if (++calls > 10) throw new Error('asked for ever')
        return page
      },
      getPositions: async () => [],
      getAccount: async () => exchange.account(),
      getOrder: unexpected,
      findOrderByClientId: unexpected,
      placeOrder: unexpected,
      replaceOrder: unexpected,
      cancelOrder: unexpected,
      cancelAllOrders: unexpected,
      closeAllPositions: unexpected,
    },
    new AccountState('paper:'),
    NOW,
  )
  expect(calls).toBeLessThan(6)
})
