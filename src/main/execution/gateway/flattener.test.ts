import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { atMarket, p, q } from '../../../../tests/support/risk-context.ts'
import {
  fillAll,
  filling,
  heldOf,
  holding,
  market,
  orderOf,
  PRICE,
  TEN,
  traded,
} from '../../../../tests/support/trading-model/holding.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

test('a flatten does not wait for a database that is not open yet', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  for (let reads = 0; reads < 2; reads++) world.bendLog('slow')
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
    'Canceled 0 orders. Still holding 10 AAPL261218C00100000. ' +
    'Signal only closes stocks; close AAPL261218C00100000 in Alpaca.'
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

/** What a flatten has answered so far. */
function answerOf(world: TradingWorld) {
  const answers: unknown[] = []
  void Promise.resolve(world.trading.handlers.flatten()).then((answer) => answers.push(answer))
  return answers
}

const sale = atMarket({ side: 'sell' })

test('a flatten with a sale under way does not say flat before it is, and never sells more than is held', async () => {
  const world = await holding()
  world.bend('placeOrder', 'late')
  void world.trading.handlers.submit({ intent: 'sale', draft: sale, accepted: [] })
  await world.clock.turn(300)
  const answers = answerOf(world)
  await world.clock.turn(10_000)
  expect(answers).toEqual([])
  expect(world.exchange.open).toEqual([])
  await filling(world, 60_000, 1_000)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
  expect(heldOf(world)).toEqual([])
})

test('a flatten that can wait no longer names the order of which nothing is known, and claims nothing', async () => {
  const world = await holding()
  world.bend('placeOrder', 'late')
  void world.trading.handlers.submit({ intent: 'sale', draft: sale, accepted: [] })
  await world.clock.turn(300)
  for (let lookups = 0; lookups < 60; lookups++) world.bend('findOrderByClientId', 'failed')
  world.line.hangUp()
  for (let lists = 0; lists < 400; lists++) world.bend('listOrders', 'failed')
  const answers = answerOf(world)
  await world.clock.turn(62_000)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: false } }])
  expect(JSON.stringify(answers)).toContain('Unconfirmed: Sell 10 AAPL.')
  expect(world.exchange.orders.filter(({ side }) => side === 'sell')).toHaveLength(1)
})

test('an entry that shows up only after a flatten is canceled', async () => {
  const world = await holding()
  world.bend('placeOrder', 'late')
  const entry = atMarket({ type: 'limit', limitPrice: p('99') })
  void world.trading.handlers.submit({ intent: 'entry', draft: entry, accepted: [] })
  await world.clock.turn(300)
  const answers = answerOf(world)
  for (let seconds = 0; seconds < 60; seconds++) {
    for (const { id, side } of world.exchange.open) if (side === 'sell') world.exchange.fill(id, TEN, PRICE)
    await world.clock.turn(1_000)
  }
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
  expect(orderOf(world, 'entry')).toMatchObject({ state: 'canceled' })
  expect(heldOf(world)).toEqual([])
})

test('an entry that shows up filled after a flatten is closed', async () => {
  const world = await holding()
  world.bend('placeOrder', 'late')
  void world.trading.handlers.submit({ intent: 'entry', draft: atMarket({}), accepted: [] })
  await world.clock.turn(300)
  const answers = answerOf(world)
  await filling(world, 45_000, 5)
  expect(answers).toHaveLength(1)
  expect(orderOf(world, 'entry')).toMatchObject({ filledQuantity: '10' })
  expect(heldOf(world)).toEqual([])
})

test('nothing is opened while a flatten is under way', async () => {
  const world = await holding()
  void world.trading.handlers.flatten()
  await world.clock.turn(100)
  const answer = world.trading.handlers.submit({ intent: randomUUID(), draft: atMarket({}), accepted: [] })
  await world.clock.turn(1_000)
  expect(await answer).toMatchObject({ ok: false, error: { problems: [{ code: 'FLATTENING' }] } })
})

test('a position that an order of another program opens during a flatten is closed too', async () => {
  const world = await holding()
  const answers = answerOf(world)
  await world.clock.turn(200)
  const { id } = world.exchange.place({ ...market, side: 'buy', clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, new Decimal(5), PRICE)
  for (let seconds = 0; seconds < 14; seconds++) {
    await world.clock.turn(1_000)
    for (const { id: open, side } of world.exchange.open)
      if (side === 'sell') world.exchange.fill(open, TEN, PRICE)
  }
  await world.clock.turn(5_000)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
  expect(heldOf(world)).toEqual([])
})

test('a flatten without the record of orders says what the exchange holds, and claims no more', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  world.loseDatabase(600_000)
  const answers = answerOf(world)
  await filling(world, 70_000, 1_000)
  expect(heldOf(world)).toEqual([])
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: false } }])
  expect(JSON.stringify(answers)).toContain('Order log unreadable')
})

