import { expect, test } from 'vitest'
import type { PositionExit, PositionView } from '#shared/trading/account'
import { holding, p, q } from '../../../tests/support/risk-context.ts'
import { describeExits } from './describe-exits.ts'

const exit = (kind: 'stop' | 'target', price: string, more: Partial<PositionExit> = {}): PositionExit => ({
  orderId: `${kind} at ${price}`,
  kind,
  type: kind === 'stop' ? 'stop' : 'limit',
  state: 'open',
  quantity: q('100'),
  ...(kind === 'stop' ? { stopPrice: p(price) } : { limitPrice: p(price) }),
  origin: 'signal',
  ...more,
})

/** 100 shares at an average of $100.00 or that many short, worth $101.00 now. */
const held = (exits: readonly PositionExit[], shares = '100'): PositionView => ({
  ...holding(shares),
  lastPrice: p('101'),
  exits,
})

test('stop and target show their price, and how far away they are in dollars and in R', () => {
  const position = held([exit('stop', '98'), exit('target', '106')])
  expect(describeExits(position, 'stop')).toEqual({ text: '98.00', distance: '$3.00 · 1.5R' })
  expect(describeExits(position, 'target')).toEqual({ text: '106.00', distance: '$5.00 · 2.5R' })
})

test('of a short position the stop is above and the target below', () => {
  const position = held([exit('stop', '102'), exit('target', '95')], '-100')
  expect(describeExits(position, 'stop')).toEqual({ text: '102.00', distance: '$1.00 · 0.5R' })
  expect(describeExits(position, 'target')).toEqual({ text: '95.00', distance: '$6.00 · 3.0R' })
})

test('R is what the entry risked, if that is known: a stop at break-even does not change it', () => {
  const position = held([exit('stop', '100', { entryRisk: p('4') })])
  expect(describeExits(position, 'stop')?.distance).toBe('$1.00 · 0.3R')
})

test('without a stop that loses there is no R, and without a price no distance', () => {
  expect(describeExits(held([exit('target', '106')]), 'target')?.distance).toBe('$5.00')
  expect(describeExits(held([exit('stop', '100.5')]), 'stop')?.distance).toBe('$0.50')
  const { lastPrice: _price, ...unpriced } = held([exit('stop', '98')])
  expect(describeExits(unpriced, 'stop')).toEqual({ text: '98.00' })
})

test('an exit for a part of the position says for how much', () => {
  expect(describeExits(held([exit('stop', '98', { quantity: q('60') })]), 'stop')?.text).toBe('60 @ 98.00')
})

test('several are counted, and a position without one has none', () => {
  expect(describeExits(held([exit('stop', '98'), exit('stop', '97')]), 'stop')).toEqual({ text: '2 stops' })
  expect(describeExits(held([exit('stop', '98')]), 'target')).toBeUndefined()
})

test('an exit whose entry is not filled is not one of the position yet', () => {
  expect(describeExits(held([exit('stop', '98', { waitsForEntry: true })]), 'stop')).toBeUndefined()
})

test('a stop that the price has reached says so', () => {
  expect(describeExits(held([exit('stop', '101.5')]), 'stop')?.distance).toBe('reached')
})

test('a trailing stop shows its distance until the exchange says where it stands', () => {
  const { stopPrice: _unknown, ...trail } = exit('stop', '98', {
    type: 'trailing_stop',
    trailPercent: p('2'),
  })
  expect(describeExits(held([trail]), 'stop')).toEqual({ text: 'trail 2%' })
})
