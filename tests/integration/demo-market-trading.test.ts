import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AlpacaClient, alpacaConfig } from '../../src/main/alpaca/index.ts'
import { startDemoMarket, type DemoMarket } from '../../src/main/demo-market/index.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')

let market: DemoMarket
beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 50, control: true })
})
afterEach(() => market.stop())

const trader = () => new AlpacaClient(alpacaConfig(market.environment))

test('an order at the market is filled at the quote, and closing the position sells it again', async () => {
  const client = trader()
  const { id, status } = await client.placeOrder({
    symbol: 'AAPL',
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    qty: '10',
    clientOrderId: 'a',
  })
  expect(status).toBe('pending_new')
  await expect.poll(async () => (await client.getOrder(id)).status).toBe('filled')
  expect(await client.getPosition('AAPL')).toMatchObject({ qty: new Decimal(10), side: 'long' })
  await client.closePosition('AAPL')
  await expect.poll(async () => (await client.getPositions()).length).toBe(0)
  expect(market.orders().map(({ status: now }) => now)).toEqual(['filled', 'filled'])
})
