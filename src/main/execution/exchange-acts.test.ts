import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import type { TradingChange } from '#shared/trading/account'
import { atMarket, p } from '../../../tests/support/risk-context.ts'
import { disagreements, snapshotOf } from '../../../tests/support/trading-model/disagreements.ts'
import { holding, holdingWithExits, market, TEN } from '../../../tests/support/trading-model/holding.ts'
import { TradingWorld } from '../../../tests/support/trading-model/world.ts'

/** What the exchange does by itself: orders expire, and trades are busted or corrected. */
const PRICE = new Decimal(99)

async function opened(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  return world
}

async function all(world: TradingWorld): Promise<readonly string[]> {
  await world.clock.turn(2 * MINUTE_MS)
  return disagreements(world, new Set())
}

test('an order that expires is told once; after a restart only if it expired a moment ago', async () => {
  const world = await opened()
  const expire = async (intent: string) => {
    const draft = atMarket({ type: 'limit', limitPrice: p('95') })
    void world.trading.handlers.submit({ intent, draft, accepted: ['DUPLICATE_ORDER'] })
    await world.clock.turn(1_000)
    return () => world.exchange.end(world.exchange.find(intent)?.id ?? '', 'expired')
  }
  const told = () => world.notices.filter(({ kind }) => kind === 'expired').map(({ orderId }) => orderId)
  const endOpen = await expire('open')
  world.line.bend('duplicate')
  endOpen()
  await world.clock.turn(2 * MINUTE_MS)
  expect(told()).toEqual(['open'])

  for (const [intent, closedMs] of [
    ['long ago', 10 * MINUTE_MS],
    ['just now', 10_000],
  ] as const) {
    const end = await expire(intent)
    world.crash({ isStored: true })
    end()
    await world.clock.turn(closedMs)
    void world.trading
    await world.clock.turn(2 * MINUTE_MS)
  }
  expect(snapshotOf(world).orders.map(({ state }) => state)).toEqual(['expired', 'expired', 'expired'])
  expect(told()).toEqual(['open', 'just now'])
})

test('exits of a filled bracket that expire at the close are told: the position has none afterwards', async () => {
  const world = await holdingWithExits()
  for (const { id } of world.exchange.open) world.exchange.end(id, 'expired')
  await world.clock.turn(2 * MINUTE_MS)
  expect(world.notices.filter(({ kind }) => kind === 'expired').map(({ title }) => title)).toEqual([
    'Expired: Sell 10 AAPL limit 110.00', // the exchange cancels the other one with it
  ])
})

test('a busted trade is taken out of order, position, cash and fills, and told once', async () => {
  const world = await holding()
  const { id } = world.exchange.place({ ...market, side: 'buy', clientOrderId: 'busted' })
  await world.clock.turn(20)
  world.exchange.fill(id, new Decimal(4), PRICE)
  world.exchange.fill(id, new Decimal(6), PRICE)
  await world.clock.turn(1_000)
  const changes: TradingChange[] = []
  world.onChange = (change) => changes.push(change)
  world.line.bend('duplicate')
  world.exchange.amend(id)
  await world.clock.turn(1_000)
  const shown = snapshotOf(world)
  expect(shown.positions).toMatchObject([{ quantity: '14' }])
  expect(shown.orders.find((order) => order.id === 'busted')).toMatchObject({
    filledQuantity: '4',
    problem: expect.stringMatching(/^Trade busted\. Alpaca took back 6 shares/),
  })
  expect(shown.fills.filter(({ orderId }) => orderId === 'busted').map(({ quantity }) => quantity)).toEqual([
    '4',
  ])
  expect(changes.some(({ isAnew, fills }) => isAnew && fills?.length === shown.fills.length)).toBe(true)
  expect(await all(world)).toEqual([])
  expect(world.notices.filter(({ kind }) => kind === 'amended').map(({ body }) => body)).toEqual([
    'Alpaca took back 6 shares at $99.00. Filled 10 → 4. AAPL position 20 → 14.',
  ])
  world.crash({ isStored: true })
  void world.trading
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world).positions).toMatchObject([{ quantity: '14' }])
})

test('a corrected trade has its new price in order, position and cash, is told, and compared with Alpaca’s list of fills within seconds', async () => {
  const world = await opened()
  const { id } = world.exchange.place({
    ...market,
    side: 'buy',
    type: 'limit',
    limitPrice: '99',
    clientOrderId: 'corrected',
  })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(1_000)
  world.exchange.amend(id, new Decimal(98))
  await world.clock.turn(1_000)
  expect(snapshotOf(world)).toMatchObject({
    positions: [{ quantity: '10', averagePrice: '98' }],
    orders: [{ averageFillPrice: '98' }],
    fills: [{ price: '98' }],
  })
  expect(world.notices.filter(({ kind }) => kind === 'amended').map(({ title }) => title)).toEqual([
    'Trade corrected: Buy 10 AAPL limit 99.00',
  ])
  const lists = vi.spyOn(world.exchange, 'fills')
  await world.clock.turn(6_000)
  expect(lists).toHaveBeenCalledOnce()
  expect(await all(world)).toEqual([])
})
