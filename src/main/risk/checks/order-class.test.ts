import { expect, test } from 'vitest'
import type { OrderDraft } from '#shared/trading/order'
import {
  atMarket,
  draftWith,
  fixed,
  found,
  holding,
  moment,
  p,
  q,
  stops,
} from '../../../../tests/support/risk-context.ts'

const takeProfit = { limitPrice: p('103') }
const stopLoss = { stopPrice: p('99') }
const bracket = (more: Partial<OrderDraft> = {}) =>
  draftWith({ orderClass: 'bracket', takeProfit, stopLoss, ...more })
const oco = (more: Partial<OrderDraft> = {}) =>
  draftWith({ side: 'sell', orderClass: 'oco', limitPrice: undefined, takeProfit, stopLoss, ...more })
const long = moment({ position: holding('10') })

test('a bracket opens a position with both exits', () => {
  expect(stops(bracket())).toEqual([])
  expect(stops(bracket({ type: 'market', limitPrice: undefined }))).toEqual([])
  expect(
    stops(bracket({ side: 'sell', takeProfit: { limitPrice: p('97') }, stopLoss: { stopPrice: p('101') } })),
  ).toEqual([])
  expect(stops(bracket(), moment({ position: holding('-10') }))).toEqual(['refuse CLASS_NOT_ALLOWED'])
})

test('a bracket with one exit missing can be sent as an OTO by one key', () => {
  const half = bracket({ takeProfit: undefined })
  const problem = found('LEG_MISSING', half)
  expect(problem).toMatchObject({ level: 'refuse', field: 'takeProfit' })
  expect(stops(fixed(half, problem))).toEqual([])
  expect(found('LEG_MISSING', bracket({ takeProfit: undefined, stopLoss: undefined }))?.fix).toBeUndefined()
})

test('an OTO has exactly one exit', () => {
  expect(stops(bracket({ orderClass: 'oto', takeProfit: undefined }))).toEqual([])
  expect(stops(bracket({ orderClass: 'oto', takeProfit: undefined, stopLoss: undefined }))).toEqual([
    'refuse LEG_MISSING',
  ])
  const both = bracket({ orderClass: 'oto' })
  expect(stops(both)).toEqual(['refuse CLASS_NOT_ALLOWED'])
  expect(stops(fixed(both, found('CLASS_NOT_ALLOWED', both)))).toEqual([])
})

test('an OCO closes a position', () => {
  expect(stops(oco(), long)).toEqual([])
  expect(stops(oco({ quantity: q('11') }), long)).toEqual(['refuse CROSSES_ZERO'])
  expect(stops(oco())).toEqual(['refuse CLASS_NOT_ALLOWED'])
  expect(stops(fixed(oco(), found('CLASS_NOT_ALLOWED', oco())))).toEqual([])
})

test('one key drops the exits of a simple order or a trailing stop', () => {
  const simple = bracket({ orderClass: 'simple' })
  expect(stops(fixed(simple, found('CLASS_NOT_ALLOWED', simple)))).toEqual([])
  const trailing = bracket({ type: 'trailing_stop', limitPrice: undefined, trailPrice: p('1') })
  expect(stops(fixed(trailing, found('CLASS_NOT_ALLOWED', trailing)))).toEqual([])
})

test.each([
  ['target at the entry', { takeProfit: { limitPrice: p('100') } }, 'takeProfit'],
  ['stop less than a cent below', { limitPrice: p('99.005'), stopLoss: { stopPrice: p('99') } }, 'stopLoss'],
  ['stop above the entry', { stopLoss: { stopPrice: p('101') } }, 'stopLoss'],
] as const)('an exit on the wrong side is reported at its field: %s', (_, more, field) => {
  expect(found('LEG_ON_WRONG_SIDE', bracket(more))).toMatchObject({ level: 'refuse', field })
})

test('exits may lie one cent from the entry', () => {
  const close = { takeProfit: { limitPrice: p('100.01') }, stopLoss: { stopPrice: p('99.99') } }
  expect(found('LEG_ON_WRONG_SIDE', bracket(close))).toBeUndefined()
})

test('one key swaps exits that are mixed up', () => {
  const mixed = bracket({ takeProfit: { limitPrice: p('99') }, stopLoss: { stopPrice: p('103') } })
  expect(stops(fixed(mixed, found('LEG_ON_WRONG_SIDE', mixed)))).toEqual([])
})

test('without a base price, target and stop are compared with each other', () => {
  const { row: _, ...blind } = moment()
  const market = atMarket({
    orderClass: 'bracket',
    takeProfit: { limitPrice: p('98') },
    stopLoss,
  })
  expect(found('LEG_ON_WRONG_SIDE', market, blind)?.level).toBe('refuse')
})

test('a stop loss whose limit may not fill needs confirmation', () => {
  const problem = (limit: string) =>
    found('LEG_ON_WRONG_SIDE', bracket({ stopLoss: { ...stopLoss, limitPrice: p(limit) } }))
  expect(problem('99')).toBeUndefined()
  expect(problem('99.01')).toMatchObject({ level: 'ask', field: 'stopLoss' })
})

test('a simple order cannot have an exit', () => {
  expect(stops(draftWith({ stopLoss }))).toEqual(['refuse CLASS_NOT_ALLOWED'])
})

test('the exits of a short position lie on the opposite sides', () => {
  const short = (target: string, stop: string, limit?: string) =>
    bracket({
      side: 'sell',
      takeProfit: { limitPrice: p(target) },
      stopLoss: { stopPrice: p(stop), ...(limit !== undefined && { limitPrice: p(limit) }) },
    })
  expect(stops(short('99.99', '100.01'))).toEqual([])
  expect(stops(short('100', '100.01'))).toEqual(['refuse LEG_ON_WRONG_SIDE'])
  expect(stops(short('99.99', '100'))).toEqual(['refuse LEG_ON_WRONG_SIDE'])
  expect(stops(short('99', '101', '101'))).toEqual([])
  expect(stops(short('99', '101', '100.99'))).toEqual(['ask LEG_ON_WRONG_SIDE'])
})

test('a swap of exits is offered only if it fixes both', () => {
  const only = bracket({ stopLoss: { stopPrice: p('101') } })
  expect(found('LEG_ON_WRONG_SIDE', only)?.fix).toBeUndefined()
  const limited = bracket({
    takeProfit: { limitPrice: p('99') },
    stopLoss: { stopPrice: p('103'), limitPrice: p('102') },
  })
  expect(found('LEG_ON_WRONG_SIDE', limited)?.fix).toBeUndefined()
})
