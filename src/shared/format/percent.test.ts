import { expect, test } from 'vitest'
import { percent, percentOf, roundedDown, signedPercent, wholePercent } from './percent.ts'

test('percentages have at most two digits after the point in a sentence, and always two in a column', () => {
  expect(['3', '3.456', '1234.5'].map(percent)).toEqual(['3%', '3.46%', '1,234.5%'])
  expect(['3', '-0.456', '0'].map(signedPercent)).toEqual(['+3.00%', '\u22120.46%', '0.00%'])
})

test('a percentage is 100 only if nothing is missing, however little', () => {
  expect(percentOf(1_949_999, 1_950_000)).toBe(99.99)
  expect(percentOf(1_534, 2_010)).toBe(76.32)
  expect(percentOf(1_950_000, 1_950_000)).toBe(100)
  expect(percentOf(0, 0)).toBe(100)
  expect([100, 99.99, 97.31, 0].map(roundedDown)).toEqual(['100', '99.9', '97.3', '0.0'])
  expect([-0.1, 0.9999, 1].map(wholePercent)).toEqual([0, 99, 100])
})
