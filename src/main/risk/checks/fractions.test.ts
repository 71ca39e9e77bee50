import { expect, test } from 'vitest'
import {
  atMarket,
  draftWith,
  EASY,
  fixed,
  found,
  holding,
  moment,
  p,
  q,
  stops,
} from '../../../../tests/support/risk-context.ts'

const dollars = (text: string, more: object = {}) =>
  atMarket({ quantity: undefined, notional: p(text), ...more })

test('fractional shares are sent if the stock is fractionable', () => {
  const part = draftWith({ quantity: q('1.5') })
  expect(stops(part)).toEqual([])
  const whole = moment({ asset: { ...EASY, fractionable: false } })
  expect(stops(part, whole)).toEqual(['refuse FRACTION_NOT_ALLOWED'])
  expect(fixed(part, found('FRACTION_NOT_ALLOWED', part, whole)).quantity).toBe('1')
  expect(found('FRACTION_NOT_ALLOWED', draftWith({ quantity: q('0.5') }), whole)?.fix).toBeUndefined()
})

test('fractional shares allow no exits, no trailing stop, and extended hours only if Alpaca lists them', () => {
  const extended = draftWith({ quantity: q('1.5'), extendedHours: true })
  expect(stops(extended)).toEqual([])
  expect(stops(extended, moment({ asset: { ...EASY, fractionableExtended: false } }))).toEqual([
    'refuse FRACTION_NOT_ALLOWED',
  ])
  const trailing = draftWith({
    quantity: q('1.5'),
    type: 'trailing_stop',
    limitPrice: undefined,
    trailPrice: p('1'),
  })
  expect(stops(trailing)).toEqual(['refuse FRACTION_NOT_ALLOWED'])
  const oto = draftWith({ quantity: q('1.5'), orderClass: 'oto', stopLoss: { stopPrice: p('99') } })
  expect(stops(oto)).toEqual(['refuse FRACTION_NOT_ALLOWED'])
})

test('an order in dollars must be a plain market order for the day', () => {
  expect(stops(dollars('500'))).toEqual([])
  const limited = dollars('500', { type: 'limit', limitPrice: p('100') })
  expect(stops(limited)).toEqual(['refuse NOTIONAL_NOT_ALLOWED'])
  expect(stops(fixed(limited, found('NOTIONAL_NOT_ALLOWED', limited)))).toEqual([])
  const lasting = dollars('500', { timeInForce: 'gtc' })
  expect(stops(lasting)).toEqual(['refuse TIME_IN_FORCE_NOT_ALLOWED'])
  expect(stops(fixed(lasting, found('TIME_IN_FORCE_NOT_ALLOWED', lasting)))).toEqual([])
  expect(stops(dollars('500'), moment({ asset: { ...EASY, fractionable: false } }))).toEqual([
    'refuse NOTIONAL_NOT_ALLOWED',
  ])
})

test('an amount in dollars must be in whole cents and at least $1.00', () => {
  expect(stops(dollars('1'))).toEqual([])
  const little = dollars('0.99')
  expect(fixed(little, found('NOTIONAL_NOT_ALLOWED', little)).notional).toBe('1')
  const fine = dollars('10.999')
  expect(fixed(fine, found('NOTIONAL_NOT_ALLOWED', fine)).notional).toBe('10.99')
})

test('a short sale needs whole shares of an easy-to-borrow stock', () => {
  const sale = draftWith({ side: 'sell' })
  expect(stops(sale)).toEqual([])
  expect(stops(sale, moment({ asset: { ...EASY, shortable: false } }))).toEqual(['refuse SHORT_NOT_ALLOWED'])
  expect(stops(sale, moment({ asset: { ...EASY, easyToBorrow: false } }))).toEqual([
    'refuse SHORT_NOT_ALLOWED',
  ])
  const part = draftWith({ side: 'sell', quantity: q('2.5') })
  expect(stops(part)).toEqual(['refuse SHORT_NOT_ALLOWED'])
  expect(stops(fixed(part, found('SHORT_NOT_ALLOWED', part)))).toEqual([])
  expect(stops(part, moment({ position: holding('2.5'), asset: { ...EASY, shortable: false } }))).toEqual([])
})

test('if the asset list could not be fetched, Alpaca decides itself', () => {
  const context = moment({ asset: 'unknown' })
  for (const draft of [draftWith({ quantity: q('1.5') }), dollars('500'), draftWith({ side: 'sell' })]) {
    expect(stops(draft, context)).toEqual([])
  }
})
