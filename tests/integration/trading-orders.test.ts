import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import type { OrderChange } from '../../src/shared/trading/order.ts'
import { quantity, stockSymbol } from '../../src/shared/units.ts'
import { YES } from '../support/order-drafts.ts'
import { bought, priceAt, resting, sent } from '../support/trader.ts'
import type { TradingDesk } from '../support/trading-desk.ts'
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

test('a limit order rests, is filled in parts, and each part is told once', async ({ market, desk }) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'fill', order: id, qty: '3', price: '50.10' })
  await desk.until(id, 'partially-filled')
  market.misbehave({ kind: 'fill', order: id, qty: '7', price: '50.20' })
  expect(await desk.until(id, 'filled')).toMatchObject({ filledQuantity: '10', averageFillPrice: '50.17' })
  const { positions, fills } = desk.snapshot()
  expect(positions).toMatchObject([{ quantity: '10', averagePrice: '50.17', available: '10' }])
  expect(fills.map((fill) => [fill.quantity, fill.price])).toEqual([
    ['7', '50.2'],
    ['3', '50.1'],
  ])
  expect(desk.notices.items.map(({ kind }) => kind)).toEqual(['partially-filled', 'filled'])
})

test('an order is canceled, and what was filled of it stays', async ({ market, desk }) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'fill', order: id, qty: '4' })
  await desk.until(id, 'partially-filled')
  expect(await desk.trading.cancel(id)).toMatchObject({ ok: true })
  const order = await desk.until(id, 'canceled')
  expect(order.filledQuantity).toBe('4')
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '4' }])
  expect(await desk.trading.cancel(id)).toMatchObject({ ok: true, value: { state: 'canceled' } })
  const cancels = Object.keys(market.sent().rest.byRequest).filter((asked) => asked.startsWith('DELETE'))
  expect(cancels).toEqual([`DELETE /v2/orders/${order.exchangeId}`])
})

test('price and quantity are changed: a new order works in the place of the old one', async ({
  market,
  desk,
}) => {
  const id = await resting(desk)
  const limitPrice = priceAt(desk, -3)
  const change = changed(id, { limitPrice, quantity: quantity.parse('6') })
  expect(await desk.trading.replace(change)).toMatchObject({ ok: true })
  expect(await desk.until(id, 'replaced')).toMatchObject({ replacedBy: change.intent })
  const replacement = await desk.until(change.intent, 'working')
  expect(replacement).toMatchObject({ replaces: id, limitPrice, quantity: '6', origin: 'signal' })
  expect(orderAt(market, change.intent)).toMatchObject({ qty: '6', limitPrice })
})

test('the price of a partly filled order is changed: ten shares are bought in all, not thirteen', async ({
  market,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'fill', order: id, qty: '3' })
  await desk.until(id, 'partially-filled')
  const change = changed(id, { limitPrice: priceAt(desk, -3) })
  expect(await desk.trading.replace(change)).toMatchObject({ ok: true })
  await desk.until(id, 'replaced')
  expect(await desk.until(change.intent, 'working')).toMatchObject({ quantity: '7' })
  market.misbehave({ kind: 'fill', order: change.intent })
  await desk.until(change.intent, 'filled')
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

test('a new quantity of a partly filled order counts what is filled already', async ({ market, desk }) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'fill', order: id, qty: '3' })
  await desk.until(id, 'partially-filled')
  const change = changed(id, { quantity: quantity.parse('5') })
  await desk.trading.replace(change)
  expect(await desk.until(change.intent, 'working')).toMatchObject({ quantity: '2' })
  expect(orderAt(market, change.intent)?.qty).toBe('2')
})

test('an order that fills while it is changed stays filled, and the change is refused', async ({
  market,
  desk,
}) => {
  const id = await resting(desk)
  market.misbehave({ kind: 'slow-acknowledgement', ms: 300, times: 1 })
  const change = changed(id, { limitPrice: priceAt(desk, -3) })
  await desk.trading.replace(change)
  market.misbehave({ kind: 'fill', order: id })
  expect(await desk.until(id, 'filled')).toMatchObject({ filledQuantity: '10' })
  expect(await desk.until(change.intent, 'rejected')).toMatchObject({ filledQuantity: '0', replaces: id })
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10' }])
})

/** A bracket around the market: the entry rests below it. */
async function bracket(desk: TradingDesk) {
  const id = await resting(desk, {
    orderClass: 'bracket',
    takeProfit: { limitPrice: priceAt(desk, 4) },
    stopLoss: { stopPrice: priceAt(desk, -8) },
  })
  const shown = await desk.when(({ orders }) => orders.filter((leg) => leg.parentId === id).length === 2)
  const leg = (which: string) =>
    shown.orders.find((one) => one.parentId === id && one.leg === which)?.id ?? ''
  return { id, target: leg('take-profit'), stop: leg('stop-loss') }
}

