import { expect } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { intentTo } from '../support/order-drafts.ts'
import { startTradingHost } from '../support/trading-child.ts'
import { bought, priceAt, resting, sent } from '../support/trader.ts'
import type { SkippingClock } from '../support/skipping-clock.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { SYMBOLS, test } from '../support/trading-test.ts'

/** How many orders the exchange has for one intent. */
const reached = (market: DemoMarket, intent: string) =>
  market.orders().filter(({ clientOrderId }) => clientOrderId === intent).length

const posts = (market: DemoMarket) => market.sent().rest.byRequest['POST /v2/orders'] ?? 0

const kinds = (session: TradingSession) => session.notices.items.map(({ kind }) => kind)

/** The order's state once enough time has passed for it to be looked up often enough. */
const settled = (session: TradingSession, clock: SkippingClock, id: string) =>
  expect.poll(() => {
    clock.skip(4_000)
    return session.order(id)?.state
  })

const firstProblem = (code: string) => ({ ok: false, error: { problems: [{ code }] } })

test('the answer is lost after the order was accepted: it is found, and never sent again', async ({
  market,
  clock,
  session,
}) => {
  market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const { intent, ...rest } = intentTo()
  expect((await session.trading.submit({ intent, ...rest })).ok).toBe(true)
  await settled(session, clock, intent).toBe('filled')
  expect([reached(market, intent), posts(market)]).toEqual([1, 1])
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test('the answer and all updates are lost: the order is found by its id', async ({
  market,
  clock,
  session,
}) => {
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -4) })
  expect(await session.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'unconfirmed' } })
  expect(kinds(session)).toEqual(['unconfirmed'])
  await settled(session, clock, order.intent).toBe('open')
  expect([reached(market, order.intent), posts(market)]).toEqual([1, 1])
  expect(session.order(order.intent)?.problem).toContain('No reply at first; Alpaca received it once.')
})

test('while an order is unconfirmed, one like it is not sent', async ({ market, session }) => {
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const order = { type: 'limit', limitPrice: priceAt(session, -4) }
  await session.trading.submit(intentTo(order))
  expect(await session.trading.submit(intentTo(order))).toMatchObject(firstProblem('UNCONFIRMED'))
  expect(posts(market)).toBe(1)
})

test('an order that never arrived is proven absent, and may be sent again', async ({
  market,
  clock,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const session = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await session.ready()
  const order = intentTo()
  const held = proxy.hold('POST', '/v2/orders', 'request')
  const answer = session.trading.submit(order)
  await held.reached
  proxy.cut()
  expect(await answer).toMatchObject({ ok: true, value: { state: 'unconfirmed' } })
  await settled(session, clock, order.intent).toBe('never-arrived')
  expect(kinds(session)).toEqual(['unconfirmed', 'never-arrived'])
  expect(session.order(order.intent)?.problem).toContain('Not received by Alpaca')
  expect(market.orders()).toEqual([])
  await session.ready()
  await bought(session)
  expect(market.orders()).toHaveLength(1)
  proxy.close()
})

test('Alpaca answers 500 and has not done it: the order is proven absent', async ({
  market,
  clock,
  session,
}) => {
  market.injectFault({ kind: 'server-error', status: 500, method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo()
  expect(await session.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'unconfirmed' } })
  await settled(session, clock, order.intent).toBe('never-arrived')
  expect([reached(market, order.intent), posts(market)]).toEqual([0, 1])
})

test('a failed lookup proves nothing', async ({ market, clock, session }) => {
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  market.injectFault({ kind: 'server-error', status: 503, method: 'GET', path: '/v2' })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -4) })
  await session.trading.submit(order)
  const looks = () => market.sent().rest.byRequest['GET /v2/orders:by_client_order_id'] ?? 0
  await expect
    .poll(() => {
      clock.skip(15_000)
      return looks()
    })
    .toBeGreaterThan(6)
  expect(session.order(order.intent)?.state).toBe('unconfirmed')
  market.clearFaults()
  await settled(session, clock, order.intent).toBe('open')
})

