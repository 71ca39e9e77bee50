import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { SYMBOLS, TradingWorld } from '../../../../tests/support/trading-model/world.ts'

const [AAPL] = SYMBOLS
if (AAPL === undefined) throw new Error('the world has symbols')
const market = { symbol: AAPL, type: 'market', timeInForce: 'day' } as const

let placed = 0

/** An order of another program, open at the exchange. */
async function placedElsewhere(world: TradingWorld, side: 'buy' | 'sell', shares: number): Promise<string> {
  const request = { ...market, side, qty: new Decimal(shares), clientOrderId: `elsewhere-${++placed}` }
  const { id } = world.exchange.place(request)
  await world.clock.turn(50)
  return id
}

const fill = (world: TradingWorld, id: string, shares: number, price: number) =>
  world.exchange.fill(id, new Decimal(shares), new Decimal(price))

/** An execution engine whose account holds ten shares at $190.00. */
async function holding(): Promise<TradingWorld> {
  const world = new TradingWorld()
  fill(world, await placedElsewhere(world, 'buy', 10), 10, 190)
  void world.trading
  await world.clock.turn(5_000)
  expect(snapshotOf(world).reconciliation.state).toBe('agreed')
  return world
}

/** Average price and realized profit of the day, as shown. */
function figuresOf(world: TradingWorld) {
  const { positions, account, reconciliation } = snapshotOf(world)
  const [position] = positions
  return {
    state: reconciliation.state,
    quantity: position?.quantity,
    average: position?.averagePrice,
    realized: account?.realizedPnl,
  }
}

test('fills of a closed app count in the order of their execution, whichever becomes known first', async () => {
  const world = await holding()
  const bought = await placedElsewhere(world, 'buy', 10)
  const sold = await placedElsewhere(world, 'sell', 10)
  await world.clock.turn(5_000)
  world.crash({ isStored: true })
  fill(world, sold, 10, 194)
  await world.clock.turn(1_000)
  fill(world, bought, 10, 186)
  await world.clock.turn(60_000)
  void world.trading
  await world.clock.turn(20_000)
  expect(figuresOf(world)).toEqual({ state: 'agreed', quantity: '10', average: '186', realized: '40' })
})

test('executions of one order that lie around another’s are put in their order by the exchange’s list of fills', async () => {
  const world = await holding()
  const bought = await placedElsewhere(world, 'buy', 10)
  const sold = await placedElsewhere(world, 'sell', 10)
  await world.clock.turn(5_000)
  world.crash({ isStored: true })
  for (const [id, shares, price] of [
    [sold, 4, 194],
    [bought, 10, 186],
    [sold, 6, 200],
  ] as const) {
    fill(world, id, shares, price)
    await world.clock.turn(1_000)
  }
  await world.clock.turn(60_000)
  void world.trading
  await world.clock.turn(20_000)
  const [their] = world.exchange.positions()
  const { average, realized, state } = figuresOf(world)
  expect(state).toBe('agreed')
  expect(Number(average)).toBeCloseTo(their?.avgEntryPrice?.toNumber() ?? 0, 6)
  // 4 of 190 at 194; then (6 x 190 + 10 x 186) / 16 = 187.50; 6 of these at 200
  expect(realized).toBe('91')
  expect(world.notices.map(({ kind }) => kind)).toContain('adjusted')
})

test('two updates that come swapped do not change what a share cost', async () => {
  const world = await holding()
  const sold = await placedElsewhere(world, 'sell', 10)
  const bought = await placedElsewhere(world, 'buy', 10)
  await world.clock.turn(1_000)
  world.line.bend('swap')
  fill(world, sold, 10, 194)
  fill(world, bought, 10, 186)
  await world.clock.turn(1_000)
  expect(figuresOf(world)).toMatchObject({ quantity: '10', average: '186', realized: '40' })
})

test('without the list of fills nothing fails, and a different average price is never said to agree', async () => {
  const world = await holding()
  world.exchange.reprice(AAPL, new Decimal(188))
  for (let reads = 0; reads < 20; reads++) world.bend('getFills', 'failed')
  void world.trading.handlers.reconcile()
  await world.clock.turn(5_000)
  expect(snapshotOf(world).reconciliation).toMatchObject({
    state: 'differs',
    differences: [{ what: 'average-price', of: 'AAPL', ours: '190', theirs: '188' }],
  })
})

test('an average price that no fill explains is taken over after a while, and told', async () => {
  const world = await holding()
  world.exchange.reprice(AAPL, new Decimal(188))
  await world.clock.turn(180_000)
  expect(figuresOf(world)).toMatchObject({ state: 'agreed', quantity: '10', average: '188', realized: '0' })
  expect(world.notices.at(-1)).toMatchObject({
    kind: 'adjusted',
    body: 'Avg price is $188.00 at Alpaca; Signal had $190.00.',
  })
})

test('six hundred orders that another program sent in one instant are all known, also after a restart', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  const ids = Array.from({ length: 600 }, (_, nth) =>
    world.exchange.place({ ...market, side: 'buy', qty: new Decimal(1), clientOrderId: `burst-${nth}` }),
  ).map(({ id }) => id)
  await world.clock.turn(1_000)
  for (const id of ids) fill(world, id, 1, 100)
  void world.trading
  await world.clock.turn(20_000)
  expect(figuresOf(world)).toMatchObject({ state: 'agreed', quantity: '610' })
  world.crash({ isStored: true })
  void world.trading
  await world.clock.turn(20_000)
  expect(figuresOf(world)).toMatchObject({ state: 'agreed', quantity: '610' })
  const filled = world.log.events.filter(
    ({ type, stream }) => type === 'OrderFilled' && stream.startsWith('paper:order:burst-'),
  )
  expect(filled).toHaveLength(600)
})

