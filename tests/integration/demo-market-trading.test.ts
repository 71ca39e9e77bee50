import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUR_MS } from '#shared/time'
import type { OrderRequest } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { DemoClient } from '../support/demo-client.ts'
import { DemoTrader } from '../support/demo-trader.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')

let market: DemoMarket
let trader: DemoTrader
async function open(options: { startAt?: number; clock?: 'open' | 'real' } = {}): Promise<void> {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 50, ...options })
  trader = await DemoTrader.at(market)
}
beforeEach(() => open())
afterEach(async () => {
  await trader.leave()
  await market.stop()
})
async function reopen(options: Parameters<typeof open>[0]): Promise<void> {
  await trader.leave()
  await market.stop()
  await open(options)
}

async function quote(symbol = 'AAPL') {
  const { ask, askSize } = await trader.client.getLatestQuote(symbol)
  return { ask: new Decimal(ask), askSize }
}
/** A price that many percent from the ask, in whole cents. */
const away = async (percent: number) =>
  (await quote()).ask
    .times(1 + percent / 100)
    .toDecimalPlaces(2)
    .toFixed()

const jump = (percent: number) => {
  market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent })
  market.advance(2000)
}

describe('a market order', () => {
  test('is filled at the ask, and reported from its arrival to its fill', async () => {
    const { ask } = await quote()
    const { id, status } = await trader.place()
    expect(status).toBe('pending_new')
    const { price, qty, positionQty, order } = await trader.reported(id, 'fill')
    expect([price, qty, positionQty]).toEqual([ask, new Decimal(10), new Decimal(10)])
    expect(order).toMatchObject({ status: 'filled', filledAvgPrice: ask, positionIntent: 'buy_to_open' })
    expect(trader.events(id)).toEqual(['pending_new', 'new', 'fill'])
  })

  test('takes the quoted size, and the rest from the quotes that follow', async () => {
    const { askSize } = await quote('SOFI')
    const { id } = await trader.place({ symbol: 'SOFI', qty: '2000' })
    const { qty, order } = await trader.reported(id, 'partial_fill')
    expect(qty).toEqual(new Decimal(askSize))
    expect(order).toMatchObject({ status: 'partially_filled', filledQty: qty })
    market.advance(10_000)
    expect((await trader.order(id, 'filled')).filledQty).toEqual(new Decimal(2000))
  })

  test('in dollars buys as many shares as they are worth, to nine decimals', async () => {
    const { ask } = await quote()
    const { filledQty, qty } = await trader.fill({ notional: '100' })
    expect(qty).toBeUndefined()
    expect(filledQty).toEqual(new Decimal(100).div(ask).toDecimalPlaces(9, Decimal.ROUND_DOWN))
  })

  test('sells short, and buys back', async () => {
    await trader.fill({ side: 'sell' })
    expect(await trader.client.getPosition('AAPL')).toMatchObject({ side: 'short', qty: new Decimal(-10) })
    expect((await trader.client.getAccount()).shortMarketValue?.lt(0)).toBe(true)
    await trader.fill({ side: 'buy', qty: '4' })
    expect(await trader.client.getPosition('AAPL')).toMatchObject({ qty: new Decimal(-6) })
  })

  test('waits while its symbol is halted, and fills when trading resumes', async () => {
    market.injectFault({ kind: 'halt', symbol: 'AAPL' })
    const { id } = await trader.place()
    await trader.order(id, 'new')
    market.advance(5000)
    expect(await trader.order(id, 'new')).toMatchObject({ filledQty: new Decimal(0) })
    market.injectFault({ kind: 'resume', symbol: 'AAPL' })
    market.advance(2000)
    await trader.order(id, 'filled')
  })
})

describe('a limit order', () => {
  test('that is marketable fills at the better price', async () => {
    const { ask } = await quote()
    const { filledAvgPrice } = await trader.fill({ type: 'limit', limitPrice: await away(5) })
    expect(filledAvgPrice).toEqual(ask)
  })

  test('rests until the market comes to it, and fills at its own price', async () => {
    const limitPrice = await away(-1)
    const { id } = await trader.place({ type: 'limit', limitPrice })
    await trader.order(id, 'new')
    market.advance(10_000)
    expect((await trader.client.getOrder(id)).status).toBe('new')
    jump(-3)
    expect((await trader.order(id, 'filled')).filledAvgPrice).toEqual(new Decimal(limitPrice))
  })
})