test('a flatten does not sell again what was just sold, although the list of positions is older than that', async () => {
  const world = await holding()
  const old = world.exchange.positions()
  void world.trading.handlers.submit({ intent: 'sale', draft: sale, accepted: [] })
  await world.clock.turn(100)
  fillAll(world)
  await world.clock.turn(100)
  const positions = vi.spyOn(world.exchange, 'positions').mockReturnValue(old)
  world.clock.after(1_000, () => positions.mockRestore())
  const answers = answerOf(world)
  await filling(world, 20_000, 100)
  expect(traded(world)).toEqual(['buy 10', 'sell 10'])
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
})

test('a flatten does not say flat while its own order still works that would open a position', async () => {
  const world = await holding()
  const answers = answerOf(world)
  await world.clock.turn(100)
  const { id } = world.exchange.place({ ...market, side: 'sell', clientOrderId: 'external' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(20_000)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
  expect(world.exchange.open).toEqual([])
})

test('an entry that shows up filled long after a flatten is closed without what the trader has bought since', async () => {
  const world = await holding()
  world.bend('placeOrder', 'late')
  void world.trading.handlers.submit({ intent: 'entry', draft: atMarket({}), accepted: [] })
  await world.clock.turn(300)
  const answers = answerOf(world)
  await filling(world, 35_000, 100)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
  void world.trading.handlers.submit({ intent: 'again', draft: atMarket({ quantity: q('3') }), accepted: [] })
  await filling(world, 45_000, 5)
  expect(orderOf(world, 'entry')).toMatchObject({ filledQuantity: '10' })
  expect(heldOf(world)).toEqual(['3'])
})

test('an order that the exchange refuses to cancel is asked for now and then, not with every look', async () => {
  const world = await holding()
  const entry = atMarket({ type: 'limit', limitPrice: p('99') })
  void world.trading.handlers.submit({ intent: 'entry', draft: entry, accepted: [] })
  await world.clock.turn(1_000)
  world.bend('cancelAllOrders', 'unprocessable')
  for (let cancels = 0; cancels < 200; cancels++) world.bend('cancelOrder', 'unprocessable')
  const gets = vi.spyOn(world.exchange, 'get')
  void world.trading.handlers.flatten()
  await world.clock.turn(14_000)
  expect(gets.mock.calls.length).toBeGreaterThan(1)
  expect(gets.mock.calls.length).toBeLessThan(12)
})

test('a flatten without the record of orders counts only the orders that the exchange cancels', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  world.loseDatabase(600_000)
  const failed = { of: 'one', status: 422, message: 'order is pending replace', order: undefined }
  vi.spyOn(world.exchange, 'cancelAll').mockReturnValueOnce([failed])
  const answers = answerOf(world)
  await filling(world, 70_000, 1_000)
  expect(JSON.stringify(answers)).toContain('Canceled 0 orders')
})

/** Holds ten shares, with an entry in the same symbol whose cancel hangs at the exchange. */
async function withHangingEntry(): Promise<TradingWorld> {
  const world = await holding()
  const entry = atMarket({ type: 'limit', limitPrice: p('99'), quantity: q('5') })
  void world.trading.handlers.submit({ intent: 'entry', draft: entry, accepted: [] })
  await world.clock.turn(1_000)
  world.exchange.hangCancels(true)
  return world
}

/** Lets so many seconds pass in which sales fill at once. */
async function sellFor(world: TradingWorld, seconds: number): Promise<void> {
  for (let ticks = 0; ticks < seconds * 5; ticks++) {
    await world.clock.turn(200)
    for (const { id, side } of world.exchange.open) if (side === 'sell') world.exchange.fill(id, TEN, PRICE)
  }
}

test('without a database, too, a flatten does not say flat while the exchange has not canceled an order', async () => {
  const world = await withHangingEntry()
  world.loseDatabase(600_000)
  const answers = answerOf(world)
  await sellFor(world, 40)
  expect(heldOf(world)).toEqual([])
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: false } }])
  expect(JSON.stringify(answers)).toContain('Not canceled yet: Buy 5 AAPL.')
})

test('a position that waits for a cancel is not said to be closing, and is closed once the exchange has canceled', async () => {
  const world = await withHangingEntry()
  const answers = answerOf(world)
  await sellFor(world, 20)
  expect(heldOf(world)).toEqual(['10'])
  const sentence =
    'Canceled 0 orders. Still holding 10 AAPL. Not canceled yet: Buy 5 AAPL. ' +
    'What’s left in AAPL is closed after that.'
  expect(answers).toEqual([{ ok: true, value: { isFlat: false, sentence } }])
  world.exchange.hangCancels(false)
  await sellFor(world, 20)
  expect(heldOf(world)).toEqual([])
})

