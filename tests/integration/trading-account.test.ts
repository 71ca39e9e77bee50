import { expect } from 'vitest'
import { Decimal } from 'decimal.js'
import { bought, sent } from '../support/trader.ts'
import { test } from '../support/trading-test.ts'

test("the account's profit or loss is that of its positions plus what was realized", async ({
  market,
  session,
}) => {
  await bought(session)
  await bought(session, { symbol: 'MSFT', quantity: '7' })
  market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: 1 })
  const sold = await sent(session, { side: 'sell', quantity: '4' })
  await session.until(sold, 'filled')
  await session.trading.reconcile()
  const { account, positions } = session.snapshot()
  expect(positions).toHaveLength(2)
  const parts = positions.map(({ dayPnl = 'not known' }) => new Decimal(dayPnl))
  const sum = parts.reduce((total, part) => total.plus(part), new Decimal(0))
  expect(new Decimal(account?.dayPnl ?? 0).minus(sum).abs().toNumber()).toBeLessThanOrEqual(0.02)
})