describe('a stop order', () => {
  test('waits until its price is reached, and then takes the market', async () => {
    await trader.fill()
    const stopPrice = await away(-1)
    const { id } = await trader.place({ side: 'sell', type: 'stop', stopPrice })
    await trader.order(id, 'new')
    market.advance(3000)
    expect((await trader.client.getOrder(id)).status).toBe('new')
    jump(-3)
    const { filledAvgPrice } = await trader.order(id, 'filled')
    expect(filledAvgPrice?.lt(stopPrice)).toBe(true)
  })

  test('with a limit does not sell below it', async () => {
    await trader.fill()
    const [stopPrice, limitPrice] = [await away(-1), await away(-1.5)]
    const { id } = await trader.place({ side: 'sell', type: 'stop_limit', stopPrice, limitPrice })
    await trader.order(id, 'new')
    jump(-3)
    expect((await trader.client.getOrder(id)).status).toBe('new')
    jump(3)
    expect((await trader.order(id, 'filled')).filledAvgPrice).toEqual(new Decimal(limitPrice))
  })

  test('that trails follows the best price, and shows its current stop price', async () => {
    await trader.fill()
    const { id } = await trader.place({ side: 'sell', type: 'trailing_stop', trailPercent: '1' })
    const before = await trader.order(id, 'new')
    jump(2)
    const after = await trader.client.getOrder(id)
    expect(after.hwm?.gt(before.hwm ?? Infinity)).toBe(true)
    expect(after.stopPrice).toEqual(after.hwm?.times('0.99').toDecimalPlaces(2))
    jump(-2)
    await trader.order(id, 'filled')
  })
})

describe('how long an order lasts', () => {
  test('ioc: what is not filled immediately is canceled', async () => {
    const { id } = await trader.place({ type: 'limit', limitPrice: await away(-1), timeInForce: 'ioc' })
    expect((await trader.order(id, 'canceled')).filledQty).toEqual(new Decimal(0))
    const { askSize } = await quote('SOFI')
    const big = await trader.place({ symbol: 'SOFI', timeInForce: 'ioc', qty: '2000' })
    expect((await trader.order(big.id, 'canceled')).filledQty).toEqual(new Decimal(askSize))
  })

  test('fok: all of it or nothing', async () => {
    const { id } = await trader.place({ symbol: 'SOFI', timeInForce: 'fok', qty: '2000' })
    expect((await trader.order(id, 'canceled')).filledQty).toEqual(new Decimal(0))
    const small = await trader.place({ symbol: 'SOFI', timeInForce: 'fok', qty: '20' })
    await trader.order(small.id, 'filled')
    expect(trader.events(small.id)).toEqual(['pending_new', 'new', 'fill'])
  })

  test('day: it expires at 20:00 if the market never closes, and reports so', async () => {
    const { id, expiresAt } = await trader.place({ type: 'limit', limitPrice: await away(-50) })
    expect(expiresAt).toBe(Date.parse('2026-11-25T01:00:00Z'))
    await trader.order(id, 'new')
    market.advance(10 * HOUR_MS)
    await trader.reported(id, 'expired')
    expect(await trader.client.getOrder(id)).toMatchObject({ status: 'expired', expiredAt: expiresAt })
  })

  test('day: it expires at the close if the market keeps its hours', async () => {
    await reopen({ clock: 'real', startAt: Date.parse('2026-11-24T20:59:00Z') })
    const { id } = await trader.place({ type: 'limit', limitPrice: await away(-50) })
    await trader.order(id, 'new')
    market.advance(61_000)
    expect((await trader.order(id, 'expired')).expiredAt).toBe(Date.parse('2026-11-24T21:00:00Z'))
  })

  test('an order that arrives after the close waits as accepted for the next morning', async () => {
    await reopen({ clock: 'real', startAt: Date.parse('2026-11-24T23:00:00Z') })
    const { id } = await trader.place()
    await trader.order(id, 'accepted')
    market.advance(14 * HOUR_MS)
    expect((await trader.client.getOrder(id)).status).toBe('accepted')
    market.advance(2 * HOUR_MS)
    await trader.order(id, 'filled')
    expect(trader.events(id)).toEqual(['pending_new', 'accepted', 'new', 'fill'])
  })

  test('an order for extended hours is filled after the close', async () => {
    await reopen({ clock: 'real', startAt: Date.parse('2026-11-24T22:00:00Z') })
    const terms = { type: 'limit', limitPrice: await away(5), extendedHours: true } as const
    const { filledAt } = await trader.fill(terms)
    expect(filledAt).toBeGreaterThanOrEqual(Date.parse('2026-11-24T22:00:00Z'))
  })

  test.each([
    ['opg', '2026-11-24T14:00:00Z', HOUR_MS],
    ['cls', '2026-11-24T20:00:00Z', 1.5 * HOUR_MS],
  ] as const)('%s: it is filled in the auction, whole', async (timeInForce, from, ms) => {
    await reopen({ clock: 'real', startAt: Date.parse(from) })
    const { id } = await trader.place({ timeInForce, qty: '5000', symbol: 'SOFI' })
    await trader.order(id, 'accepted')
    market.advance(ms)
    expect((await trader.order(id, 'filled')).filledQty).toEqual(new Decimal(5000))
  })

  test('gtc: it outlives the day that ends another order', async () => {
    const terms = { type: 'limit', limitPrice: await away(-50) } as const
    const { id } = await trader.place({ ...terms, timeInForce: 'gtc' })
    const day = await trader.place(terms)
    await trader.order(id, 'new')
    market.advance(11 * HOUR_MS)
    await trader.order(day.id, 'expired')
    expect((await trader.client.getOrder(id)).status).toBe('new')
  })
})

