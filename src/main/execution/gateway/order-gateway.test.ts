import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { stockSymbol } from '#shared/units'
import { draft } from '../../../../tests/support/order-drafts.ts'
import { atMarket, p, q } from '../../../../tests/support/risk-context.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

const resting = (limitPrice = '99', quantity = '10') => draft({ type: 'limit', limitPrice, quantity })

async function opened(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  return world
}

/** The answer to an order, once it has come. */
async function submitted(world: TradingWorld, intent: string, order = resting()) {
  const answer = world.trading.handlers.submit({ intent, draft: order, accepted: [] })
  await world.clock.turn(2_000)
  return answer
}

test('an order that cannot be recorded is not sent', async () => {
  const world = await opened()
  world.loseDatabase(5_000)
  expect(await submitted(world, 'unwritten')).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'DATABASE_AWAY' }] },
  })
  expect(world.exchange.orders).toEqual([])
})

test('a position is not closed by an order that cannot be recorded', async () => {
  const world = new TradingWorld()
  world.loseDatabase(60_000)
  void world.trading
  await world.clock.turn(1_000)
  const closing = world.trading.handlers.closePosition({ intent: 'close', symbol: stockSymbol.parse('AAPL') })
  await world.clock.turn(1_000)
  expect(await closing).toMatchObject({ ok: false, error: { problems: [{ code: 'DATABASE_AWAY' }] } })
})

test('an order that the exchange rejects shows the reason; one that was never sent counts as never arrived', async () => {
  const world = await opened()
  world.bend('placeOrder', 'forbidden')
  expect(await submitted(world, 'refused')).toMatchObject({ ok: false })
  world.bend('placeOrder', 'unsent')
  expect(await submitted(world, 'unsent', resting('98', '20'))).toMatchObject({ ok: false })
  const orders = snapshotOf(world).orders.map(({ id, state, problem }) => ({ id, state, problem }))
  expect(orders).toMatchObject([
    { id: 'unsent', state: 'never-arrived' },
    { id: 'refused', state: 'rejected' },
  ])
  expect(orders.every(({ problem }) => problem !== undefined && problem.length > 10)).toBe(true)
})

test('an order with a single problem that nobody said yes to is not sent', async () => {
  const world = await opened()
  void world.trading.handlers.submit({ intent: 'first', draft: resting(), accepted: [] })
  await world.clock.turn(500)
  expect(await submitted(world, 'again')).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'DUPLICATE_ORDER' }] },
  })
  expect(world.exchange.orders.map(({ clientOrderId }) => clientOrderId)).toEqual(['first'])
})

test('a change that the checks refuse is not sent, and the order stays as it is', async () => {
  const world = await opened()
  await submitted(world, 'first')
  const change = { orderId: 'first', change: { limitPrice: p('99') }, accepted: [] }
  const answer = world.trading.handlers.replace({ intent: 'same', ...change })
  await world.clock.turn(1_000)
  expect(await answer).toMatchObject({ ok: false, error: { problems: [{ code: 'NOTHING_CHANGED' }] } })
  expect(snapshotOf(world).orders).toMatchObject([{ id: 'first', state: 'open', limitPrice: '99' }])
})

test('a change goes out, and the order in the old one’s place says what it replaces and who sent it', async () => {
  const world = await opened()
  await submitted(world, 'first')
  const change = { orderId: 'first', change: { limitPrice: p('98') }, accepted: [] }
  const answer = world.trading.handlers.replace({ intent: 'second', ...change })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: true, value: { id: 'second', limitPrice: '98' } })
  world.exchange.place({
    symbol: 'AAPL', side: 'buy', qty: '1', limitPrice: '97', type: 'limit', timeInForce: 'day', clientOrderId: 'external',
  }) // prettier-ignore
  await world.clock.turn(1_000)
  expect(snapshotOf(world).orders.map(({ id, origin, replaces }) => [id, origin, replaces])).toEqual([
    ['external', 'external', undefined],
    ['second', 'signal', 'first'],
    ['first', 'signal', undefined],
  ])
})

test('what orders of the last moments take is not offered to the next one', async () => {
  const world = await opened()
  const powerBefore = async () => {
    const answer = await world.trading.handlers.check(resting())
    return answer.ok ? answer.value.whatIf.buyingPowerBefore : undefined
  }
  const before = Number(await powerBefore())
  void world.trading.handlers.submit({ intent: 'first', draft: resting('99', '100'), accepted: [] })
  await world.clock.turn(100)
  expect(Number(await powerBefore())).toBe(before - 9_900)
})

