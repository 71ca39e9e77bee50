import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import type { TradingChange } from '#shared/trading/account'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

async function opened(): Promise<{ readonly world: TradingWorld; readonly changes: TradingChange[] }> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  const changes: TradingChange[] = []
  world.onChange = (change) => changes.push(change)
  return { world, changes }
}

test('the kill switch shows immediately, and what did not change is not sent again', async () => {
  const { world, changes } = await opened()
  void world.trading.handlers.halt()
  expect(changes).toMatchObject([{ trading: { state: 'halted' } }])
  await world.clock.turn(1_000)
  expect(changes.slice(1).filter(({ trading }) => trading !== undefined)).toEqual([])
})

test('only the live account is armed', async () => {
  const { world } = await opened()
  expect(await world.trading.handlers.arm({ endsWith: '1234' })).toEqual({
    ok: false,
    error: { kind: 'not-armed', message: 'Only the live account can be armed.' },
  })
})

test('limits that are changed reach the windows, and so does a release', async () => {
  const { world, changes } = await opened()
  void world.trading.handlers.setLimits({ mostShares: 7 })
  await world.clock.turn(100)
  expect(changes.find(({ limits }) => limits !== undefined)?.limits?.mostShares).toBe(7)
  void world.trading.handlers.halt()
  await world.clock.turn(60_000)
  void world.trading.handlers.release({ typed: 'UNLOCK' })
  await world.clock.turn(1_000)
  expect(changes.flatMap(({ trading }) => trading ?? []).at(-1)?.state).toBe('active')
})

test('what a fill does to the account is on the screen, and each later report of the same figures counts as fresh', async () => {
  const { world, changes } = await opened()
  const { id } = world.exchange.place({
    symbol: 'AAPL', side: 'buy', qty: '10', limitPrice: '99', type: 'limit', timeInForce: 'day', clientOrderId: 'external',
  }) // prettier-ignore
  await world.clock.turn(1_000)
  world.exchange.fill(id, new Decimal(10), new Decimal(99))
  await world.clock.turn(5_000)
  const accounts = changes.flatMap(({ account }) => account ?? [])
  expect(accounts.at(-1)?.cash).toBe(world.exchange.account().cash?.toFixed())
  const before = accounts.length
  await world.clock.turn(180_000)
  const later = changes.flatMap(({ account }) => account ?? []).slice(before)
  expect(later.map(({ asOf }, at) => asOf - (later[at - 1]?.asOf ?? asOf))).toEqual([0, 60_000, 60_000])
  expect(new Set(later.map((account) => JSON.stringify({ ...account, asOf: 0 }))).size).toBe(1)
})

test('on a flat account, each comparison with Alpaca that succeeds says when the account was last confirmed, and one that fails does not', async () => {
  const { world, changes } = await opened()
  const ages = () =>
    changes.flatMap(({ account }) => account ?? []).map(({ asOf }) => world.clock.now() - asOf)
  await world.clock.turn(150_000)
  expect(ages().length).toBe(2)
  expect(ages().at(-1)).toBeLessThan(60_000)
  world.loseNetwork(300_000)
  await world.clock.turn(120_000)
  expect(ages().at(-1)).toBeGreaterThan(120_000)
})

test('what a position risks to its stop is part of the account, and a moved stop changes it', async () => {
  const { world, changes } = await opened()
  const send = (order: { readonly side: 'buy' | 'sell'; readonly type: 'limit' | 'stop'; readonly limitPrice?: string; readonly stopPrice?: string }) =>
    world.exchange.place({ symbol: 'AAPL', qty: '10', timeInForce: 'day', clientOrderId: order.side, ...order }) // prettier-ignore
  const { id } = send({ side: 'buy', type: 'limit', limitPrice: '99' })
  await world.clock.turn(1_000)
  world.exchange.fill(id, new Decimal(10), new Decimal(99))
  await world.clock.turn(5_000)
  const risk = () => changes.flatMap(({ account }) => account ?? []).at(-1)?.openRisk
  expect(risk()).toEqual({ atStops: '0', withoutStop: ['AAPL'] })
  send({ side: 'sell', type: 'stop', stopPrice: '98' })
  await world.clock.turn(5_000)
  expect(risk()).toEqual({ atStops: '20', withoutStop: [] })
})
