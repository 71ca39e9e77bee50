import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { toPrice } from '#shared/units'
import { crossPrice, joinPrice, movedBy, priceText } from './price-steps.ts'

test('a price is written to its tick without losing a digit', () => {
  expect(priceText('294.5')).toBe('294.50')
  expect(priceText('48')).toBe('48.00')
  expect(priceText('0.5')).toBe('0.5000')
  expect(priceText('294.505')).toBe('294.505')
})

test('an order joins its own side, and crosses with a collar of five cents or half a percent, whichever is less', () => {
  const row = { bid: toPrice(229.85), ask: toPrice(229.88) }
  expect(joinPrice('buy', row)).toBe('229.85')
  expect(joinPrice('sell', row)).toBe('229.88')
  expect(crossPrice('buy', row)).toBe('229.93')
  expect(crossPrice('sell', row)).toBe('229.80')
  const cheap = { bid: toPrice(2), ask: toPrice(2.02) }
  expect(crossPrice('buy', cheap)).toBe('2.03')
  expect(crossPrice('sell', cheap)).toBe('1.99')
  expect(crossPrice('buy', { bid: toPrice(2) })).toBeUndefined()
  expect(crossPrice('buy', { ask: toPrice(0) })).toBeUndefined()
})

test('a percentage move ends on a tick, never beyond the requested move', () => {
  expect(movedBy(new Decimal('228.34'), 1).toFixed()).toBe('230.62')
  expect(movedBy(new Decimal('228.34'), -1).toFixed()).toBe('226.06')
  expect(movedBy(new Decimal('0.0001'), -60).toFixed()).toBe('0.0001')
})
