import { expect, test } from 'vitest'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import type { OrderDraft } from '#shared/trading/order'
import type { ProblemCode } from '#shared/trading/problem'
import { checkDraft } from '../index.ts'
import {
  accountWith,
  atMarket,
  draftWith,
  fixed,
  found,
  holding,
  moment,
  p,
  q,
  rowWith,
  s,
  sessionWith,
  stops,
  working,
} from '../../../../tests/support/risk-context.ts'

const shares = (quantity: string, more: Partial<OrderDraft> = {}) =>
  draftWith({ quantity: q(quantity), ...more })
const wide = {
  ...DEFAULT_RISK_LIMITS,
  notionalAskPercent: 100,
  notionalAskDollars: 1e7,
  notionalMostPercent: 400,
  notionalMostDollars: 1e8,
  concentrationAskPercent: 400,
  concentrationMostPercent: 600,
  buyingPowerAskPercent: 100,
}
const tight = {
  ...DEFAULT_RISK_LIMITS,
  notionalAskPercent: 10,
  notionalMostPercent: 25,
  concentrationAskPercent: 25,
}
const level = (code: ProblemCode, draft: OrderDraft, context = moment()) => found(code, draft, context)?.level

test('an order cannot exceed the share limit', () => {
  const cheap = (quantity: string) => shares(quantity, { limitPrice: p('0.5') })
  expect(level('QUANTITY_EXCEEDS_LIMIT', cheap('10000'))).toBeUndefined()
  const over = found('QUANTITY_EXCEEDS_LIMIT', cheap('10001'))
  expect(over).toMatchObject({ level: 'refuse', field: 'quantity' })
  expect(over?.sentence).toBe('10,001 shares exceed your 10,000-share limit.')
  expect(stops(fixed(cheap('10001'), over))).toEqual([])
})

test('100 AAPL at $300 pass on a $100,000 account, and half the equity needs confirmation, all of it is refused', () => {
  const round = shares('100', { limitPrice: p('300') })
  const row = rowWith({ price: p('300'), bid: p('299.99'), ask: p('300.01') })
  expect(checkDraft(round, moment({ row }))).toEqual([])
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('500'))).toBeUndefined()
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('501'))).toBe('ask')
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('1000'))).toBe('ask')
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('1001'))).toBe('refuse')
})

test('the limits of an order move with the trader’s own, and the fix fits below them', () => {
  const context = moment({ limits: tight })
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('100'), context)).toBeUndefined()
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('250'), context)).toBe('ask')
  const over = found('NOTIONAL_EXCEEDS_LIMIT', shares('251'), context)
  expect(over?.level).toBe('refuse')
  expect(over?.sentence).toBe('$25,100.00 exceeds your $25,000.00 order limit.')
  expect(stops(fixed(shares('251'), over))).toEqual([])
})

test('for a large account the limit in dollars applies', () => {
  const rich = moment({
    account: accountWith({ equity: s('10000000'), lastEquity: s('10000000'), buyingPower: s('20000000') }),
  })
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('500'), rich)).toBeUndefined()
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('501'), rich)).toBe('ask')
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('2500'), rich)).toBe('ask')
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('2501'), rich)).toBe('refuse')
})

test('an order in dollars is checked by its dollars', () => {
  const dollars = (text: string) => atMarket({ quantity: undefined, notional: p(text) })
  const context = moment({ limits: tight })
  expect(level('NOTIONAL_EXCEEDS_LIMIT', dollars('10000'), context)).toBeUndefined()
  const over = found('NOTIONAL_EXCEEDS_LIMIT', dollars('10000.01'), context)
  expect(fixed(dollars('10000.01'), over).notional).toBe('10000')
})

test('an account with negative equity opens no position', () => {
  const lost = moment({ account: accountWith({ equity: s('-5') }) })
  expect(level('NOTIONAL_EXCEEDS_LIMIT', shares('1'), lost)).toBe('refuse')
})

const held = (buyingPower: string, more = {}) =>
  moment({ limits: { ...wide, ...more }, account: accountWith({ buyingPower: s(buyingPower) }) })

