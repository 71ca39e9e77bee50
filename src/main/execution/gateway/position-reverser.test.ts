import { Decimal } from 'decimal.js'
import { expect, test, vi } from 'vitest'
import { atMarket, p, q } from '../../../../tests/support/risk-context.ts'
import { disagreements, snapshotOf } from '../../../../tests/support/trading-model/disagreements.ts'
import {
  AAPL,
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

const INTENT = '00000000-0000-4000-8000-000000000001'

const reverse = ({ trading }: TradingWorld, intent = INTENT) =>
  trading.handlers.reverse({ intent, symbol: AAPL, accepted: [] })

/** What was traded after the position was bought. */
const tradedSince = (world: TradingWorld) => traded(world).slice(1)

const openAt = ({ exchange }: TradingWorld) =>
  exchange.open.map(({ side, type, qty }) => `${side} ${qty?.toFixed()} ${type}`)

const stopped = (sentence: RegExp) => ({
  ok: false,
  error: { problems: [{ code: 'REVERSE_STOPPED', sentence: expect.stringMatching(sentence) }] },
})

const toldNotReversed = ({ notices }: TradingWorld) =>
  notices.filter(({ kind }) => kind === 'not-reversed').map(({ title }) => title)

test('a long position is closed, and only once the exchange says flat, as many shares are sold short', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(5_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  fillAll(world)
  await world.clock.turn(5_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  expect(await answer).toMatchObject({ ok: true, value: { id: INTENT, side: 'sell', quantity: '10' } })
  fillAll(world)
  await world.clock.turn(1_000)
  expect(tradedSince(world)).toEqual(['sell 10', 'sell 10'])
  expect(heldOf(world)).toEqual(['-10'])
  expect(world.faults).toEqual([])
})

test('a short position becomes long', async () => {
  const world = new TradingWorld()
  const { id } = world.exchange.place({ ...market, side: 'sell', clientOrderId: 'sold' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  void world.trading
  await world.clock.turn(5_000)
  void reverse(world)
  await filling(world, 8_000)
  expect(heldOf(world)).toEqual(['10'])
})

test('its exits are canceled first', async () => {
  const world = await holding()
  const stop = atMarket({ side: 'sell', type: 'stop', stopPrice: p('90') })
  void world.trading.handlers.submit({ intent: 'stop', draft: stop, accepted: [] })
  await world.clock.turn(1_000)
  void reverse(world)
  await world.clock.turn(3_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  await filling(world, 8_000)
  expect(heldOf(world)).toEqual(['-10'])
})

test('while the closing order is not filled, nothing is opened; after 15 s the reverse ends for good', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject(stopped(/not confirmed flat after 15 s; reverse not completed/))
  fillAll(world)
  await filling(world, 120_000)
  expect(tradedSince(world)).toEqual(['sell 10'])
  expect(heldOf(world)).toEqual([])
  expect(orderOf(world, INTENT)).toMatchObject({ state: 'denied' })
})

test('shares that another program buys before the close has filled keep the opposite order from being sent', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  world.exchange.place({ ...market, side: 'buy', clientOrderId: 'other' })
  await world.clock.turn(20)
  expect(openAt(world)).toEqual(['sell 10 market', 'buy 10 market'])
  fillAll(world)
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject(stopped(/not confirmed flat/))
  expect(heldOf(world)).toEqual(['10'])
  expect(openAt(world)).toEqual([])
})

test('shares bought elsewhere whose fill is not reported keep the opposite order from being sent: Alpaca’s positions have them', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  const closing = world.exchange.open[0]?.id ?? ''
  world.line.bend('lose')
  const { id } = world.exchange.place({ ...market, side: 'buy', clientOrderId: 'other' })
  await world.clock.turn(20)
  world.exchange.fill(closing, TEN, PRICE)
  await world.clock.turn(20)
  world.line.bend('lose')
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(900)
  expect(snapshotOf(world).positions).toEqual([])
  expect(heldOf(world)).toEqual(['10'])
  expect(world.exchange.open).toEqual([])
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject(stopped(/not confirmed flat/))
  expect(tradedSince(world)).toEqual(['sell 10', 'buy 10'])
})

test('while Alpaca still lists the position that was just closed, the opposite order waits', async () => {
  const world = await holding()
  const old = world.exchange.positions()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  const positions = vi.spyOn(world.exchange, 'positions').mockReturnValue(old)
  fillAll(world)
  await world.clock.turn(5_000)
  expect(snapshotOf(world).positions).toEqual([])
  expect(openAt(world)).toEqual([])
  positions.mockRestore()
  await world.clock.turn(1_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  expect(await answer).toMatchObject({ ok: true })
})

test('while an order of another program is open in the symbol, the opposite order waits, although Alpaca lists no position', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  const resting = { ...market, type: 'limit', limitPrice: '94', side: 'buy' } as const
  const { id } = world.exchange.place({ ...resting, clientOrderId: 'other' })
  world.exchange.fill(world.exchange.open[0]?.id ?? '', TEN, PRICE)
  await world.clock.turn(5_000)
  expect(heldOf(world)).toEqual([])
  expect(openAt(world)).toEqual(['buy 10 limit'])
  world.exchange.end(id, 'canceled')
  await world.clock.turn(1_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  expect(await answer).toMatchObject({ ok: true })
})

test('shares bought elsewhere while Alpaca’s list is under way keep the opposite order from being sent', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  fillAll(world)
  world.bend('getPositions', 'slow')
  await world.clock.turn(1_000)
  const { id } = world.exchange.place({ ...market, side: 'buy', clientOrderId: 'other' })
  await world.clock.turn(20)
  world.exchange.fill(id, TEN, PRICE)
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject(
    stopped(/^AAPL closed; reverse not completed\. AAPL changed in between\./),
  )
  expect(tradedSince(world)).toEqual(['sell 10', 'buy 10'])
  expect(heldOf(world)).toEqual(['10'])
})

test('the opposite order waits for Alpaca’s report of the account after the close: the checks count with its buying power', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  for (let reports = 0; reports < 3; reports++) world.bend('getAccount', 'slow')
  fillAll(world)
  await world.clock.turn(7_000)
  expect(openAt(world)).toEqual([])
  await world.clock.turn(3_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  expect(await answer).toMatchObject({ ok: true })
})

test('a closing order that fills in part keeps the opposite one from being sent', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  world.exchange.fill(world.exchange.open[0]?.id ?? '', new Decimal(4), PRICE)
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject(stopped(/not confirmed flat/))
  expect(heldOf(world)).toEqual(['6'])
  expect(openAt(world)).toEqual(['sell 10 market'])
})

test('what the checks refuse is refused before anything is sent, and the position keeps its exits', async () => {
  const world = await holding()
  const stop = atMarket({ side: 'sell', type: 'stop', stopPrice: p('90') })
  void world.trading.handlers.submit({ intent: 'stop', draft: stop, accepted: [] })
  await world.clock.turn(1_000)
  void world.trading.handlers.halt()
  await world.clock.turn(1_000)
  const answer = reverse(world)
  await world.clock.turn(3_000)
  expect(await answer).toMatchObject({ ok: false, error: { problems: [{ code: 'KILL_SWITCH_ENGAGED' }] } })
  expect(openAt(world)).toEqual(['sell 10 stop'])
  expect(orderOf(world, INTENT)).toMatchObject({ state: 'denied' })
})

test('what the trader must confirm first is asked before anything is sent', async () => {
  const world = await holding()
  void world.trading.handlers.setLimits({ notionalAskDollars: 500 })
  await world.clock.turn(1_000)
  const answer = reverse(world)
  await world.clock.turn(1_000)
  expect(await answer).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'NOTIONAL_EXCEEDS_LIMIT', level: 'ask' }] },
  })
  expect(openAt(world)).toEqual([])
  void world.trading.handlers.reverse({ intent: INTENT, symbol: AAPL, accepted: ['NOTIONAL_EXCEEDS_LIMIT'] })
  await filling(world, 8_000)
  expect(heldOf(world)).toEqual(['-10'])
})

