import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOnTick, nearestTick, roundForSide, roundToTick, stepTicks, tickPlaces } from './tick-size.ts'

const d = (text: string) => new Decimal(text)
const from = (price: string, ticks: number) => stepTicks(d(price), ticks).toFixed()

test('prices from $1.00 are in cents, lower ones in hundredths of a cent', () => {
  expect(['1', '1.01', '0.9999', '0.0001'].map(tickPlaces)).toEqual([2, 2, 4, 4])
  expect(['1', '100.01', '0.9999'].map((price) => isOnTick(d(price)))).toEqual([true, true, true])
  expect(['1.001', '0.99991', '0.00005'].map((price) => isOnTick(d(price)))).toEqual([false, false, false])
})

test('rounding goes to the next tick up or down, also across $1.00', () => {
  const both = (price: string) => [
    roundToTick(d(price), 'down').toFixed(),
    roundToTick(d(price), 'up').toFixed(),
  ]
  expect(both('100.011')).toEqual(['100.01', '100.02'])
  expect(both('0.12345')).toEqual(['0.1234', '0.1235'])
  expect(both('0.99995')).toEqual(['0.9999', '1'])
  expect(both('1.001')).toEqual(['1', '1.01'])
  expect(nearestTick(d('229.865')).toFixed()).toBe('229.87')
})

test('no price rounds to zero: below a hundredth of a cent it becomes one tick', () => {
  for (const price of ['0.00001', '0.00004', '0.00009999'].map(d)) {
    expect(roundToTick(price, 'down').toFixed()).toBe('0.0001')
    expect(roundToTick(price, 'up').toFixed()).toBe('0.0001')
    expect(nearestTick(price).toFixed()).toBe('0.0001')
  }
})

test('rounding for a side never costs more: a buy goes down and a sale up', () => {
  expect(roundForSide(d('100.011'), 'buy').toFixed()).toBe('100.01')
  expect(roundForSide(d('100.011'), 'sell').toFixed()).toBe('100.02')
})

test('a price steps by cents, below $1.00 by hundredths of a cent, and across $1.00 both ways', () => {
  expect(from('228.34', 1)).toBe('228.35')
  expect(from('228.34', -10)).toBe('228.24')
  expect(from('0.5', 1)).toBe('0.5001')
  expect(from('0.9999', 2)).toBe('1.01')
  expect(from('1.01', -2)).toBe('0.9999')
  expect(from('1', -1)).toBe('0.9999')
  expect(from('1', 1)).toBe('1.01')
})

test('a price off the tick first steps to the tick beside it', () => {
  expect(from('228.345', 1)).toBe('228.35')
  expect(from('228.345', -1)).toBe('228.34')
})

test('any number of ticks is one calculation, not a walk', () => {
  expect(from('0.5', 999_999_999)).toBe('9999950.99')
  expect(from('200', -999_999_999)).toBe('0.0001')
})

test('a price never steps down to zero', () => {
  expect(from('0.0002', -5)).toBe('0.0001')
})

test('as many ticks up as down lead back to the same price', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2_000, max: 10_000_000 }),
      fc.integer({ min: 1, max: 500 }),
      (cents, ticks) => {
        const price = new Decimal(cents).div(100)
        expect(stepTicks(stepTicks(price, ticks), -ticks).eq(price)).toBe(true)
      },
    ),
  )
})
