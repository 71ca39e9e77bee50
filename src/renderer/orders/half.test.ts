import { expect, test } from 'vitest'
import { halfOf } from './half.ts'

test.each([
  ['100', '50'],
  ['-21', '10'],
  ['1', '1'],
  ['0.5', '0.25'],
  ['-0.333333333', '0.166666666'],
  ['0.000000001', '0.000000001'],
])('half of %s shares is %s', (held, half) => {
  expect(halfOf(held)).toBe(half)
})
