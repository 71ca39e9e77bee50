import { expect, test } from 'vitest'
import { exchangeDayOf } from '#shared/calendar/new-york'
import {
  ago,
  briefDuration,
  calendarDay,
  calendarMonth,
  delay,
  duration,
  newYorkClock,
  newYorkMoment,
  weekdayAndDay,
} from './times.ts'

test('the clock shows New York time, in summer and in winter', () => {
  expect(newYorkClock(Date.parse('2024-07-01T13:30:00Z'))).toBe('09:30:00')
  expect(newYorkClock(Date.parse('2024-11-15T14:30:00Z'))).toBe('09:30:00')
  expect(newYorkClock(Date.parse('2024-11-15T05:00:00Z'))).toBe('00:00:00')
})

test('a time on another day shows its day', () => {
  const friday = Date.parse('2024-11-22T20:59:58Z')
  expect(newYorkMoment(friday, friday + 60_000)).toBe('15:59:58')
  expect(newYorkMoment(friday, friday + 86_400_000)).toBe('Nov 22, 15:59:58')
})

test('an age is given in the unit a trader would use', () => {
  expect(briefDuration(7_900)).toBe('7 s')
  expect(briefDuration(200_000)).toBe('3 min')
  expect(briefDuration(7_200_000)).toBe('2 h')
  expect(briefDuration(4 * 86_400_000)).toBe('4 d')
  expect(duration(9_240_000)).toBe('2 h 34 min')
  expect(duration(65_000)).toBe('1 min 5 s')
  expect(duration(-5)).toBe('0 s')
})

test('an update within two seconds is "now", even if the exchange clock runs ahead', () => {
  expect(ago(1_900)).toBe('now')
  expect(ago(-300)).toBe('now')
  expect(ago(3_000)).toBe('3 s ago')
})

test('a delay keeps the digits that matter', () => {
  expect(delay(0.42)).toBe('0.4 ms')
  expect(delay(23.4)).toBe('23 ms')
  expect(delay(1_234)).toBe('1.2 s')
})

test('a new day starts at midnight in New York, and a calendar day is the same in every zone', () => {
  expect(exchangeDayOf(Date.parse('2024-11-15T04:59:59Z'))).toBe('2024-11-14')
  expect(exchangeDayOf(Date.parse('2024-11-15T05:00:00Z'))).toBe('2024-11-15')
  expect(exchangeDayOf(Date.parse('2024-07-01T04:00:00Z'))).toBe('2024-07-01')
  expect(calendarDay('2024-02-29')).toBe('Feb 29, 2024')
  expect(weekdayAndDay('2024-11-22')).toBe('Fri, Nov 22, 2024')
  expect(calendarMonth('2024-11')).toBe('Nov 2024')
})
