import { expect, test } from 'vitest'
import type { OrderChange, OrderState, OrderView } from '#shared/trading/order'
import { checkChange, type RiskContext } from './index.ts'
import {
  accountWith,
  heldBack,
  holding,
  moment,
  NOW,
  p,
  q,
  s,
  working,
} from '../../../tests/support/risk-context.ts'

/** An open order to buy 100 AAPL at $99.00, with 40 filled. */
const entry = (more: Partial<OrderView> = {}) =>
  working('e', {
    side: 'buy',
    limitPrice: p('99'),
    filledQuantity: q('40'),
    state: 'partially-filled',
    ...more,
  })

const said = (order: OrderView, change: OrderChange, context: RiskContext = moment()) =>
  checkChange(order, change, context)
    .filter(({ level }) => level !== 'tell')
    .map(({ level, code, field }) => [level, code, field].filter(Boolean).join(' '))

test('price, quantity and time in force can be changed without a problem', () => {
  expect(said(entry(), { limitPrice: p('99.5') })).toEqual([])
  expect(said(entry(), { quantity: q('41') })).toEqual([])
  expect(said(entry(), { timeInForce: 'gtc' })).toEqual([])
})

test('the same values are not a change, however they are written', () => {
  expect(said(entry(), {})).toEqual(['refuse NOTHING_CHANGED'])
  expect(said(entry(), { limitPrice: p('99.00'), quantity: q('100.0'), timeInForce: 'day' })).toEqual([
    'refuse NOTHING_CHANGED',
  ])
})

test.each<[OrderState, boolean]>([
  ['open', true],
  ['partially-filled', true],
  ['requested', false],
  ['unconfirmed', false],
  ['accepted', false],
  ['pending-cancel', false],
  ['pending-replace', false],
  ['filled', false],
  ['canceled', false],
  ['replaced', false],
])('an order that is %s can be changed: %s', (state, can) => {
  const problems = said(entry({ state }), { limitPrice: p('99.5') })
  expect(problems).toEqual(can ? [] : ['refuse ORDER_NOT_CHANGEABLE'])
})

test('an order that can no longer be changed is said to be over, in the words of the trade', () => {
  const sentence = (state: OrderState) =>
    checkChange(entry({ state }), { limitPrice: p('99.5') }, moment())[0]?.sentence
  expect(sentence('filled')).toBe('Order already filled. Send a new one.')
  expect(sentence('never-arrived')).toBe('Order already closed. Send a new one.')
})

test('orders in dollars, in fractional shares or not yet confirmed by Alpaca cannot be changed', () => {
  const { quantity: _quantity, ...dollars } = entry()
  const { exchangeId: _exchangeId, ...unsent } = entry()
  for (const order of [{ ...dollars, notional: p('500') }, entry({ quantity: q('100.5') }), unsent])
    expect(said(order, { limitPrice: p('99.5') })).toEqual(['refuse ORDER_NOT_CHANGEABLE'])
})

test('a price that the order does not have cannot be changed', () => {
  expect(said(entry(), { stopPrice: p('98') })).toEqual(['refuse ORDER_NOT_CHANGEABLE stopPrice'])
  expect(said(entry(), { trail: p('1') })).toEqual(['refuse ORDER_NOT_CHANGEABLE trail'])
})

test('the new quantity must be whole and more than what is filled', () => {
  expect(said(entry(), { quantity: q('40') })).toEqual(['refuse QUANTITY_NOT_POSITIVE quantity'])
  expect(said(entry(), { quantity: q('0') })).toEqual(['refuse QUANTITY_NOT_POSITIVE quantity'])
  expect(said(entry(), { quantity: q('50.5') })).toEqual(['refuse FRACTION_NOT_ALLOWED quantity'])
})

test('the unfilled rest must pass the same checks as a new order', () => {
  expect(said(entry(), { limitPrice: p('99.005') })).toEqual(['refuse PRICE_TICK_SIZE limitPrice'])
  expect(said(entry(), { limitPrice: p('106') })).toEqual(['refuse PRICE_OUTSIDE_BAND limitPrice'])
  expect(said(entry(), { timeInForce: 'opg' })).toEqual(['refuse TIME_IN_FORCE_NOT_ALLOWED timeInForce'])
  expect(said(entry(), { quantity: q('545') })).toEqual([])
  expect(said(entry(), { quantity: q('546') })).toEqual(['ask NOTIONAL_EXCEEDS_LIMIT quantity'])
  expect(
    said(entry(), { limitPrice: p('99.5') }, moment({ trading: heldBack('reducing', 'feed-mute') })),
  ).toEqual(['refuse FEED_MUTE'])
})

