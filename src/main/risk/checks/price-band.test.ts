import { expect, test } from 'vitest'
import type { OrderDraft } from '#shared/trading/order'
import {
  draftWith,
  fixed,
  found,
  holding,
  moment,
  p,
  rowWith,
  sessionWith,
  stops,
} from '../../../../tests/support/risk-context.ts'

const at = (limit: string, more: Partial<OrderDraft> = {}) => draftWith({ limitPrice: p(limit), ...more })
const stop = (text: string, more: Partial<OrderDraft> = {}) =>
  draftWith({ type: 'stop', limitPrice: undefined, stopPrice: p(text), ...more })
const band = (draft: OrderDraft, context = moment()) => found('PRICE_OUTSIDE_BAND', draft, context)
const long = moment({ position: holding('10') })

test.each([
  ['buy', '101', undefined],
  ['buy', '101.01', 'ask'],
  ['buy', '105', 'ask'],
  ['buy', '105.01', 'refuse'],
  ['buy', '50', undefined],
  ['sell', '99', undefined],
  ['sell', '98.99', 'ask'],
  ['sell', '95', 'ask'],
  ['sell', '94.99', 'refuse'],
  ['sell', '200', undefined],
] as const)('a limit to %s at %s with the market at 100: %s', (side, limit, level) => {
  const draft = at(limit, { side })
  const problem = band(draft)
  expect(problem?.level).toBe(level)
  if (problem) expect(stops(fixed(draft, problem))).toEqual([])
})

test('the sentence says how far the price is from the market, and the limit', () => {
  expect(band(at('110'))?.sentence).toBe('$110.00 is 10% above market at $100.00 (limit 5%).')
})

test('an exit is never refused for its price, and a distant stop only warns', () => {
  expect(band(at('98.99', { side: 'sell' }), long)?.level).toBe('tell')
  expect(band(at('94.99', { side: 'sell' }), long)?.level).toBe('ask')
  expect(band(stop('96', { side: 'sell' }), long)).toBeUndefined()
  expect(band(stop('50', { side: 'sell' }), long)?.level).toBe('tell')
})

test('the limit of a stop limit is measured from its stop', () => {
  const both = (stopPrice: string, limit: string) =>
    stop(stopPrice, { type: 'stop_limit', limitPrice: p(limit) })
  expect(band(both('101', '102.01'))).toBeUndefined()
  expect(band(both('101', '102.02'))).toMatchObject({ level: 'ask', field: 'limitPrice' })
  expect(band(both('106', '106'))).toMatchObject({ level: 'refuse', field: 'stopPrice' })
})

test('without a quote the last price is the reference; without any price nothing is checked', () => {
  const { bid: _bid, ask: _ask, ...oneSided } = rowWith({ price: p('200') })
  expect(band(at('105.01'), moment({ row: oneSided }))).toBeUndefined()
  const { row: _row, ...blind } = moment()
  expect(band(at('105.01'), blind)).toBeUndefined()
})

test('a stop that would trigger immediately is refused for an entry, and needs confirmation for an exit', () => {
  const wrong = (draft: OrderDraft, context = moment()) => found('STOP_ON_WRONG_SIDE', draft, context)
  expect(wrong(stop('100.01'))).toBeUndefined()
  expect(wrong(stop('100'))).toMatchObject({ level: 'refuse', field: 'stopPrice' })
  expect(wrong(stop('99.99', { side: 'sell' }))).toBeUndefined()
  expect(wrong(stop('100', { side: 'sell' }))?.level).toBe('refuse')
  expect(wrong(stop('100', { side: 'sell' }), long)?.level).toBe('ask')
  expect(wrong(stop('100'), moment({ session: sessionWith({ phase: 'closed' }) }))?.level).toBe('ask')
  expect(stops(fixed(stop('100'), wrong(stop('100'))))).toEqual([])
})

test('the market that a stop is compared with is shown to four places', () => {
  const row = rowWith({ bid: p('99.9901'), ask: p('100.0102') })
  expect(found('STOP_ON_WRONG_SIDE', stop('99'), moment({ row }))?.sentence).toContain('market ($100.0002);')
})

test('a stop limit whose limit lies before its stop asks', () => {
  const both = (limit: string) => stop('100.5', { type: 'stop_limit', limitPrice: p(limit) })
  expect(found('STOP_ON_WRONG_SIDE', both('100.5'))).toBeUndefined()
  const problem = found('STOP_ON_WRONG_SIDE', both('100.49'))
  expect(problem).toMatchObject({ level: 'ask', field: 'limitPrice' })
  expect(stops(fixed(both('100.49'), problem))).toEqual([])
})

test('a limit that the order does not use is not compared with its stop', () => {
  const left = { limitPrice: p('100') }
  expect(found('STOP_ON_WRONG_SIDE', stop('100.5', left))).toBeUndefined()
  const oco = stop('100.5', { ...left, type: 'stop_limit', orderClass: 'oco' })
  expect(found('STOP_ON_WRONG_SIDE', oco)).toBeUndefined()
  const unstopped = stop('100.5', { ...left, type: 'stop_limit', stopPrice: undefined })
  expect(stops(unstopped)).toEqual(['refuse STOP_PRICE_MISSING'])
})

test('a stop-limit sale must have its limit at or below its stop', () => {
  const both = (limit: string) => stop('99.5', { side: 'sell', type: 'stop_limit', limitPrice: p(limit) })
  expect(found('STOP_ON_WRONG_SIDE', both('99.5'))).toBeUndefined()
  expect(found('STOP_ON_WRONG_SIDE', both('99.51'))?.level).toBe('ask')
})

test('the target of an OCO is checked too', () => {
  const oco = (limit: string) =>
    draftWith({
      side: 'sell',
      orderClass: 'oco',
      limitPrice: undefined,
      takeProfit: { limitPrice: p(limit) },
    })
  expect(band(oco('99'), long)).toBeUndefined()
  expect(band(oco('94.99'), long)).toMatchObject({ level: 'ask', field: 'takeProfit' })
})

test('an exit over a price limit says which one', () => {
  const sale = (limit: string) => band(at(limit, { side: 'sell' }), long)?.sentence
  expect(sale('98')).toBe('$98.00 is 2% below market at $100.00 (limit 1%).')
  expect(sale('90')).toBe('$90.00 is 10% below market at $100.00 (limit 5%).')
})
