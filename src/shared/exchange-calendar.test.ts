import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  calendarWith,
  closedReason,
  exchangeDayOf,
  minutesOfSession,
  nextTradingDay,
  previousTradingDay,
  sessionAt,
  tradingDay,
  tradingDaysBetween,
} from './exchange-calendar.ts'

/** The instant when clocks in New York show that time. */
const newYork = (wallClock: string) =>
  Temporal.PlainDateTime.from(wallClock).toZonedDateTime('America/New_York').epochMilliseconds

describe('trading days', () => {
  test.each([2028, 2029, 2030])(
    '%i has nine or ten holidays, and Good Friday is two days before Easter',
    (year) => {
      const days = tradingDaysBetween(`${year}-01-01`, `${year + 1}-01-01`)
      expect(days.length).toBeGreaterThanOrEqual(250)
      expect(days.length).toBeLessThanOrEqual(252)
      const goodFriday = { 2028: '2028-04-14', 2029: '2029-03-30', 2030: '2030-04-19' }[year] ?? ''
      expect(closedReason(goodFriday)).toBe('Good Friday')
    },
  )

  test('a full day runs from 04:00 to 20:00 ET with 390 regular minutes', () => {
    expect(tradingDay('2026-11-24')).toEqual({
      day: '2026-11-24',
      preOpen: Date.parse('2026-11-24T09:00:00Z'),
      open: Date.parse('2026-11-24T14:30:00Z'),
      close: Date.parse('2026-11-24T21:00:00Z'),
      afterClose: Date.parse('2026-11-25T01:00:00Z'),
      earlyClose: false,
    })
    expect(minutesOfSession('2026-11-24')).toBe(390)
  })

  test('the day after Thanksgiving closes at 13:00, and its after-hours session ends at 17:00', () => {
    expect(tradingDay('2026-11-27')).toMatchObject({
      close: newYork('2026-11-27T13:00'),
      afterClose: newYork('2026-11-27T17:00'),
      earlyClose: true,
    })
    expect(minutesOfSession('2026-11-27')).toBe(210)
    expect(minutesOfSession('2026-11-26')).toBe(0)
  })

  test('the open moves by an hour of UTC when the clocks change, and the session is still 390 minutes', () => {
    const utc = (at = 0) => new Date(at).toISOString().slice(11, 16)
    expect(utc(tradingDay('2026-03-06')?.open)).toBe('14:30')
    expect(utc(tradingDay('2026-03-09')?.open)).toBe('13:30')
    expect(utc(tradingDay('2026-10-30')?.open)).toBe('13:30')
    expect(utc(tradingDay('2026-11-02')?.open)).toBe('14:30')
    expect(minutesOfSession('2026-03-09')).toBe(390)
  })

  test('before a long weekend the next trading day is Tuesday', () => {
    expect(nextTradingDay('2026-09-04').day).toBe('2026-09-08')
    expect(previousTradingDay('2026-09-08').day).toBe('2026-09-04')
    expect(nextTradingDay('2026-09-06').day).toBe('2026-09-08')
  })

  test('a range excludes its end', () => {
    const days = tradingDaysBetween('2026-11-23', '2026-11-30').map(({ day }) => day)
    expect(days).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-27'])
    expect(tradingDaysBetween('2026-11-26', '2026-11-26')).toEqual([])
  })
})

describe('the day in New York', () => {
  test('changes at midnight in New York, in winter and in summer', () => {
    expect(exchangeDayOf(Date.parse('2026-11-24T04:59:59.999Z'))).toBe('2026-11-23')
    expect(exchangeDayOf(Date.parse('2026-11-24T05:00:00Z'))).toBe('2026-11-24')
    expect(exchangeDayOf(Date.parse('2026-07-01T03:59:59.999Z'))).toBe('2026-06-30')
    expect(exchangeDayOf(Date.parse('2026-07-01T04:00:00Z'))).toBe('2026-07-01')
  })

  test('is right at every hour around both clock changes', () => {
    for (const around of ['2026-03-08T00:00:00Z', '2026-11-01T00:00:00Z']) {
      for (let hour = -48; hour < 72; hour++) {
        const at = Date.parse(around) + hour * 3_600_000
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('America/New_York')
        expect(exchangeDayOf(at)).toBe(zoned.toPlainDate().toString())
      }
    }
  })
})

