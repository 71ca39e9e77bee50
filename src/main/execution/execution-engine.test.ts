import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { atMarket } from '../../../tests/support/risk-context.ts'
import { disagreements, snapshotOf } from '../../../tests/support/trading-model/disagreements.ts'
import { TradingWorld } from '../../../tests/support/trading-model/world.ts'

/** Faults that the model test found, one by one. */
const terms = {
  symbol: 'AAPL',
  side: 'buy',
  qty: '10',
  limitPrice: '99',
  type: 'limit',
  timeInForce: 'day',
} as const
const [TEN, PRICE] = [new Decimal(10), new Decimal(99)]

async function opened(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  return world
}

const all = async (world: TradingWorld, over: ReadonlySet<string> = new Set()) => {
  await world.clock.turn(2 * MINUTE_MS)
  return disagreements(world, over)
}

test('an update that comes before the account state begins is in it, and in a fresh fold of its events', async () => {
  const world = new TradingWorld()
  void world.trading
  world.exchange.place({ ...terms, clientOrderId: 'external' })
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world).orders).toMatchObject([{ id: 'external', state: 'open' }])
})

test('an order that was filled before the account state began is closed in it too', async () => {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  void world.trading
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world)).toMatchObject({
    orders: [{ state: 'filled' }],
    positions: [{ quantity: '10' }],
    reconciliation: { state: 'agreed' },
  })
})

test('an order that closed before the account state began and is reported again counts once', async () => {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(15 * MINUTE_MS)
  world.exchange.replace(id, { clientOrderId: 'too-late', limitPrice: '98' })
  world.exchange.fill(id, TEN, PRICE)
  void world.trading // receives the rejected replacement of an order that is too old for its first snapshot
  expect(await all(world, new Set([id]))).toEqual([])
  expect(snapshotOf(world)).toMatchObject({ positions: [{ quantity: '10' }] })
})

test('an order that closed long before the account state began adds nothing when the exchange reports it later', async () => {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(15 * MINUTE_MS)
  void world.trading
  await world.clock.turn(1_000)
  world.line.publish({ event: 'restated', order: world.exchange.get(id) })
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world)).toMatchObject({ positions: [{ quantity: '10' }], fills: [] })
})

test('a crash right after the account state began does not make it count earlier fills twice', async () => {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, new Decimal(4), PRICE)
  void world.trading
  while (world.log.events.length === 0) await world.clock.turn(1)
  world.crash({ isStored: false })
  expect(world.log.events.map(({ type }) => type)).toEqual(['AccountOpened'])
  world.exchange.fill(id, new Decimal(2), PRICE)
  void world.trading
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world).positions).toMatchObject([{ quantity: '6' }])
})

test('an account state whose beginning is stored late begins once', async () => {
  const world = new TradingWorld()
  world.bendLog('slow') // the account is opened late, while the next comparison is under way
  void world.trading
  expect(await all(world)).toEqual([])
  expect(world.log.events.filter(({ type }) => type === 'AccountOpened')).toHaveLength(1)
})

test('an external order that came and filled during a long outage is found, whatever was recorded meanwhile', async () => {
  const world = await opened()
  world.loseNetwork(15 * MINUTE_MS)
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(14 * MINUTE_MS)
  void world.trading.handlers.halt()
  await world.clock.turn(1_000)
  expect(world.log.events.at(-1)).toMatchObject({ type: 'KillSwitchEngaged' })
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world).fills).toMatchObject([{ orderId: 'external', quantity: '10', price: '99' }])
})

test('a comparison is recorded every hour, even if nothing is new', async () => {
  const world = await opened()
  const comparisons = () => world.log.events.filter(({ type }) => type === 'Reconciled').length
  const before = comparisons()
  await world.clock.turn(59 * MINUTE_MS)
  expect(comparisons()).toBe(before)
  await world.clock.turn(3 * MINUTE_MS)
  expect(comparisons()).toBe(before + 1)
})