test('if the opposite order is refused once the position is closed, it stays flat and says so', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  void world.trading.handlers.halt()
  await filling(world, 8_000)
  expect(await answer).toMatchObject(stopped(/^AAPL closed; reverse not completed\. .*ill switch/))
  expect(heldOf(world)).toEqual([])
  expect(orderOf(world, INTENT)).toMatchObject({ state: 'denied' })
})

test('while Alpaca does not say what is held, the opposite order waits', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  for (let reads = 0; reads < 200; reads++) world.bend('getPositions', 'failed')
  fillAll(world)
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject(stopped(/not confirmed flat/))
  expect(tradedSince(world)).toEqual(['sell 10'])
})

test('if the closing order ends without filling, it says so and nothing is opened', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  world.exchange.end(world.exchange.open[0]?.id ?? '', 'canceled')
  await world.clock.turn(2_000)
  expect(await answer).toMatchObject(
    stopped(/^AAPL not closed; reverse not completed\. The closing order ended without filling\.$/),
  )
  expect(heldOf(world)).toEqual(['10'])
})

test('a position that is being closed already is not reversed', async () => {
  const world = await holding()
  const exit = atMarket({ side: 'sell', type: 'limit', limitPrice: p('110') })
  void world.trading.handlers.submit({ intent: 'exit', draft: exit, accepted: [] })
  await world.clock.turn(1_000)
  world.exchange.hangCancels(true)
  void world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await world.clock.turn(1_000)
  const answer = reverse(world)
  await world.clock.turn(100)
  expect(await answer).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'QUANTITY_HELD', sentence: 'AAPL is being closed already.' }] },
  })
  world.exchange.hangCancels(false)
  await filling(world, 20_000)
  expect(tradedSince(world)).toEqual(['sell 10'])
})

