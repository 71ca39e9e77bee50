import { expect } from 'vitest'
import { Decimal } from 'decimal.js'
import { bought, sent } from '../support/trader.ts'
import { test } from '../support/trading-test.ts'

test('the account has won or lost what its positions have, and what was realized', async ({
  market,
  desk,
}) => {
  await bought(desk)
  await bought(desk, { symbol: 'MSFT', quantity: '7' })
  market.misbehave({ kind: 'price-jump', symbol: 'AAPL', percent: 1 })
  const sold = await sent(desk, { side: 'sell', quantity: '4' })
  await desk.until(sold, 'filled')
  await desk.trading.reconcile()
  const { account, positions } = desk.snapshot()
  expect(positions).toHaveLength(2)
  const parts = positions.map(({ dayPnl = 'not known' }) => new Decimal(dayPnl))
  const sum = parts.reduce((total, part) => total.plus(part), new Decimal(0))
  expect(new Decimal(account?.dayPnl ?? 0).minus(sum).abs().toNumber()).toBeLessThanOrEqual(0.02)
})
