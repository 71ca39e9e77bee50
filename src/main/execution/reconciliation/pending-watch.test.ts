import { expect, test, vi } from 'vitest'
import { draft } from '../../../../tests/support/order-drafts.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

const INTENT = 'order-of-today'
const resting = draft({ type: 'limit', limitPrice: '99' })

async function opened(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  return world
}

const stateOf = (world: TradingWorld) => snapshotOf(world).orders.find(({ id }) => id === INTENT)?.state

/** How often the order is looked for until it counts as never arrived. */
async function looksFor(world: TradingWorld): Promise<{ readonly looks: number; readonly seconds: number }> {
  const find = vi.spyOn(world.exchange, 'find')
  world.bend('placeOrder', 'broken')
  void world.trading.handlers.submit({ intent: INTENT, draft: resting, accepted: [] })
  await world.clock.turn(1_000)
  expect(stateOf(world)).toBe('unconfirmed')
  let seconds = 0
  for (; seconds < 120 && stateOf(world) === 'unconfirmed'; seconds++) await world.clock.turn(1_000)
  expect(stateOf(world)).toBe('never-arrived')
  return { looks: find.mock.calls.filter(([id]) => id === INTENT).length, seconds }
}

test('an order of which no answer came counts as never arrived once the exchange has said five times that it has none', async () => {
  const { looks, seconds } = await looksFor(await opened())
  expect(looks).toBe(5)
  expect(seconds).toBeGreaterThan(15)
  expect(seconds).toBeLessThan(25)
})

test('a lookup that fails proves nothing: the five answers are counted again', async () => {
  const world = await opened()
  world.bend('findOrderByClientId', 'plain')
  world.bend('findOrderByClientId', 'plain')
  world.bend('findOrderByClientId', 'failed')
  expect((await looksFor(world)).looks).toBe(7)
})

test('an order that arrived late is found, and not sent again', async () => {
  const world = await opened()
  world.bend('placeOrder', 'lost')
  world.line.hangUp()
  world.bend('listOrders', 'failed')
  void world.trading.handlers.submit({ intent: INTENT, draft: resting, accepted: [] })
  await world.clock.turn(20_000)
  expect(stateOf(world)).toBe('open')
  expect(world.sent.get(INTENT)).toBe(1)
})

test('a cancel that the exchange never acts on is given up after a minute, and the order is open again', async () => {
  const world = await opened()
  void world.trading.handlers.submit({ intent: INTENT, draft: resting, accepted: [] })
  await world.clock.turn(1_000)
  world.bend('cancelOrder', 'broken')
  void world.trading.handlers.cancel(INTENT)
  await world.clock.turn(59_000)
  expect(stateOf(world)).toBe('pending-cancel')
  await world.clock.turn(20_000)
  expect(snapshotOf(world).orders[0]).toMatchObject({
    state: 'open',
    problem: 'No response from Alpaca in 1 min. Order still open; try again.',
  })
})
