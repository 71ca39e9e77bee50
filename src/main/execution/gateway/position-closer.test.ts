import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { stockSymbol } from '#shared/units'
import { atMarket, p, q } from '../../../../tests/support/risk-context.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import {
  AAPL,
  fillAll,
  filling,
  heldOf,
  holding,
  holdingWithExits,
  market,
  PRICE,
  TEN,
  traded,
} from '../../../../tests/support/trading-model/holding.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

test('a position is closed by one order for all of it', async () => {
  const world = await holding()
  const closing = world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await world.clock.turn(1_000)
  expect(
    world.exchange.open.map(({ clientOrderId, side, qty }) => [clientOrderId, side, qty?.toFixed()]),
  ).toEqual([['close', 'sell', '10']])
  fillAll(world)
  expect(await closing).toMatchObject({ ok: true })
  expect(heldOf(world)).toEqual([])
})

test('a part of a position is closed by an order for that part, of what is still there at most', async () => {
  const world = await holding()
  const closing = world.trading.handlers.closePosition({ intent: 'part', symbol: AAPL, quantity: q('4') })
  await world.clock.turn(1_000)
  expect(world.exchange.open.map(({ qty }) => qty?.toFixed())).toEqual(['4'])
  expect(await closing).toMatchObject({ ok: true })
  fillAll(world)
  await world.clock.turn(1_000)
  expect(heldOf(world)).toEqual(['6'])
})

test('while a cancel is waited for, the exchange is not asked without a pause', async () => {
  const world = await holding()
  const draft = atMarket({ side: 'sell', type: 'limit', limitPrice: p('110') })
  void world.trading.handlers.submit({ intent: 'exit', draft, accepted: [] })
  await world.clock.turn(1_000)
  world.bend('cancelOrder', 'late')
  void world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  const lists = vi.spyOn(world.exchange, 'list')
  await world.clock.turn(8_000)
  expect(lists.mock.calls.length).toBeLessThan(30)
  await world.clock.turn(60_000)
})

test('a position is not closed while an order that sells it may be on its way: it would turn around', async () => {
  const world = await holding()
  world.bend('placeOrder', 'late')
  const draft = atMarket({ side: 'sell' })
  void world.trading.handlers.submit({ intent: randomUUID(), draft, accepted: [] })
  await world.clock.turn(2_000)
  expect(snapshotOf(world).orders[0]).toMatchObject({ side: 'sell', state: 'unconfirmed' })
  const closing = world.trading.handlers.closePosition({ intent: randomUUID(), symbol: AAPL })
  await world.clock.turn(12_000)
  expect(await closing).toMatchObject({ ok: false, error: { problems: [{ code: 'QUANTITY_HELD' }] } })
  await world.clock.turn(60_000)
  fillAll(world)
  expect(heldOf(world)).toEqual([])
})

