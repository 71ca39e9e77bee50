import { expect, test } from 'vitest'
import { compareKeys } from './sort-keys.ts'

test('prices are sorted by value, not by spelling', () => {
  expect(['100.00', '9.50', '-1', '9.5000001'].sort(compareKeys)).toEqual([
    '-1',
    '9.50',
    '9.5000001',
    '100.00',
  ])
})

test('two spellings of the same price are equal, so that the order stays as it was', () => {
  expect(compareKeys('9.50', '9.5')).toBe(0)
})

test('symbols are sorted alphabetically', () => {
  expect(['TSLA', 'BRK.B', 'AAPL'].sort(compareKeys)).toEqual(['AAPL', 'BRK.B', 'TSLA'])
})
