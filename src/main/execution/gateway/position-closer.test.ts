import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { atMarket, p, q } from '../../../../tests/support/risk-context.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { SYMBOLS, TradingWorld } from '../../../../tests/support/trading-model/world.ts'

const [TEN, PRICE] = [new Decimal(10), new Decimal(100)]
const [AAPL] = SYMBOLS
if (AAPL === undefined) throw new Error('the world has symbols')
const market = { symbol: AAPL, qty: TEN, type: 'market', timeInForce: 'day' } as const

/** An execution engine whose account holds ten shares. */
async function holding(): Promise<TradingWorld> {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...market, side: 'buy', clientOrderId: 'bought' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  void world.trading
  await world.clock.turn(5_000)
  return world
}

/** Fills everything that is open at the exchange. */
function fillAll({ exchange }: TradingWorld): void {
  for (const { id } of exchange.open) exchange.fill(id, TEN, PRICE)
}
const heldOf = ({ exchange }: TradingWorld) => exchange.positions().map(({ qty }) => qty.toFixed())

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

test('a flatten does not wait for a database that is not open yet', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  for (let reads = 0; reads < 4; reads++) world.bendLog('slow')
  const flat = world.trading.handlers.flatten()
  await world.clock.turn(100)
  fillAll(world)
  expect(heldOf(world)).toEqual([])
  await world.clock.turn(60_000)
  expect(await flat).toMatchObject({ ok: true, value: { isFlat: true } })
})

test('a flatten says that an option must be closed elsewhere, and claims no order for it', async () => {
  const world = await holding()
  const option = { ...market, symbol: 'AAPL261218C00100000', side: 'buy', clientOrderId: 'option' } as const
  const { id } = world.exchange.place(option)
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  const flat = world.trading.handlers.flatten()
  await world.clock.turn(1_000)
  fillAll(world)
  await world.clock.turn(20_000)
  const sentence =
    'Canceled 0 orders, but the exchange still holds 10 AAPL261218C00100000. ' +
    'Signal closes stocks alone: close AAPL261218C00100000 in Alpaca’s app.'
  expect(await flat).toEqual({ ok: true, value: { isFlat: false, sentence } })
})

test('while a flatten waits for the last fill, positions are asked for four times a second at most', async () => {
  const world = await holding()
  const flat = world.trading.handlers.flatten()
  await world.clock.turn(2_000)
  const positions = vi.spyOn(world.exchange, 'positions')
  await world.clock.turn(8_000)
  expect(positions.mock.calls.length).toBeLessThan(45)
  fillAll(world)
  await world.clock.turn(20_000)
  expect(await flat).toMatchObject({ ok: true, value: { isFlat: true } })
})