describe('a bracket', () => {
  const bracket = async (terms: Partial<OrderRequest> = {}) =>
    trader.place({
      orderClass: 'bracket',
      takeProfit: { limitPrice: await away(2) },
      stopLoss: { stopPrice: await away(-2) },
      ...terms,
    })
  const legs = async (id: string) =>
    (await trader.client.getOrder(id)).legs.map(({ type, status }) => [type, status])

  test('holds its legs until the last share of the entry is bought', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const { id } = await bracket()
    await trader.order(id, 'new')
    market.injectFault({ kind: 'fill', order: id, qty: '9', price: '250' })
    expect(await legs(id)).toEqual([
      ['limit', 'held'],
      ['stop', 'held'],
    ])
    market.injectFault({ kind: 'fill', order: id, qty: '1', price: '251' })
    expect(await legs(id)).toEqual([
      ['limit', 'new'],
      ['stop', 'held'],
    ])
    expect((await trader.client.getOrder(id)).filledAvgPrice).toEqual(new Decimal('250.1'))
  })

  test('takes its profit, and the stop-loss is canceled', async () => {
    const { id } = await bracket()
    await trader.order(id, 'filled')
    jump(3)
    await expect
      .poll(() => legs(id))
      .toEqual([
        ['limit', 'filled'],
        ['stop', 'canceled'],
      ])
    expect((await trader.client.getPositions()).rows).toEqual([])
  })

  test('stops its loss, and the take-profit is canceled', async () => {
    const { id } = await bracket()
    await trader.order(id, 'filled')
    jump(-3)
    await expect
      .poll(() => legs(id))
      .toEqual([
        ['limit', 'canceled'],
        ['stop', 'filled'],
      ])
  })

  test('keeps the stop-loss for what the take-profit has not sold yet', async () => {
    const { id } = await bracket()
    const entry = await trader.order(id, 'filled')
    market.injectFault({ kind: 'hold-matching' })
    market.injectFault({ kind: 'fill', order: entry.legs[0]?.id ?? '', qty: '4' })
    expect((await trader.client.getOrder(id)).legs.map(({ qty, filledQty }) => [qty, filledQty])).toEqual(
      [
        [10, 4],
        [6, 0],
      ].map((pair) => pair.map((shares) => new Decimal(shares))),
    )
    expect(await trader.client.getPosition('AAPL')).toMatchObject({
      qty: new Decimal(6),
      qtyAvailable: new Decimal(0),
    })
  })

  test('ends with its entry', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const { id } = await bracket()
    await trader.client.cancelOrder(id)
    await trader.order(id, 'canceled')
    expect(await legs(id)).toEqual([
      ['limit', 'canceled'],
      ['stop', 'canceled'],
    ])
  })

  test('oco: the exits of an existing position, of which one cancels the other', async () => {
    await trader.fill()
    const {
      id,
      legs: [stop],
    } = await trader.place({
      side: 'sell',
      type: 'limit',
      orderClass: 'oco',
      takeProfit: { limitPrice: await away(2) },
      stopLoss: { stopPrice: await away(-2), limitPrice: await away(-4) },
    })
    expect(await trader.order(id, 'new')).toMatchObject({
      type: 'limit',
      legs: [{ type: 'stop_limit', status: 'held' }],
    })
    jump(3)
    await trader.order(id, 'filled')
    await trader.order(stop?.id ?? '', 'canceled')
  })

  test('oto: one exit follows the entry', async () => {
    const {
      id,
      legs: [exit],
    } = await trader.place({ orderClass: 'oto', stopLoss: { stopPrice: await away(-2) } })
    await trader.order(id, 'filled')
    expect(await trader.order(exit?.id ?? '', 'new')).toMatchObject({ type: 'stop', side: 'sell' })
  })
})