test('too many requests: the order is not sent, and the message says when to try again', async ({
  market,
  session,
}) => {
  market.injectFault({ kind: 'rate-limit', retryAfter: '7', method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo()
  const answer = await session.trading.submit(order)
  expect(answer).toMatchObject(firstProblem('RATE_LIMIT_EXCEEDED'))
  expect(JSON.stringify(answer)).toContain('7 s')
  expect(session.order(order.intent)?.state).toBe('rejected')
  expect([reached(market, order.intent), posts(market)]).toEqual([0, 1])
})

test('another program spent the buying power: Alpaca’s rejection is shown in our form', async ({
  market,
  session,
}) => {
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  const { buyingPower } = await elsewhere.getAccount()
  const limitPrice = priceAt(session, -4, 'MSFT')
  await elsewhere.placeOrder({
    symbol: 'MSFT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    limitPrice,
    qty: (buyingPower ?? session.mid('MSFT')).minus(500).div(limitPrice).floor(),
    clientOrderId: 'spends-it-all',
  })
  const order = intentTo({ quantity: '40' })
  const answer = await session.trading.submit(order)
  expect(answer).toMatchObject(firstProblem('BUYING_POWER_EXCEEDED'))
  expect(session.order(order.intent)).toMatchObject({ state: 'rejected' })
  expect(session.order(order.intent)?.problem).toContain('Insufficient buying power')
  expect(kinds(session)).toEqual(['rejected'])
})

test('the exchange already has this intent: it is adopted, not sent twice', async ({ market, session }) => {
  market.injectFault({ kind: 'lose-updates' })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -4) })
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  await elsewhere.placeOrder({
    symbol: 'AAPL',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    limitPrice: priceAt(session, -4),
    qty: '10',
    clientOrderId: order.intent,
  })
  expect(await session.trading.submit(order)).toMatchObject({ ok: true, value: { id: order.intent } })
  expect(reached(market, order.intent)).toBe(1)
})

test('the network is gone: the order is not sent, and nothing is unconfirmed', async ({
  market,
  session,
}) => {
  market.injectFault({ kind: 'unreachable' })
  const order = intentTo()
  expect(await session.trading.submit(order)).toMatchObject(firstProblem('NOT_CONNECTED'))
  expect(session.order(order.intent)?.state).toBe('never-arrived')
  expect(kinds(session)).toEqual(['never-arrived'])
  expect(market.orders()).toEqual([])
})

test('an order is rejected after it was accepted', async ({ market, session }) => {
  market.injectFault({ kind: 'reject-order', times: 1 })
  const id = await sent(session)
  expect((await session.until(id, 'rejected')).problem).toContain('Rejected after it was accepted')
  expect(kinds(session)).toEqual(['rejected'])
})