test('a fix names the total quantity, filled shares included, and offers only what can be changed', () => {
  const [problem] = checkChange(entry(), { quantity: q('600') }, moment())
  expect(problem?.fix).toMatchObject({ label: 'Use 545 shares', change: { quantity: '545' } })
  const stop = working('s', { side: 'buy', type: 'stop', stopPrice: p('101'), quantity: q('10') })
  const [wrong] = checkChange(stop, { stopPrice: p('99') }, moment())
  expect(wrong).toMatchObject({ code: 'STOP_ON_WRONG_SIDE' })
  expect(wrong?.fix).toBeUndefined()
})

test('the buying power that an order already reserves is available for its change', () => {
  const all = { account: accountWith({ buyingPower: s('10') }) }
  const whole = entry({ filledQuantity: q('0'), state: 'open' })
  expect(said(whole, { limitPrice: p('98') }, moment(all))).toEqual(['ask BUYING_POWER_EXCEEDED quantity'])
  expect(said(whole, { limitPrice: p('99.1') }, moment(all))).toEqual(['ask BUYING_POWER_EXCEEDED quantity'])
  expect(said(whole, { limitPrice: p('99.11') }, moment(all))).toEqual([
    'refuse BUYING_POWER_EXCEEDED quantity',
  ])
})

test('an exit can be moved whatever blocks entries, and its other leg does not tie up its shares', () => {
  const exit = working('tp', { orderClass: 'oco' })
  const { limitPrice: _, ...bare } = working('sl', {
    orderClass: 'oco',
    parentId: 'tp',
    leg: 'stop-loss',
    type: 'stop',
    stopPrice: p('95'),
  })
  const context = moment({
    position: holding('100'),
    openOrders: [bare],
    trading: heldBack('reducing', 'feed-mute', 'reconciling', 'not-armed'),
    account: accountWith({ equity: s('50000') }),
    recent: Array.from({ length: 60 }, () => ({ symbol: exit.symbol, side: 'sell', amount: '1', at: NOW })),
  })
  expect(said(exit, { limitPrice: p('108') }, context)).toEqual([])
  expect(said(exit, { quantity: q('101') }, context)).toContain('refuse CROSSES_ZERO quantity')
})

test('the entry of a bracket must stay between its exits', () => {
  const target = working('tp', { parentId: 'e', leg: 'take-profit', state: 'held', limitPrice: p('103') })
  const stop = working('sl', {
    parentId: 'e',
    leg: 'stop-loss',
    state: 'held',
    type: 'stop',
    stopPrice: p('98'),
  })
  const bracket = entry({ orderClass: 'bracket' })
  const context = moment({ openOrders: [target, stop] })
  expect(said(bracket, { limitPrice: p('98.01') }, context)).toEqual([])
  expect(said(bracket, { limitPrice: p('98') }, context)).toEqual(['refuse LEG_ON_WRONG_SIDE stopLoss'])
})

test('an exit waiting for its entry cannot be changed until the entry is filled', () => {
  const stop = working('sl', {
    parentId: 'e',
    leg: 'stop-loss',
    orderClass: 'bracket',
    side: 'sell',
    state: 'held',
    type: 'stop',
    stopPrice: p('98'),
  })
  const { limitPrice: _, ...bare } = stop
  const waiting = moment({ openOrders: [entry({ id: 'e', orderClass: 'bracket' })] })
  expect(said(bare, { stopPrice: p('98.5') }, waiting)).toEqual(['refuse ORDER_NOT_CHANGEABLE'])
  expect(said(bare, { stopPrice: p('98.5') }, moment({ position: holding('100') }))).toEqual([])
})

test('a trailing stop keeps its unit', () => {
  const { limitPrice: _, ...bare } = working('t', {
    type: 'trailing_stop',
    trailPercent: p('2'),
    stopPrice: p('98'),
  })
  const context = moment({ position: holding('100') })
  expect(said(bare, { trail: p('2.0') }, context)).toEqual(['refuse NOTHING_CHANGED'])
  expect(said(bare, { trail: p('3') }, context)).toEqual([])
  expect(said(bare, { trail: p('100') }, context)).toEqual(['refuse TRAIL_MISSING trail'])
})

test('an exit cannot become larger than what other exits leave', () => {
  const others = [working('other', { quantity: q('60') })]
  const context = moment({ position: holding('100'), openOrders: others })
  const exit = working('mine', { quantity: q('40') })
  expect(said(exit, { limitPrice: p('109') }, context)).toEqual([])
  expect(said(exit, { quantity: q('41') }, context)).toEqual(['refuse QUANTITY_HELD quantity'])
})

test('the wash-trade check exempts changes of orders with exits, and no others', () => {
  const context = moment({ openOrders: [working('own', { limitPrice: p('99.5') })] })
  expect(said(entry(), { limitPrice: p('99.5') }, context)).toEqual(['refuse WASH_TRADE'])
  for (const orderClass of ['bracket', 'oco'] as const) {
    expect(said(entry({ orderClass }), { limitPrice: p('99.5') }, context)).toEqual([])
  }
})
