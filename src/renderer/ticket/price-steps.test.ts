import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPrice } from '#shared/units'
import { crossPrice, joinPrice, movedBy, priceText, roundToTick, stepped } from './price-steps.ts'

const from = (price: string, ticks: number) => stepped(new Decimal(price), ticks).toFixed()

test('a price steps by cents, below a dollar by hundredths of a cent, and across the dollar both ways', () => {
  expect(from('228.34', 1)).toBe('228.35')
  expect(from('228.34', -10)).toBe('228.24')
  expect(from('0.5', 1)).toBe('0.5001')
  expect(from('0.9999', 2)).toBe('1.01')
  expect(from('1.01', -2)).toBe('0.9999')
})

test('a price off the tick first steps to the nearest tick', () => {
  expect(from('228.345', 1)).toBe('228.35')
  expect(from('228.345', -1)).toBe('228.34')
})

test('a price never steps down to zero', () => {
  expect(from('0.0002', -5)).toBe('0.0001')
})

test('a number of ticks up and the same number down return to the start', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2_000, max: 10_000_000 }),
      fc.integer({ min: 1, max: 500 }),
      (cents, ticks) => {
        const price = new Decimal(cents).div(100)
        expect(stepped(stepped(price, ticks), -ticks).eq(price)).toBe(true)
      },
    ),
  )
})

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
  expect(roundToTick(new Decimal('0.12345'), 'up').toFixed()).toBe('0.1235')
})