describe('the current session', () => {
  test.each([
    ['2026-11-22T20:00', 'overnight', '2026-11-23', '2026-11-23T04:00', 'pre'],
    ['2026-11-23T21:00', 'overnight', '2026-11-24', '2026-11-24T04:00', 'pre'],
    ['2026-11-24T03:59:59', 'overnight', '2026-11-24', '2026-11-24T04:00', 'pre'],
    ['2026-11-24T04:00', 'pre', '2026-11-24', '2026-11-24T09:30', 'regular'],
    ['2026-11-24T09:29:59', 'pre', '2026-11-24', '2026-11-24T09:30', 'regular'],
    ['2026-11-24T09:30', 'regular', '2026-11-24', '2026-11-24T16:00', 'after'],
    ['2026-11-24T16:00', 'after', '2026-11-24', '2026-11-24T20:00', 'overnight'],
    ['2026-11-24T20:00', 'overnight', '2026-11-25', '2026-11-25T04:00', 'pre'],
    ['2026-11-20T16:00', 'after', '2026-11-20', '2026-11-20T20:00', 'closed'],
    ['2026-11-26T20:00', 'overnight', '2026-11-27', '2026-11-27T04:00', 'pre'],
    ['2026-11-27T12:59:59', 'regular', '2026-11-27', '2026-11-27T13:00', 'after'],
    ['2026-11-27T13:00', 'after', '2026-11-27', '2026-11-27T17:00', 'closed'],
    ['2026-11-27T17:00', 'closed', '2026-11-30', '2026-11-29T20:00', 'overnight'],
  ])('at %s ET it is %s', (wallClock, phase, day, until, next) => {
    expect(sessionAt(newYork(wallClock))).toEqual({
      phase,
      day,
      until: newYork(until),
      next,
      earlyClose: day === '2026-11-27',
    })
  })

  test('on holidays and weekends it says why the market is closed', () => {
    expect(sessionAt(newYork('2026-11-26T11:00'))).toMatchObject({
      phase: 'closed',
      day: '2026-11-27',
      closedFor: 'Thanksgiving Day',
      earlyClose: true,
    })
    expect(sessionAt(newYork('2026-11-28T11:00'))).toMatchObject({ day: '2026-11-30', closedFor: 'weekend' })
    expect(sessionAt(newYork('2026-11-22T19:59:59'))).toMatchObject({
      phase: 'closed',
      closedFor: 'weekend',
      until: newYork('2026-11-22T20:00'),
      next: 'overnight',
    })
  })
})

describe("Alpaca's own calendar", () => {
  const full = { preOpen: '04:00', open: '09:30', close: '16:00', afterClose: '20:00' }
  const told = calendarWith({
    from: '2026-11-23',
    until: '2026-11-30',
    days: [
      { ...full, day: '2026-11-23' },
      { ...full, day: '2026-11-24', close: '12:00', afterClose: '16:00' },
      { ...full, day: '2026-11-26' },
    ],
  })

  test('overrides the rule when it opens, closes or shortens a day', () => {
    expect(told.tradingDay('2026-11-26')?.open).toBe(newYork('2026-11-26T09:30'))
    expect(told.closedReason('2026-11-26')).toBeUndefined()
    expect(told.tradingDay('2026-11-25')).toBeUndefined()
    expect(told.closedReason('2026-11-25')).toBe('unscheduled closure')
    expect(told.minutesOfSession('2026-11-24')).toBe(150)
    expect(told.tradingDay('2026-11-24')?.earlyClose).toBe(true)
  })

  test('leaves the days it does not cover to the rule', () => {
    expect(told.closedReason('2026-12-25')).toBe('Christmas Day')
    expect(told.nextTradingDay('2026-11-26').day).toBe('2026-11-30')
    expect(told.previousTradingDay('2026-11-23').day).toBe('2026-11-20')
    expect(told.sessionAt(newYork('2026-11-25T11:00'))).toMatchObject({ phase: 'closed', day: '2026-11-26' })
  })
})
