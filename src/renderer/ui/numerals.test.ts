import { expect, test } from 'vitest'
import {
  changedFrom,
  decimalPadding,
  shownAverage,
  shownChange,
  shownDistance,
  shownPrice,
} from './numerals.ts'

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

test('a price has two decimals, or four below a dollar, and more are rounded', () => {
  expect(['298.015', '298', '1', '0.9999', '0.5', '0.12345', '1234.5'].map(shownPrice)).toEqual([
    '298.02',
    '298.00',
    '1.00',
    '0.9999',
    '0.5000',
    '0.1235',
    '1,234.50',
  ])
})

test('an average price has more than two decimals only where they are real', () => {
  expect(['228.38', '228.3833', '228.383333333', '355.1', '0.5'].map(shownAverage)).toEqual([
    '228.38',
    '228.3833',
    '228.3833',
    '355.10',
    '0.5000',
  ])
})

test('a change and a spread have the decimals of the price that they belong to', () => {
  expect(shownChange('0.1312', '229.87')).toBe('+0.13')
  expect(shownChange('-0.0012', '0.5')).toBe('\u22120.0012')
  expect(shownDistance('0.01', '229.87')).toBe('0.01')
  expect(shownDistance('0.0001', '0.5')).toBe('0.0001')
})
