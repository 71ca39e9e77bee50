import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { HeldEquity } from './held-equity.ts'

/** The most that was held after those equities, each at its second. */
function most(...samples: readonly (readonly [second: number, equity: number])[]): number | undefined {
  const held = new HeldEquity()
  for (const [second, equity] of samples) held.add({ at: second * 1_000, equity: new Decimal(equity) })
  return held.most?.toNumber()
}

test('nothing is held before five seconds are known', () => {
  expect(most()).toBeUndefined()
  expect(most([0, 100], [4.9, 90])).toBeUndefined()
})

test('a loss counts once it has lasted five seconds', () => {
  expect(most([0, 100], [1, 90], [3, 91], [5.9, 90])).toBe(100)
  expect(most([0, 100], [1, 90], [3, 91], [6, 90])).toBe(91)
})

test('a loss that ends within five seconds never counts', () => {
  expect(most([0, 100], [5, 100], [6, 90], [10, 100], [10.9, 90])).toBe(100)
})

test('after a pause, what was before it still holds until five seconds are known again', () => {
  expect(most([0, 100], [5, 100], [600, 90])).toBe(100)
  expect(most([0, 100], [5, 100], [600, 90], [605, 90])).toBe(90)
})
