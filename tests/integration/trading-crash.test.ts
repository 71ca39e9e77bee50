import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { price, stockSymbol } from '../../src/shared/units.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { intentTo, YES } from '../support/order-drafts.ts'
import type { SkippingClock } from '../support/skipping-clock.ts'
import { startTradingHost, type TradingHost } from '../support/trading-child.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { SYMBOLS, test as base } from '../support/trading-test.ts'

/** The part of main that is killed, with a proxy in front of the market that can hold what it sends. */
interface Crashing {
  readonly proxy: Awaited<ReturnType<typeof holdingProxy>>
  readonly host: TradingHost
}

const test = base.extend<Crashing>({
  proxy: async ({ market }, run) => {
    const proxy = await holdingProxy(market.urls.baseUrl)
    await run(proxy)
    proxy.close()
  },
  host: async ({ market, proxy, dataDir, clock }, run) => {
    const environment = { ...market.environment, ALPACA_BASE_URL: proxy.url }
    const host = await startTradingHost({
      environment,
      dataDir,
      symbols: SYMBOLS,
      clockAheadMs: clock.aheadMs,
    })
    await run(host)
    await host.kill()
  },
})

const atExchange = (market: DemoMarket, intent: string) =>
  market
    .orders()
    .filter(({ clientOrderId }) => clientOrderId === intent)
    .map(({ status }) => status)

/** The order's state once enough time has passed to settle anything pending. */
const settled = (session: TradingSession, clock: SkippingClock, id: string) =>
  expect.poll(() => {
    clock.skip(4_000)
    return session.order(id)?.state
  })

/** A limit order to buy, far enough from the market that it rests. */
const far = () => intentTo({ type: 'limit', limitPrice: '1.00' })

async function restingOrder(host: TradingHost): Promise<string> {
  const order = far()
  await host.ask('submit', order)
  await host.when(({ orders }) => orders.some(({ id, state }) => id === order.intent && state === 'open'))
  return order.intent
}

const kinds = (session: TradingSession) => session.notices.items.map(({ kind }) => kind)

test('killed before the order is written, and the machine with it: the order exists nowhere', async ({
  market,
  host,
  open,
}) => {
  process.kill(host.storagePid, 'SIGSTOP')
  const order = far()
  void host.ask('submit', order)
  await host.ask('snapshot', undefined) // answered after the order was accepted
  await host.killAll()
  const session = open()
  await session.ready()
  expect(session.order(order.intent)).toBeUndefined()
  expect(market.orders()).toEqual([])
})

test('killed while the order is being written: it is there as one that was never sent', async ({
  market,
  clock,
  host,
  open,
}) => {
  process.kill(host.storagePid, 'SIGSTOP')
  const order = far()
  void host.ask('submit', order)
  await host.ask('snapshot', undefined)
  const killed = host.kill()
  process.kill(host.storagePid, 'SIGCONT')
  await killed
  const session = open()
  await session.ready()
  await settled(session, clock, order.intent).toBe('never-arrived')
  expect(market.orders()).toEqual([])
})

test('killed after the order was written and before it was sent: it is looked up, and reported as not sent', async ({
  market,
  clock,
  proxy,
  host,
  open,
}) => {
  const held = proxy.hold('POST', '/v2/orders', 'request')
  const order = far()
  void host.ask('submit', order)
  await held.reached
  await host.kill()
  const session = open()
  await session.ready()
  expect(session.order(order.intent)?.state).toBe('unconfirmed')
  await settled(session, clock, order.intent).toBe('never-arrived')
  expect(kinds(session)).toEqual(['unconfirmed', 'never-arrived'])
  expect(market.orders()).toEqual([])
})

test('killed after the order was sent and before the answer came: it is open, once', async ({
  market,
  proxy,
  host,
  open,
}) => {
  const held = proxy.hold('POST', '/v2/orders', 'answer')
  market.injectFault({ kind: 'lose-updates' })
  const order = far()
  void host.ask('submit', order)
  await held.reached
  await host.kill()
  market.clearFaults()
  const session = open()
  await session.ready()
  await session.until(order.intent, 'open')
  expect(await session.trading.submit(order)).toMatchObject({ ok: true, value: { state: 'open' } })
  expect(atExchange(market, order.intent)).toEqual(['new'])
})

test('killed after the order was sent, which then fills: it is reported as filled', async ({
  market,
  proxy,
  host,
  open,
}) => {
  const held = proxy.hold('POST', '/v2/orders', 'answer')
  const order = far()
  void host.ask('submit', order)
  await held.reached
  await host.kill()
  market.injectFault({ kind: 'fill', order: order.intent, price: '50' })
  const session = open()
  await session.ready()
  expect(await session.until(order.intent, 'filled')).toMatchObject({ filledQuantity: '10' })
  expect(kinds(session)).toEqual(['unconfirmed', 'found', 'filled'])
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10', averagePrice: '50' }])
  expect(atExchange(market, order.intent)).toHaveLength(1)
})

