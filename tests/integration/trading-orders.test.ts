import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import type { OrderChange } from '../../src/shared/trading/order.ts'
import { quantity, stockSymbol } from '../../src/shared/units.ts'
import { YES } from '../support/order-drafts.ts'
import { bought, priceAt, resting, sent } from '../support/trader.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { test } from '../support/trading-test.ts'

const AAPL = stockSymbol.parse('AAPL')

const changed = (orderId: string, change: OrderChange, intent = randomUUID()) => ({
  intent,
  orderId,
  change,
  accepted: [...YES],
})

const orderAt = (market: DemoMarket, id: string) =>
  market.orders().find(({ clientOrderId }) => clientOrderId === id)

test('a limit order rests, fills in parts, and each part is reported once', async ({ market, session }) => {
  const id = await resting(session)
  market.injectFault({ kind: 'fill', order: id, qty: '3', price: '50.10' })
  await session.until(id, 'partially-filled')
  market.injectFault({ kind: 'fill', order: id, qty: '7', price: '50.20' })
  expect(await session.until(id, 'filled')).toMatchObject({ filledQuantity: '10', averageFillPrice: '50.17' })
  const { positions, fills } = session.snapshot()
  expect(positions).toMatchObject([{ quantity: '10', averagePrice: '50.17' }])
  expect(fills.map((fill) => [fill.quantity, fill.price])).toEqual([
    ['7', '50.2'],
    ['3', '50.1'],
  ])
  expect(session.notices.items.map(({ kind }) => kind)).toEqual(['partially-filled', 'filled'])
})

test('an order is canceled, and what was filled of it stays', async ({ market, session }) => {
  const id = await resting(session)
  market.injectFault({ kind: 'fill', order: id, qty: '4' })
  await session.until(id, 'partially-filled')
  expect(await session.trading.cancel(id)).toMatchObject({ ok: true })
  const order = await session.until(id, 'canceled')
  expect(order.filledQuantity).toBe('4')
  expect(session.snapshot().positions).toMatchObject([{ quantity: '4' }])
  expect(await session.trading.cancel(id)).toMatchObject({ ok: true, value: { state: 'canceled' } })
  const cancels = Object.keys(market.sent().rest.byRequest).filter((asked) => asked.startsWith('DELETE'))
  expect(cancels).toEqual([`DELETE /v2/orders/${order.exchangeId}`])
})

test('price and quantity are changed: a new order replaces the old one', async ({ market, session }) => {
  const id = await resting(session)
  const limitPrice = priceAt(session, -3)
  const change = changed(id, { limitPrice, quantity: quantity.parse('6') })
  expect(await session.trading.replace(change)).toMatchObject({ ok: true })
  expect(await session.until(id, 'replaced')).toMatchObject({ replacedBy: change.intent })
  const replacement = await session.until(change.intent, 'open')
  expect(replacement).toMatchObject({ replaces: id, limitPrice, quantity: '6', origin: 'signal' })
  expect(orderAt(market, change.intent)).toMatchObject({ qty: '6', limitPrice })
})

test('the price of a partially filled order is changed: ten shares are bought in all, not thirteen', async ({
  market,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'fill', order: id, qty: '3' })
  await session.until(id, 'partially-filled')
  const change = changed(id, { limitPrice: priceAt(session, -3) })
  expect(await session.trading.replace(change)).toMatchObject({ ok: true })
  await session.until(id, 'replaced')
  expect(await session.until(change.intent, 'open')).toMatchObject({ quantity: '7' })
  market.injectFault({ kind: 'fill', order: change.intent })
  await session.until(change.intent, 'filled')
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test('a new quantity of a partially filled order includes what is already filled', async ({
  market,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'fill', order: id, qty: '3' })
  await session.until(id, 'partially-filled')
  const change = changed(id, { quantity: quantity.parse('5') })
  await session.trading.replace(change)
  expect(await session.until(change.intent, 'open')).toMatchObject({ quantity: '2' })
  expect(orderAt(market, change.intent)?.qty).toBe('2')
})

