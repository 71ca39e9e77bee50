import { expect, test } from 'vitest'
import type { CoverageDay } from '#shared/history'
import { stockSymbol } from '#shared/units'
import {
  describeCoverage,
  dayState,
  describeDay,
  missingStretches,
  describeMissing,
  monthsOf,
} from './describe-coverage.ts'

const day = (date: string, present: number, loaded: boolean, expected = 390): CoverageDay => ({
  day: date,
  present,
  loaded,
  nothingThere: false,
  expected,
})

const WEEK = [
  day('2024-11-18', 390, true),
  day('2024-11-19', 0, false),
  day('2024-11-20', 120, false),
  day('2024-11-21', 350, true),
  day('2024-11-22', 0, false),
]

test('a fully requested day is no longer missing, however few bars it has', () => {
  expect(WEEK.map(dayState)).toEqual(['complete', 'not-loaded', 'partly-loaded', 'partial', 'not-loaded'])
  expect(dayState(day('2024-11-18', 0, true))).toBe('partial')
  expect(dayState(day('2024-11-18', 390, false))).toBe('complete')
})

test('a day without a single bar has nothing there, and is requested again', () => {
  const empty = { ...day('2024-11-18', 0, false), nothingThere: true }
  expect(dayState(empty)).toBe('empty')
  expect(describeDay(empty)).toBe(
    'Mon, Nov 18, 2024: 0 of 390 minutes, no data when last checked; the next download checks again',
  )
  expect(describeMissing([empty])).toBe('To download: Nov 18, 2024')
})

test('a day shows its minutes and whether it closed early', () => {
  expect(describeDay(day('2024-11-22', 350, true))).toBe(
    'Fri, Nov 22, 2024: 350 of 390 minutes, all this feed has',
  )
  expect(describeDay(day('2024-11-29', 210, true, 210))).toBe(
    'Fri, Nov 29, 2024: 210 of 210 minutes, early close, complete',
  )
})

test('missing days are named by ranges, the longest first', () => {
  expect(missingStretches(WEEK)).toEqual([
    { from: '2024-11-19', to: '2024-11-20', days: 2 },
    { from: '2024-11-22', to: '2024-11-22', days: 1 },
  ])
  expect(describeMissing([day('2024-11-15', 0, false), ...WEEK])).toBe(
    'To download: Nov 19, 2024 – Nov 20, 2024 (2 days), Nov 15, 2024 and 1 more range',
  )
  expect(describeMissing([day('2024-11-18', 2, true)])).toBe('Nothing to download')
})

test('coverage is given in minutes and days', () => {
  const text = describeCoverage({
    symbol: stockSymbol.parse('AAPL'),
    barsCount: 1_200,
    expectedBars: 1_950,
    actualBars: 860,
    coveragePct: 44.1,
    missingDays: ['2024-11-19', '2024-11-22'],
    days: WEEK,
  })
  expect(text).toBe('44.1% of minutes, 3 of 5 days')
})

test('months add up their days', () => {
  expect(monthsOf([day('2024-10-31', 390, true), ...WEEK])).toEqual([
    { month: '2024-10', days: 1, present: 390, expected: 390, toLoad: 0 },
    { month: '2024-11', days: 5, present: 860, expected: 1_950, toLoad: 3 },
  ])
})