test('a stock that Alpaca does not list is refused; one that it lists is not', async () => {
  const world = await opened()
  const codesOf = async (symbol: string) => {
    const answer = await world.trading.handlers.check(draft({ symbol, type: 'limit', limitPrice: '99' }))
    return answer.ok ? answer.value.problems.map(({ code }) => code) : []
  }
  expect(await codesOf('ZVZZT')).toContain('SYMBOL_UNKNOWN')
  expect(await codesOf('AAPL')).not.toContain('SYMBOL_UNKNOWN')
})

/** An open order to buy seven, of which the exchange filled four without an update. */
async function partlyFilled(): Promise<TradingWorld> {
  const world = await opened()
  await submitted(world, 'first', resting('99', '7'))
  world.line.bend('lose')
  world.exchange.fill(world.exchange.find('first')?.id ?? '', new Decimal(4), new Decimal(99))
  return world
}
const toTen = { orderId: 'first', change: { quantity: q('10') }, accepted: [] }

test('a change of an order that was partly filled unnoticed buys as many as wanted in all, and no more', async () => {
  const world = await partlyFilled()
  const answer = world.trading.handlers.replace({ intent: 'second', ...toTen })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: true, value: { quantity: '6' } })
  world.exchange.fill(world.exchange.find('second')?.id ?? '', new Decimal(10), new Decimal(99))
  expect(world.exchange.positions().map(({ qty }) => qty.toFixed())).toEqual(['10'])
})

test('what the exchange fills while it replaces an order is told at once, with the way out', async () => {
  const world = await partlyFilled()
  const replace = world.exchange.replace.bind(world.exchange)
  vi.spyOn(world.exchange, 'replace').mockImplementationOnce((id, change) => {
    const fresh = replace(id, change)
    world.exchange.fill(id, new Decimal(2), new Decimal(99))
    return fresh
  })
  void world.trading.handlers.replace({ intent: 'second', ...toTen })
  await world.clock.turn(2_000)
  const order = snapshotOf(world).orders.find(({ id }) => id === 'second')
  const sentence =
    'Alpaca filled 2 shares more of the old order during the replace. Replace Buy 6 AAPL with 4, or cancel it.'
  expect(order?.problem).toBe(sentence)
  expect(world.notices.find(({ kind }) => kind === 'overfilled')).toMatchObject({ body: sentence })
})

test('a change is not sent if the exchange does not say how much of the order is filled', async () => {
  const world = await partlyFilled()
  world.bend('getOrder', 'failed')
  const answer = world.trading.handlers.replace({ intent: 'second', ...toTen })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(world.exchange.find('second')).toBeUndefined()
})

/** A bracket's target for ten shares, of which the exchange filled three, all known. */
async function partlyFilledTarget(): Promise<{ readonly world: TradingWorld; readonly target: string }> {
  const world = await opened()
  const bracket = atMarket({
    orderClass: 'bracket',
    takeProfit: { limitPrice: p('110') },
    stopLoss: { stopPrice: p('90') },
  })
  await submitted(world, 'entry', bracket)
  world.exchange.fill(world.exchange.find('entry')?.id ?? '', new Decimal(10), new Decimal(99))
  await world.clock.turn(70_000)
  const target = world.exchange.open.find(({ type }) => type === 'limit')
  world.exchange.fill(target?.id ?? '', new Decimal(3), new Decimal(110))
  await world.clock.turn(1_000)
  return { world, target: target?.clientOrderId ?? '' }
}

test('an exit that fills just before it is changed is not told to sell too much: Alpaca counts its rest itself', async () => {
  const { world, target } = await partlyFilledTarget()
  const replace = world.exchange.replace.bind(world.exchange)
  vi.spyOn(world.exchange, 'replace').mockImplementationOnce((id, change) => {
    world.exchange.fill(id, new Decimal(2), new Decimal(110))
    return replace(id, change)
  })
  const change = { limitPrice: p('111') }
  const answer = world.trading.handlers.replace({ intent: 'second', orderId: target, change, accepted: [] })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: true })
  expect(world.notices.filter(({ kind }) => kind === 'overfilled')).toEqual([])
  const order = snapshotOf(world).orders.find(({ id }) => id === 'second')
  expect(order).toMatchObject({ quantity: '5' })
  expect(order?.problem).toBeUndefined()
})