test('an order that was replaced elsewhere while Signal was offline and its replacement name each other', async () => {
  const world = await opened()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'old' })
  await world.clock.turn(20)
  world.loseNetwork(5_000)
  const fresh = world.exchange.replace(id, { limitPrice: '98', clientOrderId: 'new' })
  await world.clock.turn(20)
  world.exchange.cancel(fresh.id)
  expect(await all(world)).toEqual([])
  expect(snapshotOf(world).orders).toMatchObject([
    { id: 'new', replaces: 'old' },
    { id: 'old', state: 'replaced', replacedBy: 'new' },
  ])
})

test('an order of another kind, such as an option spread with a credit, does not prevent the comparison', async () => {
  const world = new TradingWorld()
  world.exchange.place({ ...terms, symbol: '', limitPrice: '-0.5', clientOrderId: 'spread' })
  void world.trading
  expect(await all(world)).toEqual(['order spread is not in the account state'])
  expect(snapshotOf(world).trading.state).toBe('active')
})

test('a comparison that fails inside Signal is reported and retried', async () => {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'absurd' })
  world.exchange.fill(id, TEN, PRICE)
  const order = world.exchange.orders[0]
  Object.assign(order ?? {}, { filledQty: new Decimal('1e308') })
  void world.trading
  await world.clock.turn(MINUTE_MS)
  expect(snapshotOf(world).reconciliation.state).toBe('failed')
  Object.assign(order ?? {}, { filledQty: new Decimal(0) })
  await world.clock.turn(10_000)
  expect(snapshotOf(world).reconciliation.state).toBe('agreed')
})

test('an engine that is closed reports nothing more: the windows show another account by then', async () => {
  const world = await opened()
  const { trading } = world
  void trading.handlers.reconcile()
  const changes: unknown[] = []
  void trading.close()
  world.onChange = (change) => changes.push(change)
  world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(MINUTE_MS)
  expect(changes).toEqual([])
})

test('an answer that arrives after an engine closed is not recorded, because the database may belong to another mode', async () => {
  const world = await opened()
  world.line.hangUp()
  world.bend('placeOrder', 'slow')
  void world.trading.handlers.submit({ intent: 'asked', draft: atMarket(), accepted: [] })
  await world.clock.turn(1)
  let isClosed = false
  void world.trading.close().then(() => (isClosed = true))
  await world.clock.turn(2_500)
  expect(isClosed).toBe(true)
  const before = world.log.events.length
  await world.clock.turn(MINUTE_MS)
  expect(world.log.events).toHaveLength(before)
})

test('an answer that arrives right after a session was closed is still recorded', async () => {
  const world = await opened()
  void world.trading.handlers.submit({ intent: 'asked', draft: atMarket(), accepted: [] })
  await world.clock.turn(2)
  void world.trading.close()
  await world.clock.turn(1_000)
  expect(world.log.events.map(({ type }) => type)).toContain('OrderAccepted')
})

test('a cash difference that no order explains is shown, and taken over after half a minute', async () => {
  const world = await opened()
  const option = { ...terms, symbol: 'AAPL261218C00100000', clientOrderId: 'option' }
  const { id } = world.exchange.place(option)
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  void world.trading.handlers.reconcile()
  await world.clock.turn(10_000)
  expect(snapshotOf(world).reconciliation).toMatchObject({
    state: 'differs',
    differences: [{ what: 'cash' }],
  })
  await world.clock.turn(22_000)
  void world.trading.handlers.reconcile()
  await world.clock.turn(5_000)
  expect(snapshotOf(world).reconciliation).toMatchObject({ state: 'agreed', differences: [] })
  expect(world.log.events.filter(({ type }) => type === 'CashAdjusted')).toHaveLength(1)
})

test('a requested comparison shows what the exchange has, orders with their shares', async () => {
  const world = await opened()
  world.exchange.place({ ...terms, clientOrderId: 'external' })
  const answer = world.trading.handlers.reconcile()
  await world.clock.turn(5_000)
  expect(await answer).toMatchObject({
    ok: true,
    value: {
      orders: [{ symbol: 'AAPL', quantity: '10', filledQuantity: '0' }],
      reconciliation: { state: 'agreed' },
    },
  })
})

test('a window that asks too early gets the recorded orders once the account state is open', async () => {
  const world = await opened()
  world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(1_000)
  world.crash({ isStored: true })
  const reported: string[] = []
  world.onChange = ({ orders = [] }) => reported.push(...orders.map(({ id }) => id))
  void world.trading
  await world.clock.turn(MINUTE_MS)
  expect(reported).toContain('external')
})

