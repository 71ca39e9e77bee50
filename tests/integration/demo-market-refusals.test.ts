import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OrderRequest } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { ask } from '../support/demo-client.ts'
import { DemoTrader, refusalOf } from '../support/demo-trader.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')

let market: DemoMarket
let trader: DemoTrader
beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 50 })
  trader = await DemoTrader.at(market)
  market.injectFault({ kind: 'hold-matching' })
})
afterEach(async () => {
  await trader.leave()
  await market.stop()
})

/** Buys ten shares of AAPL at 250. */
async function holdTen(): Promise<void> {
  const { id } = await trader.place()
  market.injectFault({ kind: 'fill', order: id, price: '250' })
}

describe('an order that is invalid by itself', () => {
  const limit = { type: 'limit', limitPrice: '200' } as const
  test.each<[message: string | RegExp, code: number, terms: Partial<OrderRequest>]>([
    ['asset "NOSUCH" not found', 42210000, { symbol: 'NOSUCH' }],
    ['qty must be > 0', 40010001, { qty: '0' }],
    ['qty must be > 0', 40010001, { qty: '-1' }],
    ['only one of qty or notional is accepted', 40010001, { qty: '1', notional: '100' }],
    ['notional must be >= 1.00', 42210000, { notional: '0.5' }],
    ['limit orders require a limit price', 40010001, { type: 'limit' }],
    ['stop orders require a stop price', 40010001, { type: 'stop' }],
    ['stop limit orders require both stop and limit price', 40010001, { type: 'stop_limit', stopPrice: '1' }],
    ['market orders require no stop or limit price', 42210000, { limitPrice: '200' }],
    [/must specify one of trail_price or trail_percent/, 40010001, { type: 'trailing_stop' }],
    [/must be greater than or equal to 0.1/, 40010001, { type: 'trailing_stop', trailPercent: '0.05' }],
    [
      'invalid limit_price 200.001. sub-penny increment does not fulfill minimum pricing criteria',
      42210000,
      { type: 'limit', limitPrice: '200.001' },
    ],
    [/^invalid limit_price 0.99999\. sub-penny/, 42210000, { type: 'limit', limitPrice: '0.99999' }],
    ['extended hours order must be DAY or GTC limit orders', 42210000, { extendedHours: true }],
    [
      'extended hours order must be DAY or GTC limit orders',
      42210000,
      { ...limit, timeInForce: 'ioc', extendedHours: true },
    ],
    [
      'invalid order type for ioc order: stop',
      42210000,
      { type: 'stop', stopPrice: '300', timeInForce: 'ioc' },
    ],
    ['fractional orders must be DAY orders', 42210000, { qty: '0.5', timeInForce: 'gtc' }],
    [
      'fractional orders must be market, limit, stop, or stop_limit orders',
      42210000,
      { qty: '0.5', type: 'trailing_stop', trailPrice: '1' },
    ],
    [
      'fractional orders must be simple orders',
      42210000,
      { qty: '1.5', orderClass: 'oto', takeProfit: { limitPrice: '400' } },
    ],
    ['client_order_id must be no more than 128 characters', 40010001, { clientOrderId: 'x'.repeat(129) }],
    [
      'position intent mismatch, inferred: buy_to_open, specified: buy_to_close',
      42210000,
      { positionIntent: 'buy_to_close' },
    ],
  ])('%s', async (message, code, terms) => {
    expect(await trader.refusal(terms)).toMatchObject({
      status: 422,
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
    expect(market.orders()).toEqual([])
  })

  test('prices below one dollar may have four decimals', async () => {
    const { id } = await trader.place({ symbol: 'CTRM', type: 'limit', limitPrice: '0.2001' })
    expect((await trader.order(id, 'new')).limitPrice?.toFixed()).toBe('0.2001')
  })

  test.each([
    ['not json', 400],
    ['{}', 422],
    ['{"symbol":"AAPL","side":"up","type":"market","time_in_force":"day","qty":"1"}', 422],
    ['[]', 422],
  ])('a body that is %s', async (body, status) => {
    const response = await fetch(`${market.urls.baseUrl}/v2/orders`, {
      method: 'POST',
      body,
      headers: {
        'APCA-API-KEY-ID': market.environment['ALPACA_API_KEY'] ?? '',
        'APCA-API-SECRET-KEY': market.environment['ALPACA_API_SECRET'] ?? '',
      },
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ message: expect.any(String), code: expect.any(Number) })
  })
})

describe('exits that do not fit', () => {
  const both = { takeProfit: { limitPrice: '300' }, stopLoss: { stopPrice: '200' } }
  test.each<[message: string, terms: Partial<OrderRequest>]>([
    ['bracket orders require stop_loss.stop_price', { orderClass: 'bracket', takeProfit: both.takeProfit }],
    ['bracket orders require take_profit.limit_price', { orderClass: 'bracket', stopLoss: both.stopLoss }],
    ['oto orders require one of take_profit or stop_loss', { orderClass: 'oto', ...both }],
    [
      'take_profit.limit_price must be > stop_loss.stop_price',
      { orderClass: 'bracket', takeProfit: { limitPrice: '200' }, stopLoss: { stopPrice: '300' } },
    ],
    [
      'take_profit.limit_price must be >= base_price + 0.01',
      { ...both, orderClass: 'bracket', type: 'limit', limitPrice: '300' },
    ],
    [
      'stop_loss.stop_price must be <= base_price - 0.01',
      { ...both, orderClass: 'bracket', type: 'limit', limitPrice: '200' },
    ],
    ['bracket orders must be DAY or GTC orders', { ...both, orderClass: 'bracket', timeInForce: 'ioc' }],
    ['oco orders must be exit orders', { ...both, orderClass: 'oco', side: 'sell', type: 'limit' }],
  ])('%s', async (message, terms) => {
    expect(await trader.refusal(terms)).toMatchObject({ status: 422, message })
  })

  test('a bracket needs an entry', async () => {
    await holdTen()
    const terms = { takeProfit: { limitPrice: '200' }, stopLoss: { stopPrice: '300' } }
    expect(await trader.refusal({ side: 'sell', orderClass: 'bracket', ...terms })).toMatchObject({
      status: 422,
      code: 42210000,
      message: 'bracket orders must be entry orders',
    })
  })

  test("the exits' reference price is reported", async () => {
    const terms = { ...both, orderClass: 'bracket', type: 'limit', limitPrice: '300' } as const
    expect((await trader.refusal(terms)).extra).toEqual({ base_price: '300' })
  })
})

describe('an order that the account does not allow', () => {
  test('more than the buying power, with the numbers', async () => {
    const refusal = await trader.refusal({ type: 'limit', limitPrice: '200', qty: '1001' })
    expect(refusal).toMatchObject({ status: 403, code: 40310000, message: 'insufficient buying power' })
    expect(refusal.extra).toEqual({ buying_power: '200000', cost_basis: '200200' })
  })

  test('buying power is held by open orders, and free again when they end', async () => {
    const { id } = await trader.place({ type: 'limit', limitPrice: '200', qty: '999' })
    expect((await trader.client.getAccount()).buyingPower?.toFixed()).toBe('200')
    await trader.refusal({ symbol: 'MSFT', type: 'limit', limitPrice: '201', qty: '1' })
    await trader.client.cancelOrder(id)
    await trader.order(id, 'canceled')
    expect((await trader.client.getAccount()).buyingPower?.toFixed()).toBe('200000')
  })

  test('more shares than are held, or than are free of other orders', async () => {
    await holdTen()
    const held = await trader.place({ side: 'sell', type: 'limit', limitPrice: '300', qty: '7' })
    const refusal = await trader.refusal({ side: 'sell', qty: '4' })
    expect(refusal).toMatchObject({
      status: 403,
      code: 40310000,
      message: 'insufficient qty available for order (requested: 4, available: 3)',
    })
    expect(refusal.extra).toEqual({
      available: '3',
      existing_qty: '10',
      held_for_orders: '7',
      related_orders: [held.id],
      symbol: 'AAPL',
    })
    expect((await trader.refusal({ side: 'sell', qty: '11' })).message).toMatch(/^insufficient qty available/)
  })

  test('shares that an entry has bought so far: its exits will need them', async () => {
    const exits = { takeProfit: { limitPrice: '900' }, stopLoss: { stopPrice: '100' } }
    const { id } = await trader.place({ orderClass: 'bracket', ...exits })
    market.injectFault({ kind: 'fill', order: id, qty: '4' })
    expect((await refusalOf(trader.client.closePosition('AAPL'))).message).toBe(
      'insufficient qty available for order (requested: 4, available: 0)',
    )
  })

  test("an order that could fill against one of the trader's own", async () => {
    await holdTen()
    const { id } = await trader.place({ type: 'limit', limitPrice: '240' })
    const refusal = await trader.refusal({ side: 'sell' })
    expect(refusal).toMatchObject({
      status: 403,
      code: 40310000,
      message: 'potential wash trade detected. use complex orders',
    })
    expect(refusal.extra).toMatchObject({ existing_order_id: id })
    await trader.refusal({ side: 'sell', type: 'limit', limitPrice: '240' })
    await trader.place({ side: 'sell', type: 'limit', limitPrice: '240.01' })
  })

  test('short sales of what cannot be borrowed, or of a fraction', async () => {
    expect(await trader.refusal({ symbol: 'CTRM', side: 'sell' })).toMatchObject({
      status: 422,
      code: 42210000,
      message: 'asset "CTRM" cannot be sold short',
    })
    expect((await trader.refusal({ side: 'sell', qty: '1.5' })).message).toBe(
      'fractional orders cannot be sold short',
    )
    expect(
      (
        await trader.refusal({
          symbol: 'AMC',
          side: 'sell',
          type: 'limit',
          limitPrice: '9',
          timeInForce: 'gtc',
        })
      ).message,
    ).toBe('only day orders are allowed for hard-to-borrow asset AMC')
  })

  test('a fraction of a symbol that trades in whole shares', async () => {
    expect(await trader.refusal({ symbol: 'UGA', qty: '0.5' })).toMatchObject({
      status: 403,
      message: 'asset "UGA" is not fractionable',
    })
  })

  test('the same client_order_id again, even after its order has ended', async () => {
    const { id } = await trader.place({ clientOrderId: 'once' })
    await trader.order(id, 'new')
    await trader.client.cancelOrder(id)
    await trader.order(id, 'canceled')
    expect(await trader.refusal({ clientOrderId: 'once' })).toMatchObject({
      status: 422,
      code: 40010001,
      message: 'client_order_id must be unique',
    })
    expect(market.orders()).toHaveLength(1)
  })

  test.each([
    ['opg', 'opg orders must be submitted after 7:00pm and before 9:28am', 0],
    ['cls', 'cls orders must be submitted after 7:00pm and before 3:50pm', 6 * 3_600_000],
  ] as const)('%s orders between the deadline and the evening', async (timeInForce, message, later) => {
    market.advance(later)
    expect(await trader.refusal({ timeInForce })).toMatchObject({ status: 403, code: 40310000, message })
  })
})

describe('what cannot be found or changed', () => {
  test.each(['/v2/orders/none', '/v2/orders:by_client_order_id?client_order_id=none', '/v2/positions/AAPL'])(
    '%s is not found',
    async (path) => {
      const response = await ask(market, path)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 40410000 })
    },
  )

  test('an order that has ended is neither canceled nor replaced', async () => {
    const { id } = await trader.place()
    market.injectFault({ kind: 'fill', order: id, price: '250' })
    expect(await refusalOf(trader.client.cancelOrder(id))).toMatchObject({
      status: 422,
      code: 42210000,
      message: 'order is already in "filled" state',
    })
    expect(await refusalOf(trader.client.replaceOrder(id, { qty: '5' }))).toMatchObject({
      status: 422,
      message: 'unable to replace order, order is not open',
    })
  })

  test('an order that is pending, or in dollars, is not replaced; nor with no change, nor with one that does not fit', async () => {
    const terms = { type: 'limit', limitPrice: '200' } as const
    market.injectFault({ kind: 'slow-acknowledgement', ms: 1000, times: 1 })
    const { id } = await trader.place(terms)
    const replaced = async (change: Parameters<typeof trader.client.replaceOrder>[1], of = id) =>
      refusalOf(trader.client.replaceOrder(of, change))
    expect((await replaced({ qty: '5' })).message).toMatch(/isn't sent to exchange yet/)
    market.advance(1000)
    expect(await replaced({ limitPrice: '200', qty: '10' })).toMatchObject({
      status: 403,
      message: 'order parameters are not changed',
    })
    expect((await replaced({ limitPrice: '200.001' })).message).toMatch(/sub-penny/)
    expect((await replaced({ stopPrice: '190' })).message).toBe('stop_price is not valid for limit orders')
    expect((await replaced({ qty: '2000' })).message).toBe('insufficient buying power')
    const dollars = await trader.place({ notional: '100' })
    await trader.order(dollars.id, 'new')
    expect((await replaced({ qty: '5' }, dollars.id)).message).toBe('notional orders cannot be replaced')
  })
})
