import { expect } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { intentTo } from '../support/order-drafts.ts'
import { startTradingHost } from '../support/trading-child.ts'
import { bought, priceAt, resting, sent } from '../support/trader.ts'
import type { SkippingClock } from '../support/skipping-clock.ts'
import type { TradingDesk } from '../support/trading-desk.ts'
import { SYMBOLS, test } from '../support/trading-test.ts'

/** How many orders the exchange has of one intent. */
const reached = (market: DemoMarket, intent: string) =>
  market.orders().filter(({ clientOrderId }) => clientOrderId === intent).length

const posts = (market: DemoMarket) => market.sent().rest.byRequest['POST /v2/orders'] ?? 0

const kinds = (desk: TradingDesk) => desk.notices.items.map(({ kind }) => kind)

/** Time goes on until the order is looked for often enough. */
const settled = (desk: TradingDesk, clock: SkippingClock, id: string) =>
  expect.poll(
    () => {
      clock.skip(4_000)
      return desk.order(id)?.state
    },
    { timeout: 10_000 },
  )

const firstProblem = (code: string) => ({ ok: false, error: { problems: [{ code }] } })

test('the answer is lost after the order was taken: it is found, and never sent again', async ({
  market,
  clock,
  desk,
}) => {
  market.misbehave({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const { intent, ...rest } = intentTo()
  expect((await desk.trading.submit({ intent, ...rest })).ok).toBe(true)
  await settled(desk, clock, intent).toBe('filled')
  expect([reached(market, intent), posts(market)]).toEqual([1, 1])
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test('the answer and all updates are lost: the order is found by its id', async ({ market, clock, desk }) => {
  market.misbehave({ kind: 'lose-updates' })
  market.misbehave({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(desk, -4) })
  expect(await desk.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'unknown' } })
  expect(kinds(desk)).toEqual(['unknown'])
  await settled(desk, clock, order.intent).toBe('working')
  expect([reached(market, order.intent), posts(market)]).toEqual([1, 1])
  expect(desk.order(order.intent)?.problem).toContain('No answer had come, but the exchange')
})

test('while it is not known whether an order arrived, its like is not sent', async ({ market, desk }) => {
  market.misbehave({ kind: 'lose-updates' })
  market.misbehave({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  const order = { type: 'limit', limitPrice: priceAt(desk, -4) }
  await desk.trading.submit(intentTo(order))
  expect(await desk.trading.submit(intentTo(order))).toMatchObject(firstProblem('OUTCOME_UNKNOWN'))
  expect(posts(market)).toBe(1)
})

test('an order that never arrived is proven absent, and may be sent again', async ({
  market,
  clock,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const desk = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await desk.ready()
  const order = intentTo()
  const held = proxy.hold('POST', '/v2/orders', 'request')
  const answer = desk.trading.submit(order)
  await held.reached
  proxy.cut()
  expect(await answer).toMatchObject({ ok: true, value: { state: 'unknown' } })
  await settled(desk, clock, order.intent).toBe('not-sent')
  expect(kinds(desk)).toEqual(['unknown', 'not-sent'])
  expect(desk.order(order.intent)?.problem).toContain('never reached the exchange')
  expect(market.orders()).toEqual([])
  await desk.ready()
  await bought(desk)
  expect(market.orders()).toHaveLength(1)
  proxy.close()
})

test('Alpaca answers 500 and has not done it: the order is proven absent', async ({
  market,
  clock,
  desk,
}) => {
  market.misbehave({ kind: 'server-error', status: 500, method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo()
  expect(await desk.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'unknown' } })
  await settled(desk, clock, order.intent).toBe('not-sent')
  expect([reached(market, order.intent), posts(market)]).toEqual([0, 1])
})

test('a look that fails proves nothing', async ({ market, clock, desk }) => {
  market.misbehave({ kind: 'lose-updates' })
  market.misbehave({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
  market.misbehave({ kind: 'server-error', status: 503, method: 'GET', path: '/v2' })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(desk, -4) })
  await desk.trading.submit(order)
  const looks = () => market.sent().rest.byRequest['GET /v2/orders:by_client_order_id'] ?? 0
  await expect
    .poll(
      () => {
        clock.skip(15_000)
        return looks()
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThan(6)
  expect(desk.order(order.intent)?.state).toBe('unknown')
  market.behave()
  await settled(desk, clock, order.intent).toBe('working')
})

test('too many requests: the order is not sent, and the trader told when to try again', async ({
  market,
  desk,
}) => {
  market.misbehave({ kind: 'rate-limit', retryAfter: '7', method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo()
  const answer = await desk.trading.submit(order)
  expect(answer).toMatchObject(firstProblem('RATE_LIMIT_EXCEEDED'))
  expect(JSON.stringify(answer)).toContain('7 s')
  expect(desk.order(order.intent)?.state).toBe('rejected')
  expect([reached(market, order.intent), posts(market)]).toEqual([0, 1])
})

test('another program spent the buying power: Alpaca’s refusal has our form', async ({ market, desk }) => {
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  const { buyingPower } = await elsewhere.getAccount()
  const limitPrice = priceAt(desk, -4, 'MSFT')
  await elsewhere.placeOrder({
    symbol: 'MSFT',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    limitPrice,
    qty: (buyingPower ?? desk.mid('MSFT')).minus(500).div(limitPrice).floor(),
    clientOrderId: 'spends-it-all',
  })
  const order = intentTo({ quantity: '40' })
  const answer = await desk.trading.submit(order)
  expect(answer).toMatchObject(firstProblem('BUYING_POWER_EXCEEDED'))
  expect(desk.order(order.intent)).toMatchObject({ state: 'rejected' })
  expect(desk.order(order.intent)?.problem).toContain('too little buying power')
  expect(kinds(desk)).toEqual(['rejected'])
})

test('the exchange has this intent already: it is taken over, not sent twice', async ({ market, desk }) => {
  market.misbehave({ kind: 'lose-updates' })
  const order = intentTo({ type: 'limit', limitPrice: priceAt(desk, -4) })
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  await elsewhere.placeOrder({
    symbol: 'AAPL',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    limitPrice: priceAt(desk, -4),
    qty: '10',
    clientOrderId: order.intent,
  })
  expect(await desk.trading.submit(order)).toMatchObject({ ok: true, value: { id: order.intent } })
  expect(reached(market, order.intent)).toBe(1)
})

test('the network is gone: the order is not sent, and nothing is unknown', async ({ market, desk }) => {
  market.misbehave({ kind: 'unreachable' })
  const order = intentTo()
  expect(await desk.trading.submit(order)).toMatchObject(firstProblem('NOT_CONNECTED'))
  expect(desk.order(order.intent)?.state).toBe('not-sent')
  expect(kinds(desk)).toEqual(['not-sent'])
  expect(market.orders()).toEqual([])
})

test('an order is rejected after it was accepted', async ({ market, desk }) => {
  market.misbehave({ kind: 'reject-order', times: 1 })
  const id = await sent(desk)
  expect((await desk.until(id, 'rejected')).problem).toContain('rejected it after it was accepted')
  expect(kinds(desk)).toEqual(['rejected'])
})

test('the updates overtake the answer', async ({ market, desk }) => {
  market.misbehave({ kind: 'delay-answer', ms: 300, method: 'POST', path: '/v2/orders', times: 1 })
  const order = intentTo()
  const answer = desk.trading.submit(order)
  await desk.until(order.intent, 'filled')
  expect(await answer).toMatchObject({ ok: true, value: { state: 'filled', filledQuantity: '10' } })
  expect(desk.snapshot().fills).toHaveLength(1)
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test.for([
  { kind: 'duplicate-updates' },
  { kind: 'swap-updates' },
  { kind: 'delay-updates', ms: 400 },
] as const)('$kind: fills count once, and none is lost', async (fault, { market, desk }) => {
  market.misbehave({ kind: 'hold-matching' })
  market.misbehave(fault)
  const id = await sent(desk)
  for (const qty of ['2', '3', '5']) market.misbehave({ kind: 'fill', order: id, qty })
  market.misbehave({ kind: 'release-matching' })
  await sent(desk, { symbol: 'MSFT' }) // whose updates push out what is swapped
  await desk.until(id, 'filled')
  await desk.when(({ fills }) => fills.some(({ symbol }) => symbol === 'MSFT'))
  const { fills, positions } = desk.snapshot()
  const aapl = fills.filter(({ orderId }) => orderId === id)
  expect(aapl.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(10)
  expect(positions).toMatchObject([{ quantity: '10' }, { quantity: '10' }])
})

test('updates are lost though the stream is up: the comparison of the minute finds the fill', async ({
  market,
  clock,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'lose-updates' })
  market.misbehave({ kind: 'fill', order: id })
  clock.skip(60_000)
  await desk.until(id, 'filled')
  await desk.when(({ reconciliation }) => reconciliation.state === 'agreed')
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test('orders fill while the stream of updates is down: entries wait, and all is known once it is up', async ({
  market,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'refuse-trade-stream' })
  await desk.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'disconnected'))
  expect(await desk.trading.submit(intentTo())).toMatchObject(firstProblem('NOT_CONNECTED'))
  market.misbehave({ kind: 'fill', order: id })
  market.behave()
  await desk.until(id, 'filled')
  await desk.ready()
  await bought(desk, { symbol: 'MSFT' })
})

test('Enter held down, or the same order from two windows, is one order', async ({ market, desk }) => {
  const order = intentTo()
  const answers = await Promise.all(Array.from({ length: 50 }, async () => desk.trading.submit(order)))
  expect(answers.every(({ ok }) => ok)).toBe(true)
  await desk.until(order.intent, 'filled')
  expect(await desk.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'filled' } })
  expect([reached(market, order.intent), posts(market)]).toEqual([1, 1])
})

test('two orders at once cannot spend the same buying power', async ({ market, desk }) => {
  await desk.trading.setLimits({
    notionalMostPercent: 400,
    notionalMostDollars: 10_000_000,
    concentrationMostPercent: 600,
  })
  const { account } = desk.snapshot()
  const limitPrice = priceAt(desk, -1)
  const quantity = String(Math.floor((Number(account?.buyingPower) * 0.6) / Number(limitPrice)))
  const order = { type: 'limit', limitPrice, quantity }
  const answers = await Promise.all([
    desk.trading.submit(intentTo(order)),
    desk.trading.submit(intentTo(order)),
  ])
  expect(answers[0]).toMatchObject({ ok: true })
  expect(answers[1]).toMatchObject(firstProblem('BUYING_POWER_EXCEEDED'))
  expect(posts(market)).toBe(1)
})

test('the network is gone for ten minutes while orders fill and end: all of it is known afterwards', async ({
  market,
  clock,
  desk,
}) => {
  const [filled, partly] = [await resting(desk), await resting(desk, { symbol: 'MSFT' })]
  market.misbehave({ kind: 'unreachable' })
  await desk.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'disconnected'))
  market.misbehave({ kind: 'fill', order: filled })
  market.misbehave({ kind: 'fill', order: partly, qty: '4' })
  clock.skip(10 * 60_000)
  expect(await desk.trading.submit(intentTo())).toMatchObject({ ok: false })
  await desk.when(({ reconciliation }) => reconciliation.state === 'failed')
  market.behave()
  await desk.until(filled, 'filled')
  expect(await desk.until(partly, 'partially-filled')).toMatchObject({ filledQuantity: '4' })
  await desk.ready()
  expect(desk.snapshot()).toMatchObject({
    reconciliation: { state: 'agreed' },
    positions: [{ quantity: '10' }, { quantity: '4' }],
  })
})

test.for([60_000, -60_000])(
  'the machine’s clock is off by %i ms: an order is sent, filled and agreed upon all the same',
  async (clockAheadMs, { market, dataDir }) => {
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