test('what a flatten could not close is left alone if the trader has sent an order in that symbol since', async () => {
  const world = await withHangingEntry()
  const answers = answerOf(world)
  await sellFor(world, 20)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: false } }])
  void world.trading.handlers.submit({ intent: 'again', draft: atMarket({ quantity: q('3') }), accepted: [] })
  await world.clock.turn(1_000)
  for (const { id, clientOrderId } of world.exchange.open)
    if (clientOrderId === 'again') world.exchange.fill(id, TEN, PRICE)
  world.exchange.hangCancels(false)
  await sellFor(world, 20)
  expect(heldOf(world)).toEqual(['13'])
})

test('an order that fills while a flatten cancels it is not called canceled', async () => {
  const world = await holding()
  const exit = atMarket({ side: 'sell', type: 'limit', limitPrice: p('101') })
  void world.trading.handlers.submit({ intent: 'exit', draft: exit, accepted: [] })
  await world.clock.turn(1_000)
  world.exchange.hangCancels(true)
  const answers = answerOf(world)
  await sellFor(world, 20)
  const sentence = 'Canceled 0 orders and closed 0 positions. Confirmed flat.'
  expect(answers).toEqual([{ ok: true, value: { isFlat: true, sentence } }])
})

test('a flatten that waits leaves most of the requests that Alpaca allows in a minute to the trader', async () => {
  const world = await withHangingEntry()
  const { exchange } = world
  const calls = (['positions', 'list', 'account', 'fills', 'get'] as const).map((name) =>
    vi.spyOn(exchange, name),
  )
  const answers = answerOf(world)
  await world.clock.turn(20_000)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: false } }])
  expect(calls.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeLessThan(100)
})

test('a flatten without a database closes positions even if no answer comes to the cancel of the orders', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  world.loseDatabase(600_000)
  world.bend('cancelAllOrders', 'failed')
  const answers = answerOf(world)
  await sellFor(world, 70)
  expect(heldOf(world)).toEqual([])
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: false } }])
})

test('a flatten that Alpaca gives no clear answer to says so, and to try again: nothing is looked up for it', async () => {
  const world = await holding()
  world.crash({ isStored: true })
  world.loseDatabase(600_000)
  for (const call of ['cancelAllOrders', 'closeAllPositions'] as const) world.bend(call, 'failed')
  const answers = answerOf(world)
  await world.clock.turn(20_000)
  const sentence =
    'No confirmation from Alpaca: some, all or none may be canceled and closed. Flatten again, or check your account at Alpaca.'
  expect(answers).toEqual([
    { ok: false, error: { kind: 'refused', problems: [{ code: 'UNCONFIRMED', level: 'refuse', sentence }] } },
  ])
})

test('an order that shows up during a flatten and is canceled then is counted', async () => {
  const world = await holding()
  world.bend('placeOrder', 'lost')
  const entry = atMarket({ type: 'limit', limitPrice: p('99'), quantity: q('5') })
  void world.trading.handlers.submit({ intent: 'entry', draft: entry, accepted: [] })
  await world.clock.turn(2)
  const answers = answerOf(world)
  await sellFor(world, 60)
  const sentence = 'Canceled 1 order and closed 1 position. Confirmed flat.'
  expect(answers).toEqual([{ ok: true, value: { isFlat: true, sentence } }])
})

test('what a flatten did before its database went away is not forgotten in its answer', async () => {
  const world = await holding()
  const entry = atMarket({ type: 'limit', limitPrice: p('99'), quantity: q('5') })
  void world.trading.handlers.submit({ intent: 'entry', draft: entry, accepted: [] })
  await world.clock.turn(1_000)
  const answers = answerOf(world)
  await world.clock.turn(400)
  expect(world.exchange.open).toMatchObject([{ side: 'sell' }])
  world.loseDatabase(600_000)
  await sellFor(world, 40)
  const sentence = 'Canceled 1 order and closed 1 position. Confirmed flat.'
  expect(answers).toEqual([{ ok: true, value: { isFlat: true, sentence } }])
})

test('a row of zero shares at the exchange does not keep an account from being flat', async () => {
  const world = await holding()
  const [row] = world.exchange.positions()
  if (row === undefined) throw new Error('ten shares are held')
  const answers = answerOf(world)
  await world.clock.turn(1_000)
  fillAll(world)
  vi.spyOn(world.exchange, 'positions').mockReturnValue([{ ...row, qty: new Decimal(0) }])
  await world.clock.turn(20_000)
  expect(answers).toMatchObject([{ ok: true, value: { isFlat: true } }])
})
