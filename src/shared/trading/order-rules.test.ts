import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantity, toPrice } from '../units.ts'
import { orderClass, orderType, timeInForce } from './order.ts'
import { amountKind, brokenRules, isAbout, type OrderKind } from './order-rules.ts'

const PLAIN: OrderKind = {
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  extendedHours: false,
  amount: 'whole',
}
const broken = (kind: Partial<OrderKind>) => brokenRules({ ...PLAIN, ...kind })

test.each([
  ['day', ['market', 'limit', 'stop', 'stop_limit', 'trailing_stop']],
  ['gtc', ['market', 'limit', 'stop', 'stop_limit', 'trailing_stop']],
  ['ioc', ['market', 'limit']],
  ['fok', ['market', 'limit']],
  ['opg', ['market', 'limit']],
  ['cls', ['market', 'limit']],
] as const)('for whole shares Alpaca accepts %s with %j', (lasts, types) => {
  const taken = orderType.options.filter((type) => broken({ type, timeInForce: lasts }).length === 0)
  expect(taken).toEqual(types)
})

test('fractional shares are day orders without exits, of any type except trailing stops', () => {
  const fraction = (kind: Partial<OrderKind>) => broken({ amount: 'fraction', ...kind })
  const taken = orderType.options.filter((type) => fraction({ type }).length === 0)
  expect(taken).toEqual(['market', 'limit', 'stop', 'stop_limit'])
  expect(timeInForce.options.filter((lasts) => fraction({ timeInForce: lasts }).length === 0)).toEqual([
    'day',
  ])
  expect(orderClass.options.filter((one) => fraction({ orderClass: one }).length === 0)).toEqual(['simple'])
  expect(fraction({ extendedHours: true })).toEqual([])
})

test('orders in dollars are market orders for the day, in regular hours and without exits', () => {
  const dollars = { amount: 'dollars', type: 'market' } as const
  expect(broken(dollars)).toEqual([])
  expect(broken({ ...dollars, type: 'limit' })).toEqual(['dollars-are-market'])
  expect(broken({ ...dollars, timeInForce: 'gtc' })).toEqual(['fraction-lasts-day'])
  expect(broken({ ...dollars, orderClass: 'bracket' })).toEqual(['dollars-have-no-exits'])
  expect(broken({ ...dollars, extendedHours: true })).toContain('dollars-are-regular-hours')
})

test('extended hours accept only day limit orders without exits', () => {
  expect(broken({ extendedHours: true })).toEqual([])
  expect(broken({ extendedHours: true, type: 'market' })).toEqual(['extended-is-limit'])
  expect(broken({ extendedHours: true, timeInForce: 'gtc' })).toEqual(['extended-lasts-day'])
  expect(broken({ extendedHours: true, orderClass: 'oto' })).toEqual(['extended-has-no-exits'])
})

test('orders with exits are day or GTC and never trail, and an OCO is a limit order', () => {
  const lasting = timeInForce.options.filter(
    (lasts) => broken({ orderClass: 'bracket', timeInForce: lasts }).length === 0,
  )
  expect(lasting).toEqual(['day', 'gtc'])
  expect(broken({ orderClass: 'oto', type: 'trailing_stop' })).toEqual(['trailing-stop-has-no-exits'])
  expect(broken({ orderClass: 'oco', type: 'stop' })).toEqual(['oco-is-limit'])
  expect(broken({ orderClass: 'oco' })).toEqual([])
})

test('a rule depends only on the two parts it is about', () => {
  const kinds = fc.record({
    type: fc.constantFrom(...orderType.options),
    timeInForce: fc.constantFrom(...timeInForce.options),
    orderClass: fc.constantFrom(...orderClass.options),
    extendedHours: fc.boolean(),
    amount: fc.constantFrom('whole' as const, 'fraction' as const, 'dollars' as const),
  })
  const parts = ['type', 'timeInForce', 'orderClass', 'extendedHours', 'amount'] as const
  fc.assert(
    fc.property(kinds, kinds, fc.constantFrom(...parts), (kind, other, part) => {
      const changed = { ...kind, [part]: other[part] }
      const others = (rules: ReturnType<typeof brokenRules>) => rules.filter((rule) => !isAbout(rule, part))
      expect(others(brokenRules(changed))).toEqual(others(brokenRules(kind)))
    }),
  )
})

test('an order is in whole shares, fractional shares or dollars', () => {
  expect(amountKind({ quantity: quantity.parse('100') })).toBe('whole')
  expect(amountKind({ quantity: quantity.parse('100.000') })).toBe('whole')
  expect(amountKind({ quantity: quantity.parse('0.5') })).toBe('fraction')
  expect(amountKind({ notional: toPrice(500) })).toBe('dollars')
  expect(amountKind({})).toBe('whole')
})