test('a failed comparison is reported immediately, and repeated after five seconds', async () => {
  const world = await opened()
  const states: unknown[] = []
  world.onChange = ({ reconciliation }) => void (reconciliation && states.push(reconciliation.state))
  world.bend('listOrders', 'failed')
  void world.trading.handlers.reconcile()
  await world.clock.turn(4_000)
  expect(states.at(-1)).toBe('failed')
  await world.clock.turn(2_000)
  expect(states.at(-1)).toBe('agreed')
})

test('what no update reported is found by the comparison every minute', async () => {
  const world = await opened()
  world.line.bend('lose')
  world.line.bend('lose')
  world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(50_000)
  expect(snapshotOf(world).orders).toEqual([])
  await world.clock.turn(15_000)
  expect(snapshotOf(world).orders).toMatchObject([{ id: 'external', state: 'open' }])
})

test('an order that ended long ago while nobody listened is looked up by its id', async () => {
  const world = await opened()
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(15 * MINUTE_MS)
  world.loseNetwork(30 * MINUTE_MS)
  await world.clock.turn(1_000)
  world.exchange.end(id, 'expired')
  await world.clock.turn(32 * MINUTE_MS)
  expect(snapshotOf(world).orders).toMatchObject([{ id: 'external', state: 'expired' }])
})

test('a halt while the database is away takes effect immediately, and is recorded when it is back', async () => {
  const world = await opened()
  world.loseDatabase(10_000)
  void world.trading.handlers.halt()
  await world.clock.turn(5_000)
  expect(snapshotOf(world).trading.state).toBe('halted')
  expect(world.log.events.map(({ type }) => type)).not.toContain('KillSwitchEngaged')
  await world.clock.turn(2 * MINUTE_MS)
  expect(world.log.events.filter(({ type }) => type === 'KillSwitchEngaged')).toHaveLength(1)
})

test('an update that makes no sense leads to a comparison within seconds', async () => {
  const world = await opened()
  const known = world.exchange.place({ ...terms, clientOrderId: 'known' })
  await world.clock.turn(1_000)
  for (let updates = 0; updates < 2; updates++) world.line.bend('lose')
  world.exchange.place({ ...terms, clientOrderId: 'unheard' })
  await world.clock.turn(1_000)
  world.line.publish({ event: 'restated', order: { ...known, filledQty: new Decimal('1e308') } })
  await world.clock.turn(6_000)
  expect(snapshotOf(world).orders.map(({ id }) => id)).toEqual(['unheard', 'known'])
})

test.each([100, 400])(
  'while fills come every %i ms, the account is requested now and then, not once for each fill',
  async (everyMs) => {
    const world = await opened()
    const { id } = world.exchange.place({ ...terms, qty: '1000', clientOrderId: 'large' })
    await world.clock.turn(5_000)
    const account = vi.spyOn(world.exchange, 'account')
    for (let ms = 0; ms < 20_000; ms += everyMs) {
      world.exchange.fill(id, new Decimal(1), PRICE)
      await world.clock.turn(everyMs)
    }
    expect(account.mock.calls.length).toBeGreaterThan(5)
    expect(account.mock.calls.length).toBeLessThan(20)
  },
)

test('a difference that nothing explains is taken over after half a minute, not only with the next routine comparison', async () => {
  const world = await opened()
  const option = { ...terms, symbol: 'AAPL261218C00100000', clientOrderId: 'option' }
  const { id } = world.exchange.place(option)
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  void world.trading.handlers.reconcile()
  await world.clock.turn(36_000)
  expect(snapshotOf(world).reconciliation).toMatchObject({ state: 'agreed', differences: [] })
})

test('a report of the account after a fill that lacks a figure changes nothing that is shown', async () => {
  const world = await opened()
  const before = snapshotOf(world).account
  const report = world.exchange.account()
  vi.spyOn(world.exchange, 'account').mockReturnValue({ ...report, equity: undefined })
  const { id } = world.exchange.place({ ...terms, clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(5_000)
  expect(snapshotOf(world).account).toMatchObject({ equity: before?.equity, dayPnl: before?.dayPnl })
})
