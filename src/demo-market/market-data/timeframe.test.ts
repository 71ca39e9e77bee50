import { expect, test } from 'vitest'
import { bucketStart, dayAfter, firstDayOf, readTimeframe } from './timeframe.ts'

test.each([
  ['1Min', { unit: 'minutes', count: 1 }],
  ['59T', { unit: 'minutes', count: 59 }],
  ['4Hour', { unit: 'minutes', count: 240 }],
  ['23H', { unit: 'minutes', count: 1380 }],
  ['1Day', { unit: 'day' }],
  ['1D', { unit: 'day' }],
  ['1W', { unit: 'week' }],
  ['12Month', { unit: 'months', count: 12 }],
])('%s is a timeframe', (text, timeframe) => {
  expect(readTimeframe(text)).toEqual(timeframe)
})

test.each([null, '', '60Min', '24Hour', '2Day', '2Week', '5Month', '0Min', '1min', 'Day'])(
  '%s is not a timeframe',
  (text) => {
    expect(() => readTimeframe(text)).toThrow(/invalid timeframe/)
  },
)

test('a week starts on Monday, a quarter with its first month', () => {
  expect(firstDayOf({ unit: 'week' }, '2026-11-29')).toBe('2026-11-23')
  expect(dayAfter({ unit: 'week' }, '2026-11-23')).toBe('2026-11-30')
  expect(firstDayOf({ unit: 'months', count: 3 }, '2026-11-29')).toBe('2026-10-01')
  expect(dayAfter({ unit: 'months', count: 3 }, '2026-10-01')).toBe('2027-01-01')
  expect(dayAfter({ unit: 'months', count: 12 }, '2026-01-01')).toBe('2027-01-01')
  expect(dayAfter({ unit: 'months', count: 1 }, '2026-02-01')).toBe('2026-03-01')
})

test('hourly bars start on the hour in New York', () => {
  expect(bucketStart(60, Date.parse('2026-11-24T15:34:00Z'))).toBe(Date.parse('2026-11-24T15:00:00Z'))
  expect(bucketStart(240, Date.parse('2026-11-24T15:34:00Z'))).toBe(Date.parse('2026-11-24T13:00:00Z'))
})
