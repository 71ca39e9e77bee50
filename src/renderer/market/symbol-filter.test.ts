import { expect, test } from 'vitest'
import { DEFAULT_SYMBOLS } from '#shared/settings'
import { matchingSymbols } from './symbol-filter.ts'

test('a filter finds symbols by any part, several words find several', () => {
  expect(matchingSymbols(DEFAULT_SYMBOLS, 'am')).toEqual(['AMZN', 'AMD'])
  expect(matchingSymbols(DEFAULT_SYMBOLS, 'spy, qq')).toEqual(['SPY', 'QQQ'])
})

test('an empty filter shows the whole list, a text in no symbol shows nothing', () => {
  expect(matchingSymbols(DEFAULT_SYMBOLS, ' ')).toBe(DEFAULT_SYMBOLS)
  expect(matchingSymbols(DEFAULT_SYMBOLS, 'xyz')).toEqual([])
})
