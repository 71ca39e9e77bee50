import { expect, test } from 'vitest'
import { calendarWith, nyse } from '#shared/exchange-calendar'
import type { CalendarDay } from '#alpaca'
import { toKnownDays } from './known-days.ts'

const day = (date: string, close = '16:00', sessionClose?: string): CalendarDay => ({
  date,
  open: '09:30',
  close,
  sessionOpen: undefined,
  sessionClose,
})

function calendarOf(...days: readonly CalendarDay[]) {
  const known = toKnownDays(days)
  if (known === undefined) throw new Error('no days')
  return calendarWith(known)
}

test('a day missing between the first and last in Alpaca’s calendar is closed', () => {
  const calendar = calendarOf(day('2026-11-23'), day('2026-11-25'))
  expect(calendar.closedReason('2026-11-24')).toBe('unscheduled closure')
})

test('days beyond Alpaca’s calendar follow the built-in rules', () => {
  const calendar = calendarOf(day('2026-11-24'))
  for (const date of ['2026-11-23', '2026-11-25'])
    expect(calendar.tradingDay(date)).toEqual(nyse.tradingDay(date))
  expect(toKnownDays([])).toBeUndefined()
})

test('hours missing from Alpaca’s calendar are NYSE’s', () => {
  const calendar = calendarOf(day('2026-11-25'), day('2026-11-27', '13:00'))
  expect(calendar.tradingDay('2026-11-25')).toMatchObject({
    preOpen: Date.parse('2026-11-25T04:00:00-05:00'),
    afterClose: Date.parse('2026-11-25T20:00:00-05:00'),
  })
  expect(calendar.tradingDay('2026-11-26')).toBeUndefined()
  expect(calendar.tradingDay('2026-11-27')).toMatchObject({
    close: Date.parse('2026-11-27T13:00:00-05:00'),
    afterClose: Date.parse('2026-11-27T17:00:00-05:00'),
    earlyClose: true,
  })
})

test('hours in Alpaca’s calendar are used', () => {
  expect(toKnownDays([day('2026-11-27', '13:00', '18:00')])?.days[0]?.afterClose).toBe('18:00')
})
