import { expect, test } from 'vitest'
import { checkDraft } from './index.ts'
import {
  atMarket,
  draftWith,
  EASY,
  fixed,
  found,
  moment,
  p,
  q,
  stops,
  accountWith,
} from '../../../tests/support/risk-context.ts'

test('an ordinary order passes without a problem', () => {
  expect(checkDraft(draftWith(), moment())).toEqual([])
  expect(checkDraft(atMarket(), moment())).toEqual([])
})

test('a missing value is reported at its field', () => {
  const lacking = (more: Parameters<typeof draftWith>[0]) =>
    checkDraft(draftWith({ limitPrice: undefined, ...more }), moment()).map(({ code, field }) => [
      code,
      field,
    ])
  expect(lacking({ quantity: undefined })).toEqual([
    ['QUANTITY_MISSING', 'quantity'],
    ['LIMIT_PRICE_MISSING', 'limitPrice'],
  ])
  expect(lacking({ type: 'stop_limit' })).toEqual([
    ['LIMIT_PRICE_MISSING', 'limitPrice'],
    ['STOP_PRICE_MISSING', 'stopPrice'],
  ])
  expect(lacking({ type: 'trailing_stop' })).toEqual([['TRAIL_MISSING', 'trail']])
  expect(lacking({ type: 'stop', stopPrice: p('0') })).toEqual([['STOP_PRICE_MISSING', 'stopPrice']])
  expect(lacking({ type: 'market', quantity: q('0') })).toEqual([['QUANTITY_NOT_POSITIVE', 'quantity']])
})

test('an order cannot have both shares and dollars', () => {
  const both = atMarket({ notional: p('500') })
  expect(stops(fixed(both, found('NOTIONAL_NOT_ALLOWED', both)))).toEqual([])
})

test('a trailing stop needs one distance, less than the whole price', () => {
  const trailing = (more: object) => draftWith({ type: 'trailing_stop', limitPrice: undefined, ...more })
  expect(stops(trailing({ trailPercent: p('99.9') }))).toEqual([])
  expect(stops(trailing({ trailPercent: p('100') }))).toEqual(['refuse TRAIL_MISSING'])
  const both = trailing({ trailPercent: p('1'), trailPrice: p('1') })
  expect(stops(fixed(both, found('TRAIL_MISSING', both)))).toEqual([])
  const percent = trailing({ trailPercent: p('1'), trailPrice: p('0') })
  expect(stops(fixed(percent, found('TRAIL_MISSING', percent)))).toEqual([])
  const neither = trailing({ trailPercent: p('100'), trailPrice: p('0') })
  expect(found('TRAIL_MISSING', neither)?.fix).toBeUndefined()
})

test('the stock must be listed and tradable at Alpaca', () => {
  expect(stops(draftWith(), moment({ asset: 'unknown' }))).toEqual([])
  expect(stops(draftWith(), moment({ asset: undefined }))).toEqual(['refuse SYMBOL_UNKNOWN'])
  expect(stops(draftWith(), moment({ asset: { ...EASY, tradable: false } }))).toEqual([
    'refuse SYMBOL_NOT_TRADABLE',
  ])
})

test('a blocked account sends nothing, and an account not yet reported opens no position', () => {
  expect(stops(draftWith(), moment({ account: accountWith({ mayTrade: false }) }))).toEqual([
    'refuse ACCOUNT_BLOCKED',
  ])
  const { account: _, ...without } = moment()
  expect(stops(draftWith(), without)).toEqual(['refuse NOT_CONNECTED'])
})
