import { expect, test } from 'vitest'
import { bar } from '../../../tests/support/market-messages.ts'
import { describeSplits, splitAdjusted, splitAdjustedBar, splitsOf, type Split } from './splits.ts'

const at = (time: string) => Date.parse(time)
const split = (exDate: string, oldRate: number, newRate: number): Split => {
  const base = { id: exDate, symbol: 'AAPL', exDate, processDate: exDate, terms: {} }
  return splitsOf([{ ...base, type: 'forward_split', oldRate, newRate }])[0]!
}
const FOUR = split('2026-11-24', 1, 4)
const TEN_TO_ONE = split('2026-11-20', 10, 1)

test('a price from before a split is given in new shares, one from the ex-day on stays', () => {
  expect(splitAdjusted(400, at('2026-11-23T23:59:59-05:00'), [FOUR])).toBe(100)
  expect(splitAdjusted(100, at('2026-11-24T00:00:00-05:00'), [FOUR])).toBe(100)
  expect(splitAdjusted(400, at('2026-11-23T12:00:00-05:00'), [])).toBe(400)
})

test('a reverse split multiplies, and two splits count both, to four decimals', () => {
  expect(splitAdjusted(0.5, at('2026-11-19T12:00:00-05:00'), [TEN_TO_ONE])).toBe(5)
  expect(splitAdjusted(40, at('2026-11-19T12:00:00-05:00'), [FOUR, TEN_TO_ONE])).toBe(100)
  expect(splitAdjusted(100, at('2026-11-23T12:00:00-05:00'), [split('2026-11-24', 1, 3)])).toBe(33.3333)
  expect(describeSplits([FOUR, TEN_TO_ONE], at('2026-11-19T12:00:00-05:00'))).toBe('4-for-1 and 1-for-10')
})

test('a bar from before is adjusted in all its prices, and no other is touched', () => {
  const before = bar({ at: at('2026-11-23T15:00:00Z'), open: 8, high: 12, low: 4, close: 10, vwap: 9 })
  expect(splitAdjustedBar(before, [FOUR])).toEqual({
    ...before,
    open: 2,
    high: 3,
    low: 1,
    close: 2.5,
    vwap: 2.25,
  })
  const today = bar({ at: at('2026-11-24T15:00:00Z') })
  expect(splitAdjustedBar(today, [FOUR])).toBe(today)
})

test('only splits are splits', () => {
  const base = { id: 'd', symbol: 'AAPL', exDate: '2026-11-24', processDate: '2026-11-24', terms: {} }
  expect(splitsOf([{ ...base, type: 'cash_dividend', rate: 1 }])).toEqual([])
})