test('an order over the buying power is refused, one over four fifths of it needs confirmation', () => {
  const eighty = (buyingPower: string) => held(buyingPower, { buyingPowerAskPercent: 80 })
  expect(level('BUYING_POWER_EXCEEDED', draftWith(), eighty('1250'))).toBeUndefined()
  expect(level('BUYING_POWER_EXCEEDED', draftWith(), eighty('1249.99'))).toBe('ask')
  expect(level('BUYING_POWER_EXCEEDED', draftWith(), eighty('1000'))).toBe('ask')
  const over = found('BUYING_POWER_EXCEEDED', draftWith(), eighty('999.99'))
  expect(over?.level).toBe('refuse')
  expect(over?.sentence).toBe('Needs $1,000.00; buying power is $999.99.')
  expect(fixed(draftWith(), over).quantity).toBe('7')
  expect(level('BUYING_POWER_EXCEEDED', fixed(draftWith(), over), eighty('999.99'))).toBeUndefined()
})

test.each([
  ['a market buy from $50.00 on', atMarket(), '1025.1025'],
  ['a buy stop', draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p('100.5') }), '1030.125'],
  [
    'a buy stop below $50.00',
    draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p('49.99') }),
    '519.896',
  ],
  ['a limit buy', draftWith({ limitPrice: p('99') }), '990'],
  ['a short sale at the market', atMarket({ side: 'sell' }), '1030.103'],
  ['a short sale below that', draftWith({ side: 'sell' }), '1030.103'],
  ['a short sale above that', draftWith({ side: 'sell', limitPrice: p('110') }), '1100'],
  ['an order in dollars', atMarket({ quantity: undefined, notional: p('500') }), '500'],
])('Alpaca reserves for %s', (_, draft, reserved) => {
  expect(level('BUYING_POWER_EXCEEDED', draft, held(reserved))).toBeUndefined()
  expect(level('BUYING_POWER_EXCEEDED', draft, held(String(Number(reserved) - 0.0001)))).toBe('refuse')
})

test('a position over a quarter of equity needs confirmation, over all of it is refused', () => {
  const limits = { ...wide, concentrationAskPercent: 25, concentrationMostPercent: 100 }
  expect(level('POSITION_CONCENTRATION', shares('250'), moment({ limits }))).toBeUndefined()
  expect(level('POSITION_CONCENTRATION', shares('251'), moment({ limits }))).toBe('ask')
  expect(level('POSITION_CONCENTRATION', shares('1000'), moment({ limits }))).toBe('ask')
  const poor = moment({ limits, account: accountWith({ equity: s('2') }) })
  expect(level('POSITION_CONCENTRATION', draftWith({ quantity: q('0.006') }), poor)).toBe('ask')
  expect(level('POSITION_CONCENTRATION', shares('1001'), moment({ limits }))).toBe('refuse')
})

test('the position limit counts the shares held and the open orders', () => {
  const openOrders = [
    working('w', { side: 'buy', quantity: q('60'), filledQuantity: q('10'), limitPrice: p('99') }),
  ]
  const context = moment({ limits: tight, position: holding('190'), openOrders })
  expect(level('POSITION_CONCENTRATION', shares('10'), context)).toBeUndefined()
  const over = found('POSITION_CONCENTRATION', shares('11'), context)
  expect(over?.sentence).toBe('AAPL position would be $25,100.00, 25.1% of equity (confirm above 25%).')
  expect(fixed(shares('11'), over).quantity).toBe('10')
})

test('an exit can be as large as the position', () => {
  const context = moment({
    position: holding('-50000'),
    account: accountWith({ buyingPower: s('0') }),
  })
  expect(stops(shares('50000'), context)).toEqual([])
})

test('the fix for an order in dollars reduces its dollars, but never to nothing', () => {
  const dollars = atMarket({ quantity: undefined, notional: p('5000') })
  expect(fixed(dollars, found('BUYING_POWER_EXCEEDED', dollars, held('4000.009'))).notional).toBe('4000')
  expect(found('BUYING_POWER_EXCEEDED', dollars, held('0.99'))).toMatchObject({ level: 'refuse' })
  expect(found('BUYING_POWER_EXCEEDED', dollars, held('0.99'))?.fix).toBeUndefined()
  expect(found('BUYING_POWER_EXCEEDED', draftWith(), held('99'))?.fix).toBeUndefined()
})

test('Alpaca’s smaller margin applies from $50.00', () => {
  const stop = draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p('50') })
  expect(level('BUYING_POWER_EXCEEDED', stop, held('512.5'))).toBeUndefined()
})

test('outside the regular session the mid is used', () => {
  const pre = { ...held('1025'), session: sessionWith({ phase: 'pre' }) }
  expect(level('BUYING_POWER_EXCEEDED', atMarket(), pre)).toBeUndefined()
})