test('a bracket’s exits wait for its entry; once it is in, the target fills and the stop is canceled', async ({
  market,
  desk,
}) => {
  const { id, target, stop } = await bracket(desk)
  expect([desk.order(target)?.state, desk.order(stop)?.state]).toEqual(['held', 'held'])
  expect(desk.order(target)).toMatchObject({ origin: 'signal', side: 'sell' })
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(target, 'working')
  market.misbehave({ kind: 'fill', order: target })
  await desk.until(target, 'filled')
  await desk.until(stop, 'canceled')
  expect(desk.snapshot().positions).toEqual([])
})

test('a bracket’s stop fills in parts, and the target is canceled', async ({ market, desk }) => {
  const { id, target, stop } = await bracket(desk)
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(target, 'working')
  market.misbehave({ kind: 'fill', order: stop, qty: '4', price: '46' })
  await desk.until(stop, 'partially-filled')
  market.misbehave({ kind: 'fill', order: stop, price: '45.9' })
  await desk.until(stop, 'filled')
  await desk.until(target, 'canceled')
  expect(desk.snapshot().positions).toEqual([])
})

test('the entry of a bracket is canceled, and its exits with it', async ({ desk }) => {
  const { id, target, stop } = await bracket(desk)
  await desk.trading.cancel(id)
  await desk.until(id, 'canceled')
  await desk.until(target, 'canceled')
  await desk.until(stop, 'canceled')
})

test('the target of a bracket is moved', async ({ market, desk }) => {
  const { id, target, stop } = await bracket(desk)
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(target, 'working')
  const change = changed(target, { limitPrice: priceAt(desk, 3) })
  expect(await desk.trading.replace(change)).toMatchObject({ ok: true })
  await desk.until(target, 'replaced')
  expect(await desk.until(change.intent, 'working')).toMatchObject({ parentId: id, leg: 'take-profit' })
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '10', available: '0' }])
  market.misbehave({ kind: 'fill', order: change.intent })
  await desk.until(stop, 'canceled')
  expect(desk.snapshot().positions).toEqual([])
})

test('an OCO guards a position: its stop goes when its target fills', async ({ market, desk }) => {
  await bought(desk)
  const id = await sent(desk, {
    side: 'sell',
    type: 'limit',
    orderClass: 'oco',
    takeProfit: { limitPrice: priceAt(desk, 4) },
    stopLoss: { stopPrice: priceAt(desk, -4) },
  })
  const shown = await desk.when(({ orders }) => orders.some(({ parentId }) => parentId === id))
  const stop = shown.orders.find(({ parentId }) => parentId === id)
  expect(stop).toMatchObject({ leg: 'stop-loss', type: 'stop' })
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(id, 'filled')
  await desk.until(stop?.id ?? '', 'canceled')
  expect(desk.snapshot().positions).toEqual([])
})

test('an OTO brings its stop along', async ({ market, desk }) => {
  const id = await resting(desk, { orderClass: 'oto', stopLoss: { stopPrice: priceAt(desk, -8) } })
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(id, 'filled')
  const stop = desk.snapshot().orders.find(({ parentId }) => parentId === id)
  await desk.until(stop?.id ?? '', 'working')
  expect(desk.order(stop?.id ?? '')).toMatchObject({ leg: 'stop-loss', side: 'sell', quantity: '10' })
})

test('a trailing stop sells when the price falls back', async ({ market, desk }) => {
  await bought(desk)
  const id = await sent(desk, { side: 'sell', type: 'trailing_stop', trailPercent: '3' })
  await desk.until(id, 'working')
  market.misbehave({ kind: 'price-jump', symbol: 'AAPL', percent: -4 })
  expect(await desk.until(id, 'filled')).toMatchObject({ trailPercent: '3', filledQuantity: '10' })
})

test('dollars and parts of a share are bought', async ({ desk }) => {
  const dollars = await sent(desk, { quantity: undefined, notional: '100' })
  const part = await sent(desk, { quantity: '0.25', symbol: 'MSFT' })
  expect(await desk.until(dollars, 'filled')).toMatchObject({ notional: '100' })
  expect(await desk.until(part, 'filled')).toMatchObject({ filledQuantity: '0.25' })
  expect(desk.snapshot().positions).toHaveLength(2)
  expect((await desk.trading.reconcile()).ok).toBe(true)
  expect(desk.snapshot().reconciliation).toMatchObject({ state: 'agreed' })
})

test('what must be filled at once and is not, is canceled and said so', async ({ desk }) => {
  const limitPrice = priceAt(desk, -4)
  const ioc = await sent(desk, { type: 'limit', limitPrice, timeInForce: 'ioc' })
  const fok = await sent(desk, { type: 'limit', limitPrice, timeInForce: 'fok' })
  await desk.until(ioc, 'canceled')
  await desk.until(fok, 'canceled')
  expect(desk.notices.items.map(({ kind }) => kind)).toEqual(['canceled', 'canceled'])
})

