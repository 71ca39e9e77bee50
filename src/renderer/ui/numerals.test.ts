import { expect, test } from 'vitest'
import { changedFrom, decimalPadding } from './numerals.ts'

test('decimal points line up however many digits each price has', () => {
  const width = (text: string) => text.length + decimalPadding(text, 4).length - text.indexOf('.')
  expect(width('185.50')).toBe(width('0.1234'))
  expect(width('1,185.505')).toBe(width('0.1234'))
  expect(decimalPadding('100', 2)).toHaveLength(3)
  expect(decimalPadding('1.234567', 4)).toBe('')
})

test('only the digits that changed are marked', () => {
  expect(changedFrom('185.50', '185.53')).toBe(5)
  expect(changedFrom('185.50', '186.50')).toBe(2)
  expect(changedFrom('99.99', '100.00')).toBe(0)
  expect(changedFrom('185.50', '185.50')).toBe(6)
})
