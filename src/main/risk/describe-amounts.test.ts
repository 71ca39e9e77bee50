import { expect, test } from 'vitest'
import { count, dollars, dollarsEach, duration, percent, describeShares } from './describe-amounts.ts'

test('money is told to the cent, prices with every digit they have', () => {
  expect(dollars('64924')).toBe('$64,924.00')
  expect(dollars('-1234567.891')).toBe('\u2212$1,234,567.89')
  expect(dollars('-0.001')).toBe('$0.00')
  expect(dollarsEach('229.5')).toBe('$229.50')
  expect(dollarsEach('0.8412')).toBe('$0.8412')
})

test('shares are told with separators, one share as one', () => {
  expect(count('1000000.25')).toBe('1,000,000.25')
  expect([describeShares('1'), describeShares('1000'), describeShares('0.5')]).toEqual([
    '1 share',
    '1,000 shares',
    '0.5 shares',
  ])
})

test('percentages have two digits at most', () => {
  expect([percent('3'), percent('3.456'), percent('1234.5')]).toEqual(['3 %', '3.46 %', '1,234.5 %'])
})

test('a wait is told in the unit that fits', () => {
  expect([999, 1_000, 2_001, 119_949, 120_000].map(duration)).toEqual([
    '999 ms',
    '1 s',
    '2 s',
    '119.9 s',
    '2 min',
  ])
})
