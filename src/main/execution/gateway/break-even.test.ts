import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { atMarket, p, q } from '../../../../tests/support/risk-context.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { AAPL } from '../../../../tests/support/trading-model/holding.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

/** Ten shares bought or sold short at that average; the world's price is about $100.00. */
async function held(average: string, side: 'buy' | 'sell' = 'buy'): Promise<TradingWorld> {
  const world = new TradingWorld()
  const { id } = world.exchange.place({
    symbol: 'AAPL',
    qty: '10',
    side,
    type: 'market',
    timeInForce: 'day',
    clientOrderId: 'entry',
  })
  await world.clock.turn(20)
  world.exchange.fill(id, new Decimal(10), new Decimal(average))
  void world.trading
  await world.clock.turn(5_000)
  return world
}

async function withStop(world: TradingWorld, more: Parameters<typeof atMarket>[0]): Promise<void> {
  const draft = atMarket({ side: 'sell', type: 'stop', ...more })
  const answer = world.trading.handlers.submit({
    intent: draft.stopPrice ?? 'trail',
    draft,
    accepted: ['DUPLICATE_ORDER'],
  })
  await world.clock.turn(1_000)
  expect(await answer).toMatchObject({ ok: true })
}

async function breakEven(world: TradingWorld, intent = 'moved') {
  const answer = world.trading.handlers.breakEven({ intent, symbol: AAPL })
  await world.clock.turn(2_000)
  return answer
}

const openStops = ({ exchange }: TradingWorld) =>
  exchange.open.map(({ type, stopPrice, limitPrice }) => [type, stopPrice?.toFixed(), limitPrice?.toFixed()])

const refusal = (code: string, sentence: RegExp | string) => ({
  ok: false,
  error: { problems: [{ code, sentence: expect.stringMatching(sentence) }] },
})

test('the stop of a long position goes up to the average price, rounded so that nothing is lost', async () => {
  const world = await held('98.1234')
  await withStop(world, { stopPrice: p('97') })
  expect(await breakEven(world)).toMatchObject({ ok: true, value: [{ id: 'moved', stopPrice: '98.13' }] })
  expect(openStops(world)).toEqual([['stop', '98.13', undefined]])
  expect(world.exchange.open[0]?.qty?.toFixed()).toBe('10')
})

test('the stop of a short position goes down to it, rounded the other way', async () => {
  const world = await held('101.8766', 'sell')
  await withStop(world, { side: 'buy', stopPrice: p('103') })
  expect(await breakEven(world)).toMatchObject({ ok: true, value: [{ stopPrice: '101.87' }] })
})

test('the limit of a stop-limit order keeps its distance', async () => {
  const world = await held('98')
  await withStop(world, { type: 'stop_limit', stopPrice: p('97'), limitPrice: p('96.5') })
  await breakEven(world)
  expect(openStops(world)).toEqual([['stop_limit', '98', '97.5']])
})

test('every stop that would lose is moved, also two for as many shares, and one that gains stays', async () => {
  const world = await held('98')
  for (const stopPrice of ['96', '97', '99'])
    await withStop(world, { stopPrice: p(stopPrice), quantity: q('3') })
  expect(await breakEven(world)).toMatchObject({ ok: true, value: [{}, {}] })
  expect(openStops(world).map(([, stop]) => stop)).toEqual(['99', '98', '98'])
})

test('if the market is already beyond the average price, nothing is moved and it says so', async () => {
  const world = await held('102')
  await withStop(world, { stopPrice: p('97') })
  expect(await breakEven(world)).toMatchObject(
    refusal('STOP_ON_WRONG_SIDE', /is below break-even \(\$102\.00\).*trigger immediately/),
  )
  expect(openStops(world)).toEqual([['stop', '97', undefined]])
})

test('a stop that is better already is not moved back', async () => {
  const world = await held('98')
  await withStop(world, { stopPrice: p('99') })
  expect(await breakEven(world)).toMatchObject(refusal('NOTHING_CHANGED', 'already at $98.00 or better'.replace(/[$.]/g, '\\$&'))) // prettier-ignore
})

test('a short position’s stop at the average price stays, and none is moved there while the market is at it', async () => {
  const world = await held('101', 'sell')
  await withStop(world, { side: 'buy', stopPrice: p('101') })
  expect(await breakEven(world)).toMatchObject(refusal('NOTHING_CHANGED', /already at \$101\.00 or better/))
  const atIt = await held('100', 'sell')
  await withStop(atIt, { side: 'buy', stopPrice: p('103') })
  expect(await breakEven(atIt)).toMatchObject(
    refusal('STOP_ON_WRONG_SIDE', /AAPL at \$100\.00 is at break-even/),
  )
})

test('without a stop, or with one that trails, it says what there is', async () => {
  const world = await held('98')
  expect(await breakEven(world)).toMatchObject(refusal('NO_STOP', 'No stop to move on AAPL.'))
  await withStop(world, { type: 'trailing_stop', trailPrice: p('2') })
  expect(await breakEven(world)).toMatchObject(refusal('ORDER_NOT_CHANGEABLE', /Change its trail/))
})

test('a stop that waits for an entry which is not filled yet stays with it', async () => {
  const world = await held('98')
  const exits = { takeProfit: { limitPrice: p('105') }, stopLoss: { stopPrice: p('90') } }
  const more = atMarket({ orderClass: 'bracket', type: 'limit', limitPrice: p('95'), ...exits })
  void world.trading.handlers.submit({ intent: 'more', draft: more, accepted: [] })
  await world.clock.turn(2_000)
  expect(await breakEven(world)).toMatchObject(refusal('ORDER_NOT_CHANGEABLE', /waits for its entry/))
})

test('without a position there is nothing to break even on', async () => {
  const world = await held('98')
  world.exchange.place({ symbol: 'AAPL', qty: '10', side: 'sell', type: 'market', timeInForce: 'day', clientOrderId: 'exit' }) // prettier-ignore
  await world.clock.turn(20)
  for (const { id } of world.exchange.open) world.exchange.fill(id, new Decimal(10), new Decimal(99))
  await world.clock.turn(2_000)
  expect(await breakEven(world)).toMatchObject(refusal('NO_POSITION', 'No AAPL position.'))
})

test('the same request twice moves the stop once', async () => {
  const world = await held('98')
  await withStop(world, { stopPrice: p('97') })
  const first = world.trading.handlers.breakEven({ intent: 'moved', symbol: AAPL })
  const second = world.trading.handlers.breakEven({ intent: 'moved', symbol: AAPL })
  await world.clock.turn(2_000)
  expect(await first).toMatchObject({ ok: true })
  expect(await second).toMatchObject({ ok: true })
  expect(world.exchange.orders.map(({ type, status }) => [type, status])).toEqual([
    ['market', 'filled'],
    ['stop', 'replaced'],
    ['stop', 'new'],
  ])
  expect(snapshotOf(world).reconciliation.state).toBe('agreed')
})