test('a position that was sold elsewhere while updates were down is not sold again', async () => {
  const world = await holding()
  world.line.hangUp()
  const { id } = world.exchange.place({ ...market, side: 'sell', clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  const closing = world.trading.handlers.closePosition({ intent: randomUUID(), symbol: AAPL })
  await world.clock.turn(1_000)
  fillAll(world)
  expect(heldOf(world)).toEqual([])
  expect(await closing).toMatchObject({ ok: false, error: { problems: [{ code: 'NO_POSITION' }] } })
})

const openSales = ({ exchange }: TradingWorld) =>
  exchange.open.map(({ type, qty, limitPrice, stopPrice }) => [
    type,
    qty?.toFixed(),
    (limitPrice ?? stopPrice)?.toFixed(),
  ])

test('half of a position with exits is closed in one step: its exits then hold the other half at the same prices', async () => {
  const world = await holdingWithExits()
  const closing = world.trading.handlers.closePosition({ intent: 'half', symbol: AAPL, quantity: q('5') })
  await world.clock.turn(3_000)
  expect(await closing).toMatchObject({ ok: true, value: { side: 'sell', quantity: '5' } })
  expect(openSales(world)).toEqual([
    ['limit', '5', '110'],
    ['stop', '5', '90'],
    ['market', '5', undefined],
  ])
  const order = world.exchange.find('half')
  world.exchange.fill(order?.id ?? '', new Decimal(5), PRICE)
  await world.clock.turn(3_000)
  expect(snapshotOf(world).positions).toMatchObject([{ quantity: '5' }])
  expect(openSales(world)).toEqual([
    ['limit', '5', '110'],
    ['stop', '5', '90'],
  ])
  expect(snapshotOf(world).reconciliation.state).toBe('agreed')
})

test('a part is not sold while the exchange has not canceled the exits that hold it, and the exits stay', async () => {
  const world = await holdingWithExits()
  world.exchange.hangCancels(true)
  const closing = world.trading.handlers.closePosition({ intent: 'half', symbol: AAPL, quantity: q('5') })
  await world.clock.turn(15_000)
  expect(await closing).toMatchObject({ ok: false, error: { problems: [{ code: 'QUANTITY_HELD' }] } })
  expect(world.exchange.orders.filter(({ side }) => side === 'sell')).toHaveLength(2)
})

test('a crash while exits are being replaced is noticed: the orders that were not sent are named', async () => {
  const world = await holdingWithExits()
  world.exchange.hangCancels(true)
  void world.trading.handlers.closePosition({ intent: 'half', symbol: AAPL, quantity: q('5') })
  await world.clock.turn(1_000)
  world.crash({ isStored: true })
  world.exchange.hangCancels(false)
  void world.trading
  await world.clock.turn(60_000)
  expect(world.notices.filter(({ kind }) => kind === 'never-arrived').map(({ title }) => title)).toEqual([
    'Sell 5 AAPL: not sent',
    'Sell 5 AAPL: not sent',
  ])
  expect(heldOf(world)).toEqual(['10'])
})

const closeHalf = ({ trading }: TradingWorld) =>
  trading.handlers.closePosition({ intent: 'half', symbol: stockSymbol.parse('AAPL'), quantity: q('5') })

/** Closes half; lets so many shares of the target fill while its cancel hangs, and then everything that is open. */
async function halfWhileFilled(
  shares: number,
): Promise<{ readonly world: TradingWorld; readonly answer: unknown }> {
  const world = await holdingWithExits()
  world.exchange.hangCancels(true)
  const closing = closeHalf(world)
  await world.clock.turn(1_000)
  const target = world.exchange.open.find(({ type }) => type === 'limit')
  world.exchange.fill(target?.id ?? '', new Decimal(shares), PRICE)
  world.exchange.hangCancels(false)
  await world.clock.turn(20_000)
  return { world, answer: await closing }
}

test('an exit that fills while it is canceled for a partial close is not sold a second time', async () => {
  const { world, answer } = await halfWhileFilled(10)
  expect(answer).toMatchObject({ ok: false, error: { problems: [{ code: 'QUANTITY_HELD' }] } })
  fillAll(world)
  expect(heldOf(world)).toEqual([])
})

test('an exit that fills in part while it is canceled keeps its successor, and nothing more is sold', async () => {
  const { world, answer } = await halfWhileFilled(4)
  expect(answer).toMatchObject({ ok: false, error: { problems: [{ code: 'QUANTITY_HELD' }] } })
  expect(openSales(world)).toEqual([
    ['limit', '5', '110'],
    ['stop', '5', '90'],
  ])
})

test('exits stay as they are if the orders for a partial close cannot all be recorded', async () => {
  const world = await holdingWithExits()
  const append = vi.spyOn(world.log, 'append')
  append.mockImplementationOnce((given) => {
    append.mockRestore()
    world.bendLog('refused')
    return world.log.append(given)
  })
  const closing = world.trading.handlers.closePosition({ intent: 'half', symbol: AAPL, quantity: q('5') })
  await world.clock.turn(20_000)
  expect(await closing).toMatchObject({ ok: false, error: { problems: [{ code: 'DATABASE_AWAY' }] } })
  expect(openSales(world)).toEqual([
    ['limit', '10', '110'],
    ['stop', '10', '90'],
  ])
})

test('a close and a flatten at the same time sell a position once', async () => {
  for (let delay = 0; delay < 20; delay++) {
    const world = await holding()
    void world.trading.handlers.flatten()
    await world.clock.turn(delay)
    void world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
    await filling(world, 3_000, 10)
    expect(traded(world), `after ${delay} ms`).toEqual(['buy 10', 'sell 10'])
  }
})

test('a partial close leaves alone what does not free shares: orders in dollars, and entries with exits of their own', async () => {
  const world = await holdingWithExits()
  const inDollars = { ...market, qty: new Decimal(0), side: 'sell', clientOrderId: 'dollars' } as const
  world.exchange.place(inDollars)
  world.exchange.place({
    ...market,
    side: 'sell',
    type: 'limit',
    limitPrice: '120',
    orderClass: 'bracket',
    clientOrderId: 'entry the other way',
    takeProfit: { limitPrice: '100' },
    stopLoss: { stopPrice: '130' },
  })
  await world.clock.turn(70_000)
  void closeHalf(world)
  await world.clock.turn(3_000)
  const kept = ['dollars', 'entry the other way'].map((id) => world.exchange.find(id)?.status)
  expect(kept).toEqual(['new', 'new'])
})

test('exits that the exchange cancels only after a partial close was given up are sent anew, for all that they held', async () => {
  const world = await holdingWithExits()
  world.exchange.hangCancels(true)
  const closing = closeHalf(world)
  await world.clock.turn(15_000)
  expect(await closing).toMatchObject({ ok: false })
  world.exchange.hangCancels(false)
  await world.clock.turn(5_000)
  expect(openSales(world)).toEqual([
    ['limit', '10', '110'],
    ['stop', '10', '90'],
  ])
})

test('exits that were canceled for good meanwhile are not sent anew', async () => {
  const world = await holdingWithExits()
  world.exchange.hangCancels(true)
  void closeHalf(world)
  await world.clock.turn(15_000)
  void world.trading.handlers.cancelAll({ symbol: undefined })
  await world.clock.turn(2_000)
  world.exchange.hangCancels(false)
  await world.clock.turn(10_000)
  expect(openSales(world)).toEqual([])
})

test('a trailing stop that is sent anew for what is left is told: it starts over', async () => {
  const world = await holding()
  const trailing = atMarket({ side: 'sell', type: 'trailing_stop', trailPrice: p('5') })
  void world.trading.handlers.submit({ intent: 'trailing', draft: trailing, accepted: [] })
  await world.clock.turn(3_000)
  void closeHalf(world)
  await world.clock.turn(3_000)
  expect(world.exchange.open.map(({ type, qty }) => [type, qty?.toFixed()])).toEqual([
    ['trailing_stop', '5'],
    ['market', '5'],
  ])
  expect(world.notices).toContainEqual(
    expect.objectContaining({ kind: 'trailing-anew', title: 'Sell 5 AAPL: trailing stop resent' }),
  )
})

test('exits are not sent anew for shares that a repeated close sells', async () => {
  const world = await holdingWithExits()
  world.exchange.hangCancels(true)
  void closeHalf(world)
  await world.clock.turn(15_000)
  void world.trading.handlers.closePosition({ intent: 'again', symbol: AAPL, quantity: q('5') })
  await world.clock.turn(2_000)
  world.exchange.hangCancels(false)
  await world.clock.turn(10_000)
  expect(openSales(world)).toEqual([
    ['limit', '5', '110'],
    ['stop', '5', '90'],
    ['market', '5', undefined],
  ])
})

test('an exit that fills in part before it is canceled for a partial close is not sold a second time', async () => {
  const world = await holdingWithExits()
  world.bend('getPositions', 'slow')
  const closing = closeHalf(world)
  await world.clock.turn(1_000)
  const target = world.exchange.open.find(({ type }) => type === 'limit')
  world.exchange.fill(target?.id ?? '', new Decimal(4), PRICE)
  await world.clock.turn(20_000)
  expect(await closing).toMatchObject({ ok: false, error: { problems: [{ code: 'QUANTITY_HELD' }] } })
  fillAll(world)
  expect(Number(heldOf(world)[0] ?? 0)).toBeGreaterThanOrEqual(0)
})

test('a position whose row at the exchange cannot be read is not said to be closed already', async () => {
  const world = await holding()
  for (let reads = 0; reads < 20; reads++) world.spoilPosition()
  const closing = world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await world.clock.turn(20_000)
  const answer = JSON.stringify(await closing)
  expect(answer).not.toContain('already closed')
  expect(answer).toContain('is unreadable')
})
