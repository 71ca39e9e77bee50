import { expect, test, vi } from 'vitest'
import { stockSymbol } from '#shared/units'
import { draft, YES } from '../../../../tests/support/order-drafts.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

/** Two orders are open, far from the market. */
async function withTwo(): Promise<TradingWorld> {
  const world = await begun()
  for (const limitPrice of ['98', '99']) {
    const order = draft({ type: 'limit', limitPrice })
    void world.trading.handlers.submit({ intent: `at-${limitPrice}`, draft: order, accepted: [...YES] })
    await world.clock.turn(100)
  }
  expect(statesOf(world)).toEqual(['open', 'open'])
  return world
}
/** An execution engine without orders. */
async function begun(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  return world
}

const resting = draft({ type: 'limit', limitPrice: '99' })
const statesOf = (world: TradingWorld) => snapshotOf(world).orders.map(({ state }) => state)

test('an order that does not exist is not canceled, and the trader learns why', async () => {
  const world = await withTwo()
  expect(await world.trading.handlers.cancel('nobody')).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'ORDER_NOT_FOUND' }] },
  })
  expect(statesOf(world)).toEqual(['open', 'open'])
})

test('a closed order is returned as it is, and not canceled again', async () => {
  const world = await withTwo()
  void world.trading.handlers.cancel('at-99')
  await world.clock.turn(100)
  expect(await world.trading.handlers.cancel('at-99')).toMatchObject({
    ok: true,
    value: { state: 'canceled' },
  })
  expect(statesOf(world)).toEqual(['canceled', 'open'])
})

test('a cancel-all whose answer is lost says how many orders it was for; they are canceled anyway', async () => {
  const world = await withTwo()
  world.bend('cancelAllOrders', 'lost')
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(5_000)
  expect(await answer).toEqual({ ok: true, value: { canceled: 2, unanswered: [] } })
  expect(statesOf(world)).toEqual(['canceled', 'canceled'])
})

test('a cancel-all that is rejected leaves each order open, with the reason', async () => {
  const world = await withTwo()
  world.bend('cancelAllOrders', 'rate-limited')
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(5_000)
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'refused' } })
  expect(snapshotOf(world).orders.map(({ state, problem }) => [state, problem?.slice(0, 35)])).toEqual([
    ['open', 'Rate limited by Alpaca; retry in 60'],
    ['open', 'Rate limited by Alpaca; retry in 60'],
  ])
})

test('an unconfirmed order is not canceled yet', async () => {
  const world = await withTwo()
  world.bend('placeOrder', 'late')
  const order = draft({ type: 'limit', limitPrice: '97' })
  void world.trading.handlers.submit({ intent: 'late', draft: order, accepted: [...YES] })
  await world.clock.turn(2_000)
  expect(await world.trading.handlers.cancel('late')).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'UNCONFIRMED' }] },
  })
})

test('a cancel that the exchange refuses leaves the order open, with the reason, one or all of a symbol', async () => {
  const world = await withTwo()
  world.bend('cancelOrder', 'rate-limited')
  const one = world.trading.handlers.cancel('at-99')
  await world.clock.turn(1_000)
  expect(await one).toMatchObject({ ok: false, error: { kind: 'refused' } })
  expect(snapshotOf(world).orders[0]).toMatchObject({
    id: 'at-99',
    state: 'open',
    problem: expect.stringContaining('Rate limited by Alpaca') as string,
  })
  world.bend('cancelOrder', 'rate-limited')
  const all = world.trading.handlers.cancelAll({ symbol: stockSymbol.parse('AAPL') })
  await world.clock.turn(1_000)
  expect(await all).toMatchObject({ ok: false, error: { kind: 'refused' } })
  expect(statesOf(world).sort()).toEqual(['canceled', 'open'])
})

test('a cancel-all names an order of which nothing is known yet, and cancels it when it shows up', async () => {
  const world = await begun()
  world.bend('placeOrder', 'late')
  void world.trading.handlers.submit({ intent: 'late', draft: resting, accepted: [] })
  await world.clock.turn(100)
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(11_000)
  expect(await answer).toEqual({ ok: true, value: { canceled: 0, unanswered: ['Buy 10 AAPL'] } })
  await world.clock.turn(60_000)
  expect(snapshotOf(world).orders.find(({ id }) => id === 'late')).toMatchObject({ state: 'canceled' })
})

test('a cancel-all waits for an order whose answer is still to come, and counts it', async () => {
  const world = await begun()
  world.bend('placeOrder', 'slow')
  world.line.hangUp()
  void world.trading.handlers.submit({ intent: 'slow', draft: resting, accepted: [] })
  await world.clock.turn(100)
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(11_000)
  expect(await answer).toEqual({ ok: true, value: { canceled: 1, unanswered: [] } })
})

test('a cancel-all counts only the orders that the exchange cancels', async () => {
  const world = await withTwo()
  vi.spyOn(world.exchange, 'cancelAll').mockReturnValueOnce([
    { of: 'one', status: 200, message: undefined, order: undefined },
    { of: 'other', status: 422, message: 'order is pending replace', order: undefined },
  ])
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(5_000)
  expect(await answer).toMatchObject({ ok: true, value: { canceled: 1 } })
})

test('a cancel-all without an answer, of which no order is known, does not say that there was nothing to cancel', async () => {
  const world = await begun()
  world.bend('cancelAllOrders', 'failed')
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(15_000)
  expect(await answer).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'UNCONFIRMED', sentence: expect.stringContaining('Retry.') as string }] },
  })
})

test('a cancel-all also cancels an order that is done for the day, which no bulk cancel reaches', async () => {
  const world = await withTwo()
  const [order] = world.exchange.orders
  if (order === undefined) throw new Error('there are two')
  world.exchange.rest(order.id)
  await world.clock.turn(100)
  expect(statesOf(world)).toContain('done-for-day')
  const answer = world.trading.handlers.cancelAll({})
  await world.clock.turn(5_000)
  expect(await answer).toEqual({ ok: true, value: { canceled: 2, unanswered: [] } })
  expect(statesOf(world)).toEqual(['canceled', 'canceled'])
})
