import { Alpaca, marketData, pagination, trading } from '@alpacahq/alpaca-trade-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'

/** Tuesday, 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:00Z')

let market: DemoMarket
const keys = () => ({
  keyId: market.environment['ALPACA_API_KEY'] ?? '',
  secret: market.environment['ALPACA_API_SECRET'] ?? '',
})

beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 20 })
})
afterEach(() => market.stop())

const stocks = () =>
  new marketData.StockApi(new marketData.Configuration({ basePath: market.urls.dataUrl, ...keys() }))

const account = () => new trading.Configuration({ basePath: market.urls.baseUrl, ...keys() })

test("Alpaca's own SDK reads a day of bars over several pages", async () => {
  const day = { start: new Date('2026-11-23T14:30:00Z'), end: new Date('2026-11-23T20:59:00Z') }
  let pages = 0
  const bars = await pagination.collectBySymbol(async (pageToken) => {
    pages++
    const page = await stocks().stockBars({
      symbols: 'AAPL,MSFT',
      timeframe: '1Min',
      ...day,
      limit: 300,
      ...(pageToken !== undefined && { pageToken }),
    })
    return { data: page.bars, nextPageToken: page.nextPageToken }
  })
  expect(pages).toBe(3)
  expect(bars['AAPL']).toHaveLength(390)
  expect(bars['MSFT']).toHaveLength(390)
  expect(bars['AAPL']?.[0]?.t).toBe('2026-11-23T14:30:00Z')
  expect(bars['AAPL']?.at(-1)?.t).toBe('2026-11-23T20:59:00Z')
})

test("Alpaca's own SDK reads the latest quotes and snapshots", async () => {
  const { quotes } = await stocks().stockLatestQuotes({ symbols: 'AAPL,MSFT' })
  const { ap, bp, t } = quotes['AAPL'] ?? {}
  expect(ap).toBeGreaterThan(bp ?? Infinity)
  expect(t).toEqual(new Date(TUESDAY))
  const snapshots = await stocks().stockSnapshots({ symbols: 'AAPL,MSFT' })
  expect(Object.keys(snapshots)).toEqual(['AAPL', 'MSFT'])
})

test("Alpaca's own SDK reads the account, the clock, the calendar and an asset", async () => {
  expect(await new trading.AccountsApi(account()).getAccount()).toMatchObject({ status: 'ACTIVE' })
  expect(await new trading.ClockApi(account()).legacyClock()).toMatchObject({ isOpen: true })
  const days = await new trading.CalendarApi(account()).legacyCalendar({
    start: new Date('2026-11-26'),
    end: new Date('2026-11-27'),
  })
  expect(days).toMatchObject([{ open: '09:30', close: '13:00' }])
  const asset = await new trading.AssetsApi(account()).getV2AssetsSymbolOrAssetId({ symbolOrAssetId: 'AAPL' })
  expect(asset).toMatchObject({ symbol: 'AAPL', tradable: true })
})

test("Alpaca's own SDK streams quotes and minute bars with their nanoseconds", async () => {
  const client = new Alpaca({ ...keys(), paper: true })
  const stream = client.marketData.stockStream({ url: market.urls.wsUrl('iex') })
  const quote = new Promise<unknown>((resolve) => stream.onQuote(resolve))
  const bar = new Promise<unknown>((resolve) => stream.onBar(resolve))
  const subscribed = new Promise<void>((resolve) => {
    stream.onConnect(() => {
      stream.subscribeForQuotes(['AAPL'])
      stream.subscribeForBars(['AAPL'])
      resolve()
    })
  })
  stream.connect()
  await subscribed
  await expect.poll(() => stream.getSubscriptions().bars).toEqual(['AAPL'])
  await expect.poll(() => (market.advance(1000), market.sent().messages.quotes)).toBeGreaterThan(0)
  market.advance(61_000)
  expect(await quote).toMatchObject({ symbol: 'AAPL', timestampRaw: expect.stringMatching(/\.\d{9}Z$/) })
  expect(await bar).toMatchObject({ symbol: 'AAPL', timestampRaw: '2026-11-24T15:00:00.000000000Z' })
  stream.disconnect()
})

test("Alpaca's own SDK listens for order updates", async () => {
  const client = new Alpaca({ ...keys(), paper: true })
  const updates = client.trading.stream({ url: market.urls.tradeUpdatesUrl })
  updates.connect()
  expect(await updates.waitForAuthentication(5000)).toBe(true)
  updates.disconnect()
})

const orders = () => new trading.OrdersApi(account())
const positions = () => new trading.PositionsApi(account())

test("Alpaca's own SDK places, lists, finds, replaces and cancels orders", async () => {
  const placed = await orders().postOrder({
    postOrderRequest: {
      symbol: 'AAPL',
      qty: '10',
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      limitPrice: '200',
      clientOrderId: 'sdk-1',
    },
  })
  const id = placed.id ?? ''
  await expect.poll(async () => (await orders().getOrderByOrderID({ orderId: id })).status).toBe('new')
  expect(await orders().getOrderByClientOrderId({ clientOrderId: 'sdk-1' })).toMatchObject({ id })
  const fresh = await orders().patchOrderByOrderId({ orderId: id, patchOrderRequest: { limitPrice: '201' } })
  expect(fresh).toMatchObject({ replaces: id, limitPrice: '201' })
  await expect
    .poll(async () =>
      (await orders().getAllOrders({ status: 'open' })).map((order) => [order.id, order.status]),
    )
    .toEqual([[fresh.id, 'new']])
  await orders().deleteOrderByOrderID({ orderId: fresh.id ?? '' })
  await expect.poll(() => orders().getAllOrders({ status: 'open' })).toEqual([])
  const closed = await orders().getAllOrders({ status: 'closed', direction: 'asc' })
  expect(closed.map(({ status }) => status)).toEqual(['replaced', 'canceled'])
  expect(await orders().deleteAllOrders()).toEqual([])
})

test("Alpaca's own SDK places a bracket, receives its fill, and closes the position", async () => {
  const updates = new Alpaca({ ...keys(), paper: true }).trading.stream({ url: market.urls.tradeUpdatesUrl })
  const filled = new Promise<unknown>((resolve) => {
    updates.onTradeUpdate((update) => update.event === 'fill' && resolve(update))
  })
  updates.connect()
  expect(await updates.waitForAuthentication(5000)).toBe(true)
  updates.subscribeTradeUpdates()
  const entry = await orders().postOrder({
    postOrderRequest: {
      symbol: 'AAPL',
      qty: '10',
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      orderClass: 'bracket',
      takeProfit: { limitPrice: '400' },
      stopLoss: { stopPrice: '100' },
    },
  })
  expect(entry.legs?.map(({ type, status }) => [type, status])).toEqual([
    ['limit', 'held'],
    ['stop', 'held'],
  ])
  expect(await filled).toMatchObject({ order: { id: entry.id } })
  updates.disconnect()
  expect(await positions().getAllOpenPositions()).toMatchObject([
    { symbol: 'AAPL', qty: '10', qtyAvailable: '0' },
  ])
  const closed = await positions().deleteAllOpenPositions({ cancelOrders: true })
  expect(closed).toMatchObject([{ symbol: 'AAPL', body: { side: 'sell', qty: '10' } }])
  await expect.poll(() => positions().getAllOpenPositions()).toEqual([])
})

test("Alpaca's own SDK gets refusals in Alpaca's words", async () => {
  const refused = orders().postOrder({
    postOrderRequest: { symbol: 'AAPL', qty: '100000', side: 'buy', type: 'market', timeInForce: 'day' },
  })
  await expect(refused).rejects.toThrow(/insufficient buying power/)
})

test("Alpaca's own SDK reads fills and the account history", async () => {
  await orders().postOrder({
    postOrderRequest: { symbol: 'AAPL', notional: '1000', side: 'buy', type: 'market', timeInForce: 'day' },
  })
  const activities = new trading.AccountActivitiesApi(account())
  await expect
    .poll(async () => (await activities.getAccountActivities({ activityTypes: ['FILL'] })).length)
    .toBe(1)
  const history = await new trading.PortfolioHistoryApi(account()).getAccountPortfolioHistory({
    period: '1D',
  })
  expect(history.equity?.length).toBe(history.timestamp?.length)
})
