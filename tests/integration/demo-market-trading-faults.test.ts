import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import { tellControls } from '../support/demo-client.ts'
import { DemoTrader, refusalOf } from '../support/demo-trader.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')
const POSTED = { method: 'POST', path: '/v2/orders' } as const

let market: DemoMarket
let trader: DemoTrader
beforeEach(async () => {
  market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL'], rate: 50, control: true })
  trader = await DemoTrader.at(market)
})
afterEach(async () => {
  await trader.leave()
  await market.stop()
})

const times = (clientOrderId: string) =>
  market.orders().filter((order) => order.clientOrderId === clientOrderId).length
const posts = () => market.sent().rest.byRequest['POST /v2/orders'] ?? 0

describe('an answer that is lost', () => {
  test.each(['cut', 'silence'] as const)('by %s: the order is there anyway', async (by) => {
    market.injectFault({ kind: 'lose-answer', by, ...POSTED, times: 1 })
    const signal = AbortSignal.timeout(500)
    const lost = await refusalOf(
      trader.client.placeOrder(
        { symbol: 'AAPL', side: 'buy', type: 'market', timeInForce: 'day', qty: '1', clientOrderId: 'lost' },
        { signal },
      ),
    )
    expect(lost.outcome).toBe('unknown')
    expect(await trader.client.findOrderByClientId('lost')).toMatchObject({ symbol: 'AAPL' })
    expect([times('lost'), posts()]).toEqual([1, 1])
    expect(await trader.place({ clientOrderId: 'next' })).toMatchObject({ clientOrderId: 'next' })
  })

  test('to a change: it was done', async () => {
    const { id } = await trader.place({ type: 'limit', limitPrice: '100' })
    await trader.order(id, 'new')
    market.injectFault({ kind: 'lose-answer', method: 'PATCH', path: '/v2/orders', times: 1 })
    const lost = await refusalOf(trader.client.replaceOrder(id, { limitPrice: '101' }))
    expect(lost.outcome).toBe('unknown')
    const { replacedBy } = await trader.order(id, 'replaced')
    expect((await trader.order(String(replacedBy), 'new')).limitPrice?.toFixed()).toBe('101')
  })

  test('to a cancel: it was done, and a second request shows it', async () => {
    const { id } = await trader.place({ type: 'limit', limitPrice: '100' })
    await trader.order(id, 'new')
    market.injectFault({ kind: 'lose-answer', method: 'DELETE', path: '/v2/orders', times: 1 })
    await trader.client.cancelOrder(id).catch(() => {})
    expect((await trader.order(id, 'canceled')).filledQty.toFixed()).toBe('0')
    expect(market.sent().rest.byRequest[`DELETE /v2/orders/${id}`]).toBe(2)
  })
})

describe('a rejection before anything was done', () => {
  test.each([
    [{ kind: 'server-error', status: 500 }, 500],
    [{ kind: 'server-error', status: 503 }, 503],
    [{ kind: 'rate-limit', retryAfter: '1' }, 429],
  ] as const)('%j of only a POST, once', async (fault, status) => {
    market.injectFault({ ...fault, ...POSTED, times: 1 })
    expect((await trader.client.listOrders()).rows).toEqual([])
    expect(await trader.refusal({ clientOrderId: 'refused' })).toMatchObject({ status })
    expect([times('refused'), posts()]).toEqual([0, 1])
    await trader.place({ clientOrderId: 'refused' })
    expect(times('refused')).toBe(1)
  })

  test('a POST that is never answered leaves no order', async () => {
    market.injectFault({ kind: 'no-answer', ...POSTED, times: 1 })
    const signal = AbortSignal.timeout(300)
    const call = trader.client.placeOrder(
      { symbol: 'AAPL', side: 'buy', type: 'market', timeInForce: 'day', qty: '1', clientOrderId: 'never' },
      { signal },
    )
    expect((await refusalOf(call)).outcome).toBe('unknown')
    expect(await trader.client.findOrderByClientId('never')).toBeUndefined()
  })
})

