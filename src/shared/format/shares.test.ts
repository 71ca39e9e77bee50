import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { describeShares, formatShares } from './shares.ts'

test('shares are shown with separators and all their digits, one share in the singular', () => {
  expect(formatShares('1000000.25')).toBe('1,000,000.25')
  expect(formatShares(new Decimal(100).div(3))).toBe('33.333333333')
  expect(['1', '1000', '0.5'].map(describeShares)).toEqual(['1 share', '1,000 shares', '0.5 shares'])
})