test('a limit order for extended hours goes out as one', async ({ market, desk }) => {
  const id = await resting(desk, { extendedHours: true })
  expect(orderAt(market, id)).toMatchObject({ extendedHours: true, timeInForce: 'day' })
})

test('a position whose shares are held by exits is closed: they are canceled first', async ({
  market,
  desk,
}) => {
  const { id, target, stop } = await bracket(desk)
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(target, 'working')
  const intent = randomUUID()
  expect(await desk.trading.closePosition({ intent, symbol: AAPL })).toMatchObject({ ok: true })
  await desk.until(intent, 'filled')
  await desk.until(target, 'canceled')
  await desk.until(stop, 'canceled')
  expect(desk.snapshot().positions).toEqual([])
})

test('a part of a position is closed', async ({ desk }) => {
  await bought(desk)
  const intent = randomUUID()
  await desk.trading.closePosition({ intent, symbol: AAPL, quantity: quantity.parse('4') })
  await desk.until(intent, 'filled')
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '6' }])
})

test('a close is no order where nothing is held', async ({ market, desk }) => {
  const answer = await desk.trading.closePosition({ intent: randomUUID(), symbol: AAPL })
  expect(answer).toMatchObject({ error: { problems: [{ code: 'NO_POSITION' }] } })
  expect(market.orders()).toEqual([])
})

test('flatten cancels all orders and closes all positions, and looks that it is so', async ({
  market,
  desk,
}) => {
  await bought(desk)
  await bought(desk, { symbol: 'MSFT', quantity: '5' })
  await resting(desk)
  await resting(desk, { symbol: 'MSFT' })
  expect(await desk.trading.flatten()).toEqual({
    ok: true,
    value: {
      isFlat: true,
      sentence: 'Canceled 2 orders and closed 2 positions. The exchange says you are flat.',
    },
  })
  expect(desk.snapshot().positions).toEqual([])
  expect(market.orders().every(({ status }) => status === 'filled' || status === 'canceled')).toBe(true)
  expect(await desk.trading.flatten()).toMatchObject({ ok: true, value: { isFlat: true } })
})

test('all orders of a symbol are canceled, then all', async ({ desk }) => {
  const [first, second] = [await resting(desk), await resting(desk, { quantity: '11' })]
  const other = await resting(desk, { symbol: 'MSFT' })
  expect(await desk.trading.cancelAll({ symbol: AAPL })).toEqual({ ok: true, value: 2 })
  await desk.until(first, 'canceled')
  await desk.until(second, 'canceled')
  expect(desk.order(other)?.state).toBe('working')
  expect(await desk.trading.cancelAll({})).toEqual({ ok: true, value: 1 })
  await desk.until(other, 'canceled')
})

test('orders and fills of another program appear as such', async ({ market, desk }) => {
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  await elsewhere.placeOrder({
    symbol: 'MSFT',
    side: 'buy',
    type: 'market',
    timeInForce: 'day',
    qty: '2',
    clientOrderId: 'of-another-program',
  })
  const order = await desk.until('of-another-program', 'filled')
  expect(order).toMatchObject({ origin: 'elsewhere', filledQuantity: '2' })
  expect(desk.snapshot().positions).toMatchObject([{ symbol: 'MSFT', quantity: '2' }])
})

/** What must be the same after a restart; prices and moments move on. */
function kept(desk: TradingDesk) {
  const { orders, fills, positions, limits } = desk.snapshot()
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
  desk,
  open,
}) => {
  const { id, target } = await bracket(desk)
  market.misbehave({ kind: 'fill', order: id, qty: '3' })
  market.misbehave({ kind: 'fill', order: id })
  await desk.until(target, 'working')
  await bought(desk, { symbol: 'MSFT', quantity: '0.5' })
  const rest = await resting(desk, { symbol: 'MSFT' })
  await desk.trading.cancel(rest)
  await desk.until(rest, 'canceled')
  await desk.trading.setLimits({ mostShares: 77 })
  const before = kept(desk)
  await desk.close()

  const again = open()
  await again.ready()
  expect(kept(again)).toEqual(before)
  clock.skip(60_000) // the minute at which a snapshot is kept
  const taken = async () => {
    const read = await again.archive.eventLog.values.read({ name: 'trading-books:demo' })
    return read.ok && read.value !== undefined
  }
  await expect.poll(taken).toBe(true)
  await again.close()

  const third = open()
  await third.ready()
  expect(kept(third)).toEqual(before)
  expect(third.events.items.map(({ type }) => type)).toEqual(['Reconciled'])
})
