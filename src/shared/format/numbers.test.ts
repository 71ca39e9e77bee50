import { expect, test } from 'vitest'
import { counted, decimalsOf, formatBytes, formatDecimal, formatSigned } from './numbers.ts'

test('a price keeps every digit and gets the cents it lacks', () => {
  expect(formatDecimal('185.5', 2)).toBe('185.50')
  expect(formatDecimal('185.505', 2)).toBe('185.505')
  expect(formatDecimal('1234567', 2)).toBe('1,234,567.00')
  expect(formatDecimal('0.0001', 4)).toBe('0.0001')
  expect(formatDecimal('999')).toBe('999')
  expect(formatDecimal('123456789012345678901234567890.5')).toBe('123,456,789,012,345,678,901,234,567,890.5')
})

test('a loss is written with a real minus sign, a gain with a plus, and no change with neither', () => {
  expect(formatSigned('-1.2', 2)).toBe('\u22121.20')
  expect(formatSigned('1.2', 2)).toBe('+1.20')
  expect(formatSigned('0', 2)).toBe('0.00')
  expect(formatSigned('-0', 2)).toBe('0.00')
  expect(formatSigned('-1234.5', 2)).toBe('\u22121,234.50')
})

test('one thing is singular, any other number plural', () => {
  expect([1, '1000', '0.5', 0].map((amount) => counted(amount, 'share'))).toEqual([
    '1 share',
    '1,000 shares',
    '0.5 shares',
    '0 shares',
  ])
  expect(counted(2, 'stretch', 'stretches')).toBe('2 stretches')
})

test('the digits after the point are counted as written', () => {
  expect(['100', '0.5', '1.2500'].map(decimalsOf)).toEqual([0, 1, 4])
})

test('an amount of data has a space before its unit', () => {
  expect([0, 606, 15_700, 2_340_000].map(formatBytes)).toEqual(['0 B', '606 B', '15.7 KB', '2.34 MB'])
})