describe('changing an order', () => {
  const resting = async (terms: Partial<OrderRequest> = {}) => {
    const { id } = await trader.place({ type: 'limit', limitPrice: await away(-10), ...terms })
    return trader.order(id, 'new')
  }

  test('replaces it with another, and both refer to each other', async () => {
    const old = await resting()
    const fresh = await trader.client.replaceOrder(old.id, { limitPrice: '100', clientOrderId: 'second' })
    expect(fresh).toMatchObject({ replaces: old.id, clientOrderId: 'second', limitPrice: new Decimal(100) })
    await trader.order(fresh.id, 'new')
    expect(await trader.order(old.id, 'replaced')).toMatchObject({ replacedBy: fresh.id })
    expect(trader.events(old.id)).toEqual(['pending_new', 'new', 'pending_replace', 'replaced'])
  })

  test('after a partial fill is for the rest', async () => {
    const old = await resting()
    market.injectFault({ kind: 'fill', order: old.id, qty: '4' })
    const fresh = await trader.client.replaceOrder(old.id, { limitPrice: '100' })
    expect(await trader.order(fresh.id, 'new')).toMatchObject({
      qty: new Decimal(6),
      filledQty: new Decimal(0),
    })
  })

  test('loses to a fill that comes first', async () => {
    const old = await resting()
    market.injectFault({ kind: 'slow-acknowledgement', ms: 1000, times: 1 })
    const fresh = await trader.client.replaceOrder(old.id, { limitPrice: '100' })
    market.injectFault({ kind: 'fill', order: old.id })
    market.advance(1000)
    await trader.order(fresh.id, 'rejected')
    await trader.order(old.id, 'filled')
    expect(trader.events(old.id).slice(-2)).toEqual(['fill', 'order_replace_rejected'])
  })

  test('canceling ends it, once', async () => {
    const { id } = await resting()
    await trader.client.cancelOrder(id)
    await trader.reported(id, 'canceled')
    expect(trader.events(id)).toEqual(['pending_new', 'new', 'pending_cancel', 'canceled'])
  })

  test('canceling everything returns a result for each', async () => {
    const [one, two] = [await resting(), await resting({ symbol: 'MSFT' })]
    const results = await trader.client.cancelAllOrders()
    expect(results.map(({ of, status }) => [of, status])).toEqual([
      [one.id, 200],
      [two.id, 200],
    ])
    await trader.order(two.id, 'canceled')
  })

  test('part of a position is closed, and then all of it along with its open orders', async () => {
    await trader.fill()
    await trader.fill({ symbol: 'MSFT' })
    const half = await trader.client.closePosition('AAPL', { percentage: '50' })
    await trader.order(half.id, 'filled')
    await trader.place({ side: 'sell', type: 'limit', limitPrice: await away(10), qty: '5' })
    const results = await trader.client.closeAllPositions({ cancelOrders: true })
    expect(results.map(({ of, status }) => [of, status])).toEqual([
      ['AAPL', 200],
      ['MSFT', 200],
    ])
    await expect.poll(async () => (await trader.client.getPositions()).rows).toEqual([])
    expect((await trader.client.listOrders()).rows).toEqual([])
  })
})

test('ten thousand quotes a second pass resting orders without being slowed down', async () => {
  await trader.leave()
  await market.stop()
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL', 'MSFT'], rate: 10_000 })
  trader = await DemoTrader.at(market)
  const client = await DemoClient.authenticated(market)
  await client.subscribe({ quotes: ['AAPL', 'MSFT'] })
  const quickestSecond = () => {
    const times = Array.from({ length: 8 }, () => {
      const began = process.cpuUsage()
      market.advance(1000)
      return process.cpuUsage(began).user / 1_000
    })
    return Math.min(...times)
  }
  const alone = quickestSecond()
  for (let nth = 0; nth < 50; nth++)
    await trader.place({ symbol: nth % 2 ? 'AAPL' : 'MSFT', type: 'limit', limitPrice: '1', qty: '1' })
  await expect.poll(() => market.orders().every(({ status }) => status === 'new')).toBe(true)
  // A decimal calculation for each order and quote would take half a second or more.
  expect(quickestSecond()).toBeLessThan(2 * alone + 50)
  expect(market.sent().messages.quotes).toBe(160_000)
})