test('an entry at rest in the symbol is no obstacle: it is canceled before the opposite order is sent', async () => {
  const world = await holding()
  const entry = atMarket({ type: 'limit', limitPrice: p('99.99'), quantity: q('3') })
  void world.trading.handlers.submit({ intent: 'entry', draft: entry, accepted: [] })
  await world.clock.turn(1_000)
  expect(openAt(world)).toEqual(['buy 3 limit'])
  const answer = reverse(world)
  await world.clock.turn(3_000)
  expect(openAt(world)).toEqual(['sell 10 market'])
  await filling(world, 8_000)
  expect(await answer).toMatchObject({ ok: true })
  expect(heldOf(world)).toEqual(['-10'])
})

test('a reverse whose end could not be recorded is told once the database is back', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  world.loseDatabase(60_000)
  fillAll(world)
  await world.clock.turn(30_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(toldNotReversed(world)).toEqual([])
  await filling(world, 120_000)
  expect(toldNotReversed(world)).toEqual(['AAPL closed; reverse not completed'])
  expect(tradedSince(world)).toEqual(['sell 10'])
})

test('an order that comes in between keeps the opposite one from being sent', async () => {
  const world = await holding()
  const answer = reverse(world)
  await world.clock.turn(1_000)
  const draft = atMarket({ type: 'limit', limitPrice: p('95') })
  void world.trading.handlers.submit({ intent: 'other', draft, accepted: ['WASH_TRADE'] })
  await world.clock.turn(100)
  world.exchange.place({ ...market, type: 'limit', limitPrice: '94', side: 'buy', clientOrderId: 'external' })
  const closing = world.exchange.open.find(({ type }) => type === 'market')
  world.exchange.fill(closing?.id ?? '', TEN, PRICE)
  await world.clock.turn(20_000)
  expect(await answer).toMatchObject({ ok: false })
  expect(tradedSince(world)).toEqual(['sell 10'])
})

test('without a position there is nothing to reverse', async () => {
  const world = await holding()
  void world.trading.handlers.closePosition({ intent: 'close', symbol: AAPL })
  await filling(world, 3_000)
  expect(await reverse(world)).toMatchObject({ ok: false, error: { problems: [{ code: 'NO_POSITION' }] } })
})

test('pressed twice, a position is reversed once', async () => {
  const world = await holding()
  const [first, second] = [reverse(world), reverse(world, '00000000-0000-4000-8000-000000000002')]
  await filling(world, 8_000)
  expect(await first).toEqual(await second)
  expect(tradedSince(world)).toEqual(['sell 10', 'sell 10'])
  expect(await reverse(world)).toMatchObject({ ok: true, value: { id: INTENT, state: 'filled' } })
  await filling(world, 8_000)
  expect(heldOf(world)).toEqual(['-10'])
})

for (const fate of ['lost', 'late', 'failed', 'failed-done', 'slow', 'unsent', 'broken'] as const)
  test(`a closing order whose answer is ${fate} is never doubled, and nothing opens before it is known to be filled`, async () => {
    const world = await holding()
    world.bend('placeOrder', fate)
    const answer = reverse(world)
    await filling(world, 120_000)
    await answer
    const [closed, opened] = tradedSince(world)
    expect([[], ['sell 10'], ['sell 10', 'sell 10']]).toContainEqual(tradedSince(world))
    expect(closed === undefined ? heldOf(world) : opened === undefined ? [] : ['-10']).toEqual(heldOf(world))
    expect([...world.sent.values()].every((times) => times === 1)).toBe(true)
    expect(disagreements(world, new Set())).toEqual([])
  })

for (const fate of ['lost', 'late', 'failed-done', 'broken'] as const)
  test(`an opposite order whose answer is ${fate} is never sent again`, async () => {
    const world = await holding()
    world.bend('placeOrder', 'plain')
    world.bend('placeOrder', fate)
    const answer = reverse(world)
    await filling(world, 120_000)
    expect(await answer).toMatchObject({ ok: true })
    expect(heldOf(world)).toEqual(fate === 'broken' ? [] : ['-10'])
    expect(world.sent.get(INTENT)).toBe(1)
    expect(disagreements(world, new Set())).toEqual([])
  })