describe('updates', () => {
  test('overtake a late answer', async () => {
    market.injectFault({ kind: 'delay-answer', ms: 1000, ...POSTED, times: 1 })
    let answered = false
    const answer = trader.place({ clientOrderId: 'late' }).finally(() => (answered = true))
    await trader.updates.until(({ event, order }) => event === 'fill' && order.clientOrderId === 'late')
    expect(answered).toBe(false)
    market.advance(1000)
    expect(await answer).toMatchObject({ status: 'pending_new' })
  })

  test('come twice, with the same execution', async () => {
    market.injectFault({ kind: 'duplicate-updates' })
    const { id } = await trader.fill()
    await expect.poll(() => trader.events(id)).toHaveLength(6)
    const fills = trader.updates.items.filter(({ event }) => event === 'fill')
    expect(new Set(fills.map(({ executionId }) => executionId)).size).toBe(1)
  })

  test('come out of order, and their timestamps show the right one', async () => {
    market.injectFault({ kind: 'swap-updates', times: 1 })
    const { id } = await trader.fill()
    await expect.poll(() => trader.events(id)).toEqual(['new', 'pending_new', 'fill'])
    const [first, second] = trader.updates.items.map(({ order }) => order.updatedTime ?? '')
    expect((first ?? '') > (second ?? '')).toBe(true)
  })

  test('the last one that is held back comes when faults are cleared', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const { id } = await trader.place()
    await trader.reported(id, 'new')
    market.injectFault({ kind: 'swap-updates' })
    market.injectFault({ kind: 'fill', order: id })
    expect((await trader.client.getOrder(id)).status).toBe('filled')
    expect(trader.events(id)).not.toContain('fill')
    market.clearFaults()
    await trader.reported(id, 'fill')
  })

  test('come half a minute late', async () => {
    market.injectFault({ kind: 'delay-updates', ms: 30_000 })
    const { id } = await trader.fill()
    market.advance(29_000)
    expect((await trader.client.getOrder(id)).status).toBe('filled')
    expect(trader.events(id)).toEqual([])
    market.advance(1000)
    await trader.reported(id, 'fill')
  })

  test('are lost while the stream stays up', async () => {
    market.injectFault({ kind: 'lose-updates', times: 2 })
    const { id } = await trader.fill()
    await trader.reported(id, 'fill')
    expect(trader.events(id)).toEqual(['fill'])
  })

  test('are missed while the stream is down, and orders fill meanwhile', async () => {
    market.injectFault({ kind: 'refuse-trade-stream' })
    const { id } = await trader.fill()
    expect(trader.events(id)).toEqual([])
    market.clearFaults()
    await trader.repairs.count(1)
    const next = await trader.fill()
    await trader.reported(next.id, 'fill')
    expect(trader.events(id)).toEqual([])
  })

  test('continue after only the stream was cut', async () => {
    market.injectFault({ kind: 'drop-trade-stream' })
    await trader.repairs.count(1)
    const { id } = await trader.fill()
    await trader.reported(id, 'fill')
    expect(trader.events(id)).toEqual(['pending_new', 'new', 'fill'])
  })

  test('reach every listener', async () => {
    const other = await DemoTrader.at(market)
    const { id } = await trader.fill()
    await Promise.all([trader.reported(id, 'fill'), other.reported(id, 'fill')])
    expect(other.events(id)).toEqual(['pending_new', 'new', 'fill'])
    expect(trader.events(id)).toEqual(other.events(id))
    await other.leave()
  })
})

describe('when a test says so', () => {
  test('an order is rejected after it was accepted', async () => {
    market.injectFault({ kind: 'reject-order', times: 1 })
    const { id, status } = await trader.place()
    expect(status).toBe('pending_new')
    expect((await trader.reported(id, 'rejected')).order.failedAt).toBe(TUESDAY)
    expect((await trader.client.getPositions()).rows).toEqual([])
  })

  test('an order stays partially filled for as long as the test wants', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const { id } = await trader.place({ clientOrderId: 'mine' })
    await trader.order(id, 'new')
    market.injectFault({ kind: 'fill', order: 'mine', qty: '3', price: '250.25' })
    market.advance(60_000)
    expect(await trader.reported(id, 'partial_fill')).toMatchObject({
      price: expect.objectContaining({ s: 1 }),
      order: { status: 'partially_filled' },
    })
    market.injectFault({ kind: 'fill', order: id, qty: '2', price: '250.50' })
    const order = await trader.client.getOrder(id)
    expect([order.filledQty.toFixed(), order.filledAvgPrice?.toFixed()]).toEqual(['5', '250.35'])
    market.injectFault({ kind: 'release-matching' })
    await trader.order(id, 'filled')
  })

  test('a cancel stays pending, and the order can still fill meanwhile', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const { id } = await trader.place()
    await trader.order(id, 'new')
    market.injectFault({ kind: 'slow-acknowledgement', ms: 5000, times: 1 })
    await trader.client.cancelOrder(id)
    await trader.order(id, 'pending_cancel')
    market.injectFault({ kind: 'fill', order: id })
    market.advance(5000)
    expect((await trader.client.getOrder(id)).status).toBe('filled')
    await trader.reported(id, 'order_cancel_rejected')
  })

  test('impossible fills are rejected', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const { id } = await trader.place()
    expect(() => market.injectFault({ kind: 'fill', order: 'nobody' })).toThrow('order not found for nobody')
    expect(() => market.injectFault({ kind: 'fill', order: id, qty: '11' })).toThrow(
      /does not want 11 shares/,
    )
    market.injectFault({ kind: 'fill', order: id })
    expect(() => market.injectFault({ kind: 'fill', order: id })).toThrow(
      'order is already in "filled" state',
    )
  })

  test('an exit is not filled before its entry', async () => {
    market.injectFault({ kind: 'hold-matching' })
    const exits = { takeProfit: { limitPrice: '900' }, stopLoss: { stopPrice: '100' } }
    const { legs } = await trader.place({ orderClass: 'bracket', ...exits })
    expect(() => market.injectFault({ kind: 'fill', order: legs[0]?.id ?? '' })).toThrow(
      /waits for its entry/,
    )
  })

  test('all of it works over HTTP too, from another process', async () => {
    const tell = (path: string, body?: object) => tellControls(market, path, body)
    expect((await tell('/demo/faults', { kind: 'hold-matching' })).status).toBe(200)
    const { id } = await trader.place({ clientOrderId: 'http' })
    expect((await tell('/demo/faults', { kind: 'fill', order: 'http', qty: '4', price: '250' })).status).toBe(
      200,
    )
    expect((await tell('/demo/faults', { kind: 'fill', order: 'nobody' })).status).toBe(404)
    expect(await (await tell('/demo/orders')).json()).toMatchObject([
      { id, clientOrderId: 'http', filledQty: '4' },
    ])
  })
})
