import { afterEach, expect, test, vi } from 'vitest'
import { exchangeDayOf } from '#shared/calendar/new-york'
import {
  ago,
  briefDuration,
  calendarDay,
  calendarMonth,
  clockTime,
  dayAndMinute,
  delay,
  duration,
  localZoneName,
  minuteInZone,
  momentInZone,
  momentTime,
  setTimeZone,
  weekdayAndDay,
} from './times.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  setTimeZone('exchange')
})

test('the clock shows Eastern Time, in summer and in winter', () => {
  expect(clockTime(Date.parse('2024-07-01T13:30:00Z'))).toBe('09:30:00')
  expect(clockTime(Date.parse('2024-11-15T14:30:00Z'))).toBe('09:30:00')
  expect(clockTime(Date.parse('2024-11-15T05:00:00Z'))).toBe('00:00:00')
})

test('a time on another day shows its day', () => {
  const friday = Date.parse('2024-11-22T20:59:58Z')
  expect(momentTime(friday, friday + 60_000)).toBe('15:59:58')
  expect(momentTime(friday, friday + 86_400_000)).toBe('Nov 22, 15:59:58')
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

test('local times follow the computer’s zone and its daylight saving, and name it', () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  const before = Date.parse('2025-10-26T00:30:00Z') // Berlin set its clocks back at 01:00 UTC, New York a week later
  const after = Date.parse('2025-10-26T01:30:00Z')
  setTimeZone('local')
  expect(minuteInZone(before)).toBe('02:30 CEST')
  expect(minuteInZone(after)).toBe('02:30 CET')
  setTimeZone('exchange')
  expect(minuteInZone(before)).toBe('20:30 ET')
  expect(minuteInZone(after)).toBe('21:30 ET')
})

test('a local moment shows the local day, which may not be the exchange’s', () => {
  vi.stubEnv('TZ', 'Asia/Tokyo')
  setTimeZone('local')
  const close = Date.parse('2024-11-22T20:59:58Z')
  expect(momentInZone(close, close + 12 * 3_600_000)).toBe('05:59:58 GMT+9')
  expect(momentTime(close, close + 24 * 3_600_000)).toBe('Nov 23, 05:59:58')
  expect(dayAndMinute(close)).toBe('Nov 23, 2024, 05:59')
  expect(calendarDay(exchangeDayOf(close))).toBe('Nov 22, 2024')
})

test('the zones where traders sit have their short names', () => {
  const summer = Date.parse('2025-07-01T12:00:00Z')
  const nameIn = (zone: string) => {
    vi.stubEnv('TZ', zone)
    return localZoneName(summer)
  }
  expect(nameIn('America/New_York')).toBe('ET')
  expect(nameIn('America/Chicago')).toBe('CT')
  expect(nameIn('Europe/London')).toBe('BST')
  expect(nameIn('Australia/Sydney')).toBe('AEST')
  expect(nameIn('UTC')).toBe('UTC')
})