test('an order that fills while it is changed stays filled, and the change is rejected', async ({
  market,
  session,
}) => {
  const id = await resting(session)
  market.injectFault({ kind: 'slow-acknowledgement', ms: 300, times: 1 })
  const change = changed(id, { limitPrice: priceAt(session, -3) })
  await session.trading.replace(change)
  market.injectFault({ kind: 'fill', order: id })
  expect(await session.until(id, 'filled')).toMatchObject({ filledQuantity: '10' })
  expect(await session.until(change.intent, 'rejected')).toMatchObject({ filledQuantity: '0', replaces: id })
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

/** A bracket around the market: the entry rests below it. */
async function bracket(session: TradingSession) {
  const id = await resting(session, {
    orderClass: 'bracket',
    takeProfit: { limitPrice: priceAt(session, 4) },
    stopLoss: { stopPrice: priceAt(session, -8) },
  })
  const shown = await session.when(({ orders }) => orders.filter((leg) => leg.parentId === id).length === 2)
  const leg = (which: string) =>
    shown.orders.find((one) => one.parentId === id && one.leg === which)?.id ?? ''
  return { id, target: leg('take-profit'), stop: leg('stop-loss') }
}

test('a bracket’s exits wait for its entry; once it is filled, the target fills and the stop is canceled', async ({
  market,
  session,
}) => {
  const { id, target, stop } = await bracket(session)
  expect([session.order(target)?.state, session.order(stop)?.state]).toEqual(['held', 'held'])
  expect(session.order(target)).toMatchObject({ origin: 'signal', side: 'sell' })
  market.injectFault({ kind: 'fill', order: id })
  await session.until(target, 'open')
  market.injectFault({ kind: 'fill', order: target })
  await session.until(target, 'filled')
  await session.until(stop, 'canceled')
  expect(session.snapshot().positions).toEqual([])
})

test('a bracket’s stop fills in parts, and the target is canceled', async ({ market, session }) => {
  const { id, target, stop } = await bracket(session)
  market.injectFault({ kind: 'fill', order: id })
  await session.until(target, 'open')
  market.injectFault({ kind: 'fill', order: stop, qty: '4', price: '46' })
  await session.until(stop, 'partially-filled')
  market.injectFault({ kind: 'fill', order: stop, price: '45.9' })
  await session.until(stop, 'filled')
  await session.until(target, 'canceled')
  expect(session.snapshot().positions).toEqual([])
})

test('the entry of a bracket is canceled, and its exits with it', async ({ market, session }) => {
  const { id, target, stop } = await bracket(session)
  await session.trading.cancel(id)
  await session.until(id, 'canceled')
  await session.until(target, 'canceled')
  await session.until(stop, 'canceled')
  expect(market.orders().map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled'])
})

test('the target of a bracket is moved', async ({ market, session }) => {
  const { id, target, stop } = await bracket(session)
  market.injectFault({ kind: 'fill', order: id })
  await session.until(target, 'open')
  const change = changed(target, { limitPrice: priceAt(session, 3) })
  expect(await session.trading.replace(change)).toMatchObject({ ok: true })
  await session.until(target, 'replaced')
  expect(await session.until(change.intent, 'open')).toMatchObject({ parentId: id, leg: 'take-profit' })
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
  market.injectFault({ kind: 'fill', order: change.intent })
  await session.until(stop, 'canceled')
  expect(session.snapshot().positions).toEqual([])
})

test('an OCO guards a position: its stop ends when its target fills', async ({ market, session }) => {
  await bought(session)
  const id = await sent(session, {
    side: 'sell',
    type: 'limit',
    orderClass: 'oco',
    takeProfit: { limitPrice: priceAt(session, 4) },
    stopLoss: { stopPrice: priceAt(session, -4) },
  })
  const shown = await session.when(({ orders }) => orders.some(({ parentId }) => parentId === id))
  const stop = shown.orders.find(({ parentId }) => parentId === id)
  expect(stop).toMatchObject({ leg: 'stop-loss', type: 'stop' })
  market.injectFault({ kind: 'fill', order: id })
  await session.until(id, 'filled')
  await session.until(stop?.id ?? '', 'canceled')
  expect(session.snapshot().positions).toEqual([])
})

test('an OTO brings its stop along', async ({ market, session }) => {
  const id = await resting(session, { orderClass: 'oto', stopLoss: { stopPrice: priceAt(session, -8) } })
  market.injectFault({ kind: 'fill', order: id })
  await session.until(id, 'filled')
  const stop = session.snapshot().orders.find(({ parentId }) => parentId === id)
  await session.until(stop?.id ?? '', 'open')
  expect(session.order(stop?.id ?? '')).toMatchObject({ leg: 'stop-loss', side: 'sell', quantity: '10' })
})

test('a trailing stop sells when the price falls back', async ({ market, session }) => {
  await bought(session)
  const id = await sent(session, { side: 'sell', type: 'trailing_stop', trailPercent: '3' })
  await session.until(id, 'open')
  market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: -4 })
  expect(await session.until(id, 'filled')).toMatchObject({ trailPercent: '3', filledQuantity: '10' })
})

test('dollar amounts and fractional shares are bought', async ({ session }) => {
  const dollars = await sent(session, { quantity: undefined, notional: '100' })
  const part = await sent(session, { quantity: '0.25', symbol: 'MSFT' })
  expect(await session.until(dollars, 'filled')).toMatchObject({ notional: '100' })
  expect(await session.until(part, 'filled')).toMatchObject({ filledQuantity: '0.25' })
  expect(session.snapshot().positions).toHaveLength(2)
  expect((await session.trading.reconcile()).ok).toBe(true)
  expect(session.snapshot().reconciliation).toMatchObject({ state: 'agreed' })
})

test('an order that must fill immediately and does not is canceled, and this is reported', async ({
  session,
}) => {
  const limitPrice = priceAt(session, -4)
  const ioc = await sent(session, { type: 'limit', limitPrice, timeInForce: 'ioc' })
  const fok = await sent(session, { type: 'limit', limitPrice, timeInForce: 'fok' })
  await session.until(ioc, 'canceled')
  await session.until(fok, 'canceled')
  expect(session.notices.items.map(({ kind }) => kind)).toEqual(['canceled', 'canceled'])
})

test('a limit order for extended hours is sent as one', async ({ market, session }) => {
  const id = await resting(session, { extendedHours: true })
  expect(orderAt(market, id)).toMatchObject({ extendedHours: true, timeInForce: 'day' })
})

test('a position whose shares are held by exits is closed: they are canceled first', async ({
  market,
  session,
}) => {
  const { id, target, stop } = await bracket(session)
  market.injectFault({ kind: 'fill', order: id })
  await session.until(target, 'open')
  const intent = randomUUID()
  expect(await session.trading.closePosition({ intent, symbol: AAPL })).toMatchObject({ ok: true })
  await session.until(intent, 'filled')
  await session.until(target, 'canceled')
  await session.until(stop, 'canceled')
  expect(session.snapshot().positions).toEqual([])
})

test('part of a position is closed', async ({ session }) => {
  await bought(session)
  const intent = randomUUID()
  await session.trading.closePosition({ intent, symbol: AAPL, quantity: quantity.parse('4') })
  await session.until(intent, 'filled')
  expect(session.snapshot().positions).toMatchObject([{ quantity: '6' }])
})

test('nothing is sent to close a position that does not exist', async ({ market, session }) => {
  const answer = await session.trading.closePosition({ intent: randomUUID(), symbol: AAPL })
  expect(answer).toMatchObject({ error: { problems: [{ code: 'NO_POSITION' }] } })
  expect(market.orders()).toEqual([])
})

test('flatten cancels all orders and closes all positions, and checks that it worked', async ({
  market,
  session,
}) => {
  await bought(session)
  await bought(session, { symbol: 'MSFT', quantity: '5' })
  await resting(session)
  await resting(session, { symbol: 'MSFT' })
  expect(await session.trading.flatten()).toEqual({
    ok: true,
    value: {
      isFlat: true,
      sentence: 'Canceled 2 orders and closed 2 positions. Confirmed flat.',
    },
  })
  expect(session.snapshot().positions).toEqual([])
  expect(market.orders().every(({ status }) => status === 'filled' || status === 'canceled')).toBe(true)
  expect(await session.trading.flatten()).toMatchObject({ ok: true, value: { isFlat: true } })
})

test('all of a symbol’s orders are canceled, then all others', async ({ session }) => {
  const [first, second] = [await resting(session), await resting(session, { quantity: '11' })]
  const other = await resting(session, { symbol: 'MSFT' })
  expect(await session.trading.cancelAll({ symbol: AAPL })).toEqual({
    ok: true,
    value: { canceled: 2, unanswered: [] },
  })
  await session.until(first, 'canceled')
  await session.until(second, 'canceled')
  expect(session.order(other)?.state).toBe('open')
  expect(await session.trading.cancelAll({})).toEqual({ ok: true, value: { canceled: 1, unanswered: [] } })
  await session.until(other, 'canceled')
})

test('orders and fills of another program are shown as external', async ({ market, session }) => {
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  await elsewhere.placeOrder({
    symbol: 'MSFT',
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    qty: '2',
    clientOrderId: 'of-another-program',
  })
  const order = await session.until('of-another-program', 'filled')
  expect(order).toMatchObject({ origin: 'external', filledQuantity: '2' })
  expect(session.snapshot().positions).toMatchObject([{ symbol: 'MSFT', quantity: '2' }])
})

/** What must be the same after a restart; prices and times move on. */
function kept(session: TradingSession) {
  const { orders, fills, positions, limits } = session.snapshot()
  return {
    orders,
    fills,
    limits,
    positions: positions.map(({ symbol, quantity: held, averagePrice }) => ({ symbol, held, averagePrice })),
  }
}

test('after a restart everything is as it was, folded from the log or from a snapshot', async ({
  market,
  clock,
  session,
  open,
}) => {
  const { id, target } = await bracket(session)
  market.injectFault({ kind: 'fill', order: id, qty: '3' })
  market.injectFault({ kind: 'fill', order: id })
  await session.until(target, 'open')
  await bought(session, { symbol: 'MSFT', quantity: '0.5' })
  const rest = await resting(session, { symbol: 'MSFT' })
  await session.trading.cancel(rest)
  await session.until(rest, 'canceled')
  await session.trading.setLimits({ mostShares: 77 })
  const before = kept(session)
  await session.close()

  const again = open()
  await again.ready()
  expect(kept(again)).toEqual(before)
  clock.skip(60_000) // the minute when a snapshot is saved
  const taken = async () => {
    const read = await again.modeStorage.eventLog.values.read({ name: 'account-state:demo' })
    return read.ok && read.value !== undefined
  }
  await expect.poll(taken).toBe(true)
  await again.close()

  const third = open()
  await third.ready()
  expect(kept(third)).toEqual(before)
  expect(third.events.items.map(({ type }) => type)).toEqual(['Reconciled'])
})
