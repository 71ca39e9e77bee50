import { expect, test } from 'vitest'
import { draft } from '../../../../tests/support/order-drafts.ts'
import { p } from '../../../../tests/support/risk-context.ts'
import { snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import { AAPL, holding, orderOf } from '../../../../tests/support/trading-model/holding.ts'
import { TradingWorld } from '../../../../tests/support/trading-model/world.ts'

const small = () => draft({ type: 'limit', limitPrice: '99', quantity: '10' })
/** Over the limit of shares of an order. */
const huge = (quantity = '2000000') => draft({ type: 'limit', limitPrice: '99', quantity })

async function opened(): Promise<TradingWorld> {
  const world = new TradingWorld()
  void world.trading
  await world.clock.turn(1_000)
  return world
}

async function submitted(world: TradingWorld, intent: string, order = huge()) {
  const answer = world.trading.handlers.submit({ intent, draft: order, accepted: [] })
  await world.clock.turn(100)
  return answer
}

const denials = ({ log }: TradingWorld) => log.events.filter(({ type }) => type.endsWith('Denied'))

test('an order that the checks refuse is in the history with its reason, and in the log with all its terms', async () => {
  const world = await opened()
  const answer = await submitted(world, 'big')
  const sentences = answer.ok ? [] : answer.error.problems.map(({ sentence }) => sentence)
  expect(sentences.length).toBeGreaterThan(0)
  expect(orderOf(world, 'big')).toMatchObject({
    state: 'denied',
    origin: 'signal',
    quantity: '2000000',
    limitPrice: '99',
    problem: sentences.join(' '),
  })
  expect(denials(world)).toMatchObject([
    {
      stream: 'paper:order:big',
      type: 'OrderDenied',
      payload: { by: { kind: 'trader' }, draft: huge(), accepted: [] },
    },
  ])
  expect(denials(world)[0]?.payload['problems']).toEqual(
    answer.ok ? [] : answer.error.problems.map(({ code, sentence }) => ({ code, sentence })),
  )
  expect(world.exchange.orders).toEqual([])
  expect(world.sent.size).toBe(0)
})

test('a denied order is closed, and takes neither buying power nor a place in the rate of orders', async () => {
  const world = await opened()
  const check = async () => {
    const answer = await world.trading.handlers.check(small())
    return answer.ok ? answer.value : undefined
  }
  const before = await check()
  for (let nth = 0; nth < 8; nth++) await submitted(world, `big-${nth}`, huge(`200000${nth}`))
  expect(denials(world)).toHaveLength(8)
  expect(snapshotOf(world).orders.filter(({ state }) => state !== 'denied')).toEqual([])
  expect(await check()).toEqual(before)
})

test('an order like a denied one is no duplicate, and its intent is over: submitted again it is still denied', async () => {
  const world = await opened()
  void world.trading.handlers.halt()
  await world.clock.turn(100)
  expect(await submitted(world, 'first', small())).toMatchObject({ ok: false })
  await submitted(world, 'first', small())
  expect(await submitted(world, 'first', small())).toMatchObject({ ok: true, value: { state: 'denied' } })
  expect(denials(world)).toHaveLength(1)
  expect(world.exchange.orders).toEqual([])
})

test('checks while typing are not recorded, nor is a question that was not answered yet', async () => {
  const world = await opened()
  await world.trading.handlers.check(huge())
  await submitted(world, 'one', small())
  expect(await submitted(world, 'same', small())).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'DUPLICATE_ORDER', level: 'ask' }] },
  })
  expect(denials(world)).toEqual([])
  // Once it is answered, the same intent is sent.
  const accepted = ['DUPLICATE_ORDER'] as const
  const answer = world.trading.handlers.submit({ intent: 'same', draft: small(), accepted: [...accepted] })
  await world.clock.turn(500)
  expect(await answer).toMatchObject({ ok: true })
})