test('the updates overtake the answer', async ({ market, session }) => {
  market.injectFault({ kind: 'delay-answer', ms: 300, method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo()
  const answer = session.trading.submit(order)
  await session.until(order.intent, 'filled')
  expect(await answer).toMatchObject({ ok: true, value: { state: 'filled', filledQuantity: '10' } })
  expect(session.snapshot().fills).toHaveLength(1)
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test.for([
  { kind: 'duplicate-updates' },
  { kind: 'swap-updates' },
  { kind: 'delay-updates', ms: 400 },
] as const)('$kind: fills count once, and none is lost', async (fault, { market, session }) => {
  market.injectFault({ kind: 'hold-matching' })
  market.injectFault(fault)
  const id = await sent(session)
  for (const qty of ['2', '3', '5']) market.injectFault({ kind: 'fill', order: id, qty })
  market.injectFault({ kind: 'release-matching' })
  await sent(session, { symbol: 'MSFT' }) // whose updates push out the swapped ones
  await session.until(id, 'filled')
  await session.when(({ fills }) => fills.some(({ symbol }) => symbol === 'MSFT'))
  const { fills, positions } = session.snapshot()
  const aapl = fills.filter(({ orderId }) => orderId === id)
  expect(aapl.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(10)
  expect(positions).toMatchObject([{ quantity: '10' }, { quantity: '10' }])
})

test('updates are lost although the stream is up: the minute’s reconciliation finds the fill', async ({
  market,
  clock,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'fill', order: id })
  clock.skip(60_000)
  await session.until(id, 'filled')
  await session.when(({ reconciliation }) => reconciliation.state === 'agreed')
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test('orders fill while the stream of updates is down: entries wait, and all is known once it is up', async ({
  market,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'refuse-trade-stream' })
  await session.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'disconnected'))
  expect(await session.trading.submit(intentTo())).toMatchObject(firstProblem('NOT_CONNECTED'))
  market.injectFault({ kind: 'fill', order: id })
  market.clearFaults()
  await session.until(id, 'filled')
  await session.ready()
  await bought(session, { symbol: 'MSFT' })
})

test('Enter held down, or the same order from two windows, is one order', async ({ market, session }) => {
  const order = intentTo()
  const answers = await Promise.all(Array.from({ length: 50 }, async () => session.trading.submit(order)))
  expect(answers.every(({ ok }) => ok)).toBe(true)
  await session.until(order.intent, 'filled')
  expect(await session.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'filled' } })
  expect([reached(market, order.intent), posts(market)]).toEqual([1, 1])
})

test('two simultaneous orders cannot spend the same buying power', async ({ market, session }) => {
  await session.trading.setLimits({
    notionalMostPercent: 400,
    notionalMostDollars: 10_000_000,
    concentrationMostPercent: 600,
  })
  const { account } = session.snapshot()
  const limitPrice = priceAt(session, -1)
  const quantity = String(Math.floor((Number(account?.buyingPower) * 0.6) / Number(limitPrice)))
  const order = { type: 'limit', limitPrice, quantity }
  const answers = await Promise.all([
    session.trading.submit(intentTo(order)),
    session.trading.submit(intentTo(order)),
  ])
  expect(answers[0]).toMatchObject({ ok: true })
  expect(answers[1]).toMatchObject(firstProblem('BUYING_POWER_EXCEEDED'))
  expect(posts(market)).toBe(1)
})

test('the network is gone for ten minutes while orders fill and end: all of it is known afterward', async ({
  market,
  clock,
  session,
}) => {
  const [filledQuantity, partly] = [await resting(session), await resting(session, { symbol: 'MSFT' })]
  market.injectFault({ kind: 'unreachable' })
  await session.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'disconnected'))
  market.injectFault({ kind: 'fill', order: filledQuantity })
  market.injectFault({ kind: 'fill', order: partly, qty: '4' })
  clock.skip(10 * 60_000)
  expect(await session.trading.submit(intentTo())).toMatchObject({ ok: false })
  await session.when(({ reconciliation }) => reconciliation.state === 'failed')
  market.clearFaults()
  await session.until(filledQuantity, 'filled')
  expect(await session.until(partly, 'partially-filled')).toMatchObject({ filledQuantity: '4' })
  await session.ready()
  expect(session.snapshot()).toMatchObject({
    reconciliation: { state: 'agreed' },
    positions: [{ quantity: '10' }, { quantity: '4' }],
  })
})

test.for([60_000, -60_000])(
  'the machine’s clock is off by %i ms: an order is sent, filled and reconciled anyway',
  async (offMs, { market, dataDir, clock }) => {
    const clockAheadMs = clock.aheadMs + offMs
    const { environment } = market
    const host = await startTradingHost({ environment, dataDir, symbols: SYMBOLS, clockAheadMs })
    const { intent, ...order } = intentTo()
    expect(await host.ask('submit', { intent, ...order })).toMatchObject({ ok: true })
    await host.when(({ orders }) => orders.some(({ id, state }) => id === intent && state === 'filled'))
    const exit = { ...intentTo({ side: 'sell', type: 'limit', limitPrice: '900' }) }
    expect(await host.ask('submit', exit)).toMatchObject({ ok: true })
    expect(await host.ask('reconcile', undefined)).toMatchObject({
      ok: true,
      value: { reconciliation: { state: 'agreed' } },
    })
    expect(reached(market, intent)).toBe(1)
    await host.kill()
  },
)