test('killed between partial fills: what filled meanwhile is added, nothing twice', async ({
  market,
  host,
  open,
}) => {
  const id = await restingOrder(host)
  market.injectFault({ kind: 'fill', order: id, qty: '3', price: '50' })
  await host.when(({ fills }) => fills.length === 1)
  await host.kill()
  market.injectFault({ kind: 'fill', order: id, qty: '2', price: '51' })
  market.injectFault({ kind: 'fill', order: id, qty: '4', price: '52' })
  const session = open()
  await session.ready()
  expect(await session.until(id, 'partially-filled')).toMatchObject({ filledQuantity: '9' })
  market.injectFault({ kind: 'fill', order: id, qty: '1', price: '53' })
  expect(await session.until(id, 'filled')).toMatchObject({ averageFillPrice: '51.3' })
  const { fills, positions } = session.snapshot()
  expect(fills.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(10)
  expect(positions).toMatchObject([{ quantity: '10', averagePrice: '51.3' }])
})

test('killed while a cancel waits to be sent: the order stays open, and says that the cancel had no effect', async ({
  market,
  clock,
  proxy,
  host,
  open,
}) => {
  const id = await restingOrder(host)
  const held = proxy.hold('DELETE', '/v2/orders', 'request')
  void host.ask('cancel', id)
  await held.reached
  await host.kill()
  const session = open()
  await session.ready()
  expect(session.order(id)?.state).toBe('pending-cancel')
  await settled(session, clock, id).toBe('open')
  expect(session.order(id)?.problem).toContain('No response from Alpaca in 1 min')
  expect(atExchange(market, id)).toEqual(['new'])
})

test('killed while the answer to a cancel comes: the order is canceled', async ({
  market,
  proxy,
  host,
  open,
}) => {
  const id = await restingOrder(host)
  const held = proxy.hold('DELETE', '/v2/orders', 'answer')
  void host.ask('cancel', id)
  await held.reached
  await host.kill()
  const session = open()
  await session.ready()
  expect((await session.until(id, 'canceled')).filledQuantity).toBe('0')
  expect(atExchange(market, id)).toEqual(['canceled'])
})

const changeOf = (orderId: string) => ({
  intent: randomUUID(),
  orderId,
  change: { limitPrice: price.parse('1.10') },
  accepted: [...YES],
})

test('killed while a change waits to be sent: the old order stays open, the new one was never sent', async ({
  market,
  clock,
  proxy,
  host,
  open,
}) => {
  const id = await restingOrder(host)
  const held = proxy.hold('PATCH', '/v2/orders', 'request')
  const change = changeOf(id)
  void host.ask('replace', change)
  await held.reached
  await host.kill()
  const session = open()
  await session.ready()
  expect(session.order(id)?.state).toBe('pending-replace')
  await settled(session, clock, change.intent).toBe('never-arrived')
  expect(session.order(id)).toMatchObject({ state: 'open', limitPrice: '1.00' })
  expect(market.orders()).toHaveLength(1)
})

test('killed while the answer to a change comes: the new order has replaced the old one', async ({
  market,
  proxy,
  host,
  open,
}) => {
  const id = await restingOrder(host)
  const held = proxy.hold('PATCH', '/v2/orders', 'answer')
  const change = changeOf(id)
  void host.ask('replace', change)
  await held.reached
  await host.kill()
  const session = open()
  await session.ready()
  expect(await session.until(id, 'replaced')).toMatchObject({ replacedBy: change.intent })
  expect(await session.until(change.intent, 'open')).toMatchObject({ limitPrice: '1.10', replaces: id })
  expect(market.orders()).toHaveLength(2)
})

const AAPL = stockSymbol.parse('AAPL')

/** Buys ten shares through the process that is killed, and begins to reverse them. */
async function reversing(host: TradingHost) {
  const entry = intentTo()
  await host.ask('submit', entry)
  await host.when(({ positions }) => positions.length === 1)
  return { intent: randomUUID(), symbol: AAPL, accepted: [...YES] }
}

const salesAt = (market: DemoMarket) =>
  market.orders().flatMap(({ side, status }) => (side === 'sell' ? [status] : []))

test('killed while a reverse waits for its close: the position is closed, the opposite one is not opened, and that is told', async ({
  market,
  clock,
  proxy,
  host,
  open,
}) => {
  const request = await reversing(host)
  const held = proxy.hold('POST', '/v2/orders', 'answer')
  void host.ask('reverse', request)
  await held.reached
  await host.kill()
  const session = open()
  await session.ready()
  await settled(session, clock, request.intent).toBe('denied')
  expect(session.snapshot().positions).toEqual([])
  expect(salesAt(market)).toEqual(['filled'])
  expect(session.notices.items.filter(({ kind }) => kind === 'not-reversed')).toMatchObject([
    { title: 'AAPL closed; reverse not completed' },
  ])
  clock.skip(120_000)
  await session.ready()
  expect(salesAt(market)).toEqual(['filled'])
})

test('killed before the opposite order of a reverse is sent: it is reported as not sent, and never sent', async ({
  market,
  clock,
  proxy,
  host,
  open,
}) => {
  const request = await reversing(host)
  const closing = proxy.hold('POST', '/v2/orders', 'answer')
  void host.ask('reverse', request)
  await closing.reached
  const opening = proxy.hold('POST', '/v2/orders', 'request')
  closing.release()
  await opening.reached
  await host.kill()
  const session = open()
  await session.ready()
  await settled(session, clock, request.intent).toBe('never-arrived')
  expect(salesAt(market)).toEqual(['filled'])
  expect(kinds(session)).not.toContain('not-reversed')
})