test('a change that is refused is in the order’s timeline with what was wanted, and the order stays as it is', async () => {
  const world = await opened()
  await submitted(world, 'first', small())
  await world.clock.turn(1_000)
  const before = orderOf(world, 'first')
  const change = { limitPrice: p('400') }
  const request = { intent: 'second', orderId: 'first', change, accepted: [] }
  const answer = world.trading.handlers.replace(request)
  await world.clock.turn(1_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(denials(world)).toMatchObject([
    { stream: 'paper:order:first', type: 'OrderReplaceDenied', payload: { by: { kind: 'trader' }, change } },
  ])
  expect(orderOf(world, 'first')).toEqual(before)
  expect(orderOf(world, 'second')).toBeUndefined()
})

test('a change is refused, and that recorded, if the exchange does not say how the order stands', async () => {
  const world = await opened()
  await submitted(world, 'first', small())
  await world.clock.turn(1_000)
  world.bend('getOrder', 'failed')
  const answer = world.trading.handlers.replace({
    intent: 'second',
    orderId: 'first',
    change: { limitPrice: p('98') },
    accepted: [],
  })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(denials(world)).toMatchObject([{ type: 'OrderReplaceDenied' }])
})

test('a close of what is not held is recorded with its symbol', async () => {
  const world = await opened()
  const answer = world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await world.clock.turn(1_000)
  expect(await answer).toMatchObject({ ok: false, error: { problems: [{ code: 'NO_POSITION' }] } })
  expect(denials(world)).toMatchObject([
    { stream: 'paper:account', type: 'PositionCloseDenied', payload: { symbol: 'AAPL' } },
  ])
})

test('a close that is refused while the position is held is a denied order', async () => {
  const world = await holding()
  world.bend('getPositions', 'failed')
  const answer = world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(orderOf(world, 'close')).toMatchObject({ state: 'denied', side: 'sell', quantity: '10' })
})

test('a refusal is answered even if it cannot be recorded, and the next one has the count', async () => {
  const world = await opened()
  world.bendLog('refused')
  const answer = await submitted(world, 'unwritten')
  expect(answer.ok ? [] : answer.error.problems.map(({ code }) => code)).toContain('QUANTITY_EXCEEDS_LIMIT')
  expect(denials(world)).toEqual([])
  await world.clock.turn(10_000)
  await submitted(world, 'written')
  expect(denials(world)).toMatchObject([{ payload: { unrecorded: 1 } }])
})

test('a close that Alpaca rejects has its reason in its own order, and is not recorded as refused by Signal', async () => {
  const world = await holding()
  world.bend('placeOrder', 'forbidden')
  const answer = world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(orderOf(world, 'close')).toMatchObject({ state: 'rejected' })
  expect(denials(world)).toEqual([])
})

test('an order that is refused because nothing can be recorded yet is counted in the next refusal', async () => {
  const world = new TradingWorld()
  const early = world.trading.handlers.submit({ intent: 'early', draft: small(), accepted: [] })
  await world.clock.turn(1_000)
  expect(await early).toMatchObject({ ok: false })
  await submitted(world, 'big')
  expect(denials(world)).toMatchObject([{ payload: { unrecorded: 1 } }])
})

test('so is a change of an order', async () => {
  const world = await opened()
  await submitted(world, 'first', small())
  world.crash({ isStored: true })
  const request = { intent: 'second', orderId: 'first', change: { limitPrice: p('98') }, accepted: [] }
  const early = world.trading.handlers.replace(request)
  await world.clock.turn(1_000)
  expect(await early).toMatchObject({ ok: false })
  await submitted(world, 'big')
  expect(denials(world)).toMatchObject([{ payload: { unrecorded: 1 } }])
})

test('a held key does not fill the log: the same refusal counts within a second, and others are limited', async () => {
  const world = await opened()
  for (let nth = 0; nth < 30; nth++) await submitted(world, `same-${nth}`)
  expect(denials(world)).toHaveLength(3)
  expect(denials(world).map(({ payload }) => payload['unrecorded'])).toEqual([undefined, 9, 9])
  await world.clock.turn(20_000)
  for (let nth = 0; nth < 50; nth++) await submitted(world, `other-${nth}`, huge(`20000${10 + nth}`))
  expect(denials(world)).toHaveLength(23)
  await world.clock.turn(10_000)
  await submitted(world, 'last')
  expect(denials(world).at(-1)?.payload).toMatchObject({ unrecorded: 30 })
})

test('a restart shows a denied order as before', async () => {
  const world = await opened()
  await submitted(world, 'big')
  const before = orderOf(world, 'big')
  world.crash({ isStored: true })
  void world.trading
  await world.clock.turn(2_000)
  expect(orderOf(world, 'big')).toEqual(before)
})
