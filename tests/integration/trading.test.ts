import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orderDraft, type OrderDraft } from '../../src/shared/trading/order.ts'
import { startDemoMarket, type DemoMarket } from '../../src/main/demo-market/index.ts'
import { openTradingDesk, type TradingDesk } from '../support/trading-desk.ts'

const SYMBOLS = ['AAPL', 'MSFT']

let market: DemoMarket
let dataDir: string
let desk: TradingDesk

beforeEach(async () => {
  market = await startDemoMarket({ symbols: SYMBOLS, rate: 200, seed: 5 })
  dataDir = mkdtempSync(join(tmpdir(), 'signal-trading-'))
  desk = openTradingDesk({ market, dataDir, symbols: SYMBOLS })
  await desk.ready()
})

afterEach(async () => {
  await desk.close()
  await market.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const draft = (fields: Partial<Record<keyof OrderDraft, unknown>>): OrderDraft =>
  orderDraft.parse({
    symbol: 'AAPL',
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    orderClass: 'simple',
    quantity: '10',
    extendedHours: false,
    ...fields,
  })

test('a market order is bought: noted, sent, filled, held', async () => {
  const intent = randomUUID()
  const answer = await desk.trading.submit({ intent, draft: draft({}), accepted: [] })
  expect(answer).toMatchObject({ ok: true })
  const order = await desk.until(intent, 'filled')
  expect(order).toMatchObject({ filledQuantity: '10', origin: 'signal' })
  expect(desk.snapshot().positions).toMatchObject([{ symbol: 'AAPL', quantity: '10' }])
  expect(desk.events.items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['OrderRequested', 'OrderAccepted', 'OrderFilled']),
  )
})
