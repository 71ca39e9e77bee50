import { expect, test } from 'vitest'
import {
  changedFrom,
  decimalPadding,
  decimalsOf,
  formatBytes,
  formatDecimal,
  formatSigned,
} from './numerals.ts'

test('a price keeps every digit and is padded to full cents', () => {
  expect(formatDecimal('185.5', 2)).toBe('185.50')
  expect(formatDecimal('185.505', 2)).toBe('185.505')
  expect(formatDecimal('1234567', 2)).toBe('1,234,567.00')
  expect(formatDecimal('0.0001', 4)).toBe('0.0001')
  expect(formatDecimal('999', 0)).toBe('999')
})

test('a loss has a real minus sign, a gain a plus, and no change neither', () => {
  expect(formatSigned('-1.2', 2)).toBe('\u22121.20')
  expect(formatSigned('1.2', 2)).toBe('+1.20')
  expect(formatSigned('0', 2)).toBe('0.00')
  expect(formatSigned('-0', 2)).toBe('0.00')
  expect(formatSigned('-1234.5', 2)).toBe('\u22121,234.50')
})

test('decimal points line up however many digits each price has', () => {
  const width = (text: string) => text.length + decimalPadding(text, 4).length - text.indexOf('.')
  expect(width('185.50')).toBe(width('0.1234'))
  expect(width('1,185.505')).toBe(width('0.1234'))
  expect(decimalPadding('100', 2)).toHaveLength(3)
  expect(decimalPadding('1.234567', 4)).toBe('')
  expect(decimalsOf('100')).toBe(0)
})

test('only the digits that changed are marked', () => {
  expect(changedFrom('185.50', '185.53')).toBe(5)
  expect(changedFrom('185.50', '186.50')).toBe(2)
  expect(changedFrom('99.99', '100.00')).toBe(0)
  expect(changedFrom('185.50', '185.50')).toBe(6)
})

test('a data size has a space before its unit', () => {
  expect([0, 606, 15_700, 2_340_000].map(formatBytes)).toEqual(['0 B', '606 B', '15.7 KB', '2.34 MB'])
})