test.each([-900_000, 900_000])(
  'no fill of a closed app is lost if this machine’s clock is off by a quarter of an hour (%i ms)',
  async (aheadMs) => {
    const world = new TradingWorld()
    world.exchangeAheadMs = aheadMs
    fill(world, await placedElsewhere(world, 'buy', 10), 10, 190)
    void world.trading
    await world.clock.turn(5_000)
    fill(world, await placedElsewhere(world, 'buy', 2), 2, 190)
    await world.clock.turn(5_000)
    world.crash({ isStored: true })
    fill(world, await placedElsewhere(world, 'buy', 5), 5, 190)
    await world.clock.turn(120_000)
    fill(world, await placedElsewhere(world, 'sell', 1), 1, 190)
    await world.clock.turn(120_000)
    void world.trading
    await world.clock.turn(20_000)
    expect(figuresOf(world)).toMatchObject({ state: 'agreed', quantity: '16' })
    expect(world.log.events.map(({ type }) => type)).not.toContain('PositionAdjusted')
  },
)

test('an account that was reset under the same id is taken over once the exchange has said so for a while, and told', async () => {
  const world = await holding()
  await placedElsewhere(world, 'sell', 4)
  await world.clock.turn(5_000)
  world.exchange.reset()
  await world.clock.turn(20_000)
  expect(snapshotOf(world).orders.filter(({ state }) => state === 'open')).toHaveLength(1)
  await world.clock.turn(300_000)
  const { positions, orders, reconciliation } = snapshotOf(world)
  expect({ positions, state: reconciliation.state }).toEqual({ positions: [], state: 'agreed' })
  expect(orders.filter(({ state }) => state === 'open')).toEqual([])
  expect(world.notices.slice(-2)).toMatchObject([
    {
      kind: 'canceled',
      body: 'Alpaca no longer has this order, as after an account reset. Treated as canceled.',
    },
    { kind: 'adjusted', title: 'AAPL: position adjusted to Alpaca' },
  ])
})

test('an order that the exchange denies only once is not taken for gone', async () => {
  const world = await holding()
  const id = await placedElsewhere(world, 'sell', 4)
  await world.clock.turn(5_000)
  world.bend('listOrders', 'failed')
  await world.clock.turn(300_000)
  expect(snapshotOf(world).orders.find(({ exchangeId }) => exchangeId === id)).toMatchObject({
    state: 'open',
  })
})

test('what the account holds is unknown until the exchange has reported it, and said to be so', async () => {
  const world = new TradingWorld()
  fill(world, await placedElsewhere(world, 'buy', 40), 40, 100)
  world.loseNetwork(30_000)
  void world.trading
  await world.clock.turn(10_000)
  expect(snapshotOf(world)).toMatchObject({
    positions: [],
    reconciliation: { state: 'failed', hasBegun: false },
  })
  await world.clock.turn(40_000)
  expect(snapshotOf(world)).toMatchObject({
    positions: [{ quantity: '40' }],
    reconciliation: { state: 'agreed', hasBegun: true },
  })
})

test('a difference that lasts is looked at once each time, since requests are few', async () => {
  const world = await holding()
  world.exchange.reprice(AAPL, new Decimal(188))
  for (let reads = 0; reads < 40; reads++) world.bend('getFills', 'failed')
  const positions = vi.spyOn(world.exchange, 'positions')
  void world.trading.handlers.reconcile()
  await world.clock.turn(5_000)
  expect(positions).toHaveBeenCalledTimes(3)
  void world.trading.handlers.reconcile()
  await world.clock.turn(5_000)
  expect(positions).toHaveBeenCalledTimes(4)
  expect(snapshotOf(world).reconciliation.state).toBe('differs')
})

test('fills of several orders that are put in order are told once, by what came of it', async () => {
  const world = await holding()
  const bought = await placedElsewhere(world, 'buy', 10)
  const sold = await placedElsewhere(world, 'sell', 10)
  await world.clock.turn(5_000)
  world.crash({ isStored: true })
  // All in one instant, so that only the list of fills tells their order.
  for (const [id, shares, price] of [
    [sold, 4, 194],
    [bought, 6, 186],
    [sold, 6, 200],
    [bought, 4, 180],
  ] as const)
    fill(world, id, shares, price)
  await world.clock.turn(60_000)
  void world.trading
  await world.clock.turn(20_000)
  const { average, realized, state } = figuresOf(world)
  expect(state).toBe('agreed')
  const told = world.notices.filter(({ kind }) => kind === 'adjusted').map(({ body }) => body)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain(`realized today is $${Number(realized).toFixed(2)} (was`)
  expect(told[0]).toContain(`avg price is $${Number(average).toFixed(2)}`)
})

test('what the account holds is unknown again while the exchange does not report it, also while it is asked', async () => {
  const world = await holding()
  world.loseNetwork(120_000)
  await world.clock.turn(70_000)
  const problem = expect.stringContaining('No reply from Alpaca') as string
  expect(snapshotOf(world).reconciliation).toMatchObject({ state: 'failed', hasBegun: true, problem })
  void world.trading.handlers.reconcile()
  await world.clock.turn(0)
  expect(snapshotOf(world).reconciliation).toMatchObject({ state: 'running', problem })
  await world.clock.turn(120_000)
  expect(snapshotOf(world).reconciliation).toMatchObject({ state: 'agreed' })
  expect(snapshotOf(world).reconciliation.problem).toBeUndefined()
})
