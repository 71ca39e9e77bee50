import { expect, test } from 'vitest'
import { dollars, dollarsEach, signedDollars } from './money.ts'

test('money is shown to the cent, prices with all their digits', () => {
  expect(dollars('64924')).toBe('$64,924.00')
  expect(dollars('1234567.891')).toBe('$1,234,567.89')
  expect(dollarsEach('229.5')).toBe('$229.50')
  expect(dollarsEach('0.8412')).toBe('$0.8412')
  expect(dollarsEach('1234.5678901234')).toBe('$1,234.567890123')
})

test('a negative amount has its sign before the dollar sign, and less than half a cent is zero', () => {
  expect(dollars('-1234567.891')).toBe('\u2212$1,234,567.89')
  expect(dollars('-0.001')).toBe('$0.00')
  expect(['1.5', '-0.2', '0'].map(signedDollars)).toEqual(['+$1.50', '\u2212$0.20', '$0.00'])
})
