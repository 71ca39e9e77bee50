import { expect, test } from 'vitest'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toPrice, toQuantity } from '#shared/units'
import { canReplace, errorsOf, fixesOf, readReplace, replaceForm } from './replacing.ts'

const order: OrderView = {
  id: 'one',
  exchangeId: 'ex-one',
  symbol: stockSymbol.parse('AAPL'),
  side: 'buy',
  type: 'stop_limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: toQuantity(100),
  limitPrice: toPrice(228.5),
  stopPrice: toPrice(228),
  extendedHours: false,
  state: 'open',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
}
const form = replaceForm(order)

test('only fields that an order has can be changed', () => {
  expect(form).toEqual({ quantity: '100', limitPrice: '228.5', stopPrice: '228' })
  const { limitPrice: _limit, stopPrice: _stop, ...trailing } = order
  expect(replaceForm({ ...trailing, trailPercent: toPrice(2) })).toEqual({ quantity: '100', trail: '2' })
})

test('only what differs is sent, as it was typed and never rounded', () => {
  expect(readReplace(order, { ...form, limitPrice: '$1,228.50', stopPrice: '228.00' })).toEqual({
    change: { limitPrice: '1228.5' },
    errors: {},
  })
  expect(readReplace(order, { ...form, limitPrice: '228.505' }).errors.limitPrice).toMatch(/2 decimals/)
})

test('a form that changes nothing says so', () => {
  expect(readReplace(order, { ...form, quantity: '100.0' }).errors).toEqual({
    whole: 'No changes.',
  })
})

test('every field shows its own problem', () => {
  const { errors } = readReplace(order, { quantity: '', limitPrice: 'x', stopPrice: '-1' })
  expect(Object.keys(errors)).toEqual(['quantity', 'limitPrice', 'stopPrice'])
})

test('an order cannot be reduced below its filled quantity', () => {
  const partly = { ...order, filledQuantity: toQuantity(40) }
  expect(readReplace(partly, { ...form, quantity: '40' }).errors.quantity).toBe('Must exceed 40 filled.')
  expect(readReplace(partly, { ...form, quantity: '41' }).errors).toEqual({})
})

test('problems are shown at their field, or for the whole line if it has no such field', () => {
  expect(
    errorsOf(
      [
        { code: 'PRICE_TICK_SIZE', level: 'refuse', field: 'limitPrice', sentence: 'One.' },
        { code: 'PRICE_OUTSIDE_BAND', level: 'refuse', field: 'limitPrice', sentence: 'Two.' },
        { code: 'TRAIL_MISSING', level: 'refuse', field: 'trail', sentence: 'Three.' },
        { code: 'MARKET_CLOSED', level: 'refuse', sentence: 'Four.' },
      ],
      form,
    ),
  ).toEqual({ limitPrice: 'One. Two.', whole: 'Three. Four.' })
})

test('a refused change offers its way out: what to type, or the order in its way to cancel', () => {
  const problem = { code: 'WASH_TRADE', level: 'refuse', sentence: 'One.' } as const
  const other: OrderView = { ...order, id: 'other' }
  const quantity = { kind: 'change', label: 'Use 141 shares', change: { quantity: toQuantity(141) } } as const
  const cancel = (orderId: string) => ({ kind: 'cancel-order', label: 'Cancel it first', orderId }) as const
  expect(fixesOf([problem, { ...problem, fix: quantity }], form, [order, other])).toEqual([
    { label: 'Use 141 shares', form: { ...form, quantity: '141' } },
  ])
  expect(fixesOf([{ ...problem, fix: cancel('other') }], form, [order, other])).toEqual([
    { label: 'Cancel it first', order: other },
  ])
  expect(fixesOf([{ ...problem, fix: cancel('gone') }], form, [order, other])).toEqual([])
})

test('a way out that cannot be typed here is not offered', () => {
  const problem = { code: 'TIME_IN_FORCE_NOT_ALLOWED', level: 'refuse', sentence: 'One.' } as const
  const day = { kind: 'change', label: 'Use Day', change: { timeInForce: 'day' } } as const
  const price = { kind: 'change', label: 'Use 3.00', change: { limitPrice: toPrice(3) } } as const
  expect(fixesOf([{ ...problem, fix: day }], form, [])).toEqual([])
  expect(fixesOf([{ ...problem, fix: price }], { quantity: '1' }, [])).toEqual([])
  expect(fixesOf([{ ...problem, fix: { kind: 'arm', label: 'Arm live trading' } }], form, [])).toEqual([])
})

test.each([
  'requested',
  'unconfirmed',
  'accepted',
  'pending-cancel',
  'pending-replace',
  'filled',
  'canceled',
] as const)('an order that is %s cannot be changed', (state) => {
  expect(canReplace(order)).toBe(true)
  expect(canReplace({ ...order, state })).toBe(false)
})

test('an exit held by the exchange can only change its price', () => {
  const stop = { ...order, state: 'held', leg: 'stop-loss', stopPrice: toPrice(130) } as const
  expect(canReplace(stop)).toBe(true)
  expect(canReplace(stop, true)).toBe(false)
  expect(replaceForm(stop)).toEqual({ limitPrice: order.limitPrice, stopPrice: '130' })
})

test('an order that the exchange is not known to have cannot be changed', () => {
  const { exchangeId: _id, ...unsent } = order
  expect(canReplace(unsent)).toBe(false)
})
