import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { alwaysOpen, exchangeSessionClock, slotIn, SLOTS } from './session-clock.ts'

const at = (text: string): number => Date.parse(text)

test('the session day runs from 04:00 to 20:00 Eastern Time', () => {
  const { slotAt } = exchangeSessionClock(nyse)
  expect(slotAt(at('2026-11-24T03:59:59-05:00'))).toBeUndefined()
  expect(slotAt(at('2026-11-24T04:00:00-05:00'))).toBe(0)
  expect(slotAt(at('2026-11-24T09:29:59-05:00'))).toBe(329)
  expect(slotAt(at('2026-11-24T09:30:00-05:00'))).toBe(330)
  expect(slotAt(at('2026-11-24T15:59:59-05:00'))).toBe(719)
  expect(slotAt(at('2026-11-24T16:00:00-05:00'))).toBe(720)
  expect(slotAt(at('2026-11-24T19:59:59-05:00'))).toBe(SLOTS - 1)
  expect(slotAt(at('2026-11-24T20:00:00-05:00'))).toBeUndefined()
  const day = nyse.tradingDay('2026-11-24')
  expect(day && slotIn(day, day.afterClose - 1)).toBe(SLOTS - 1)
  expect(day && slotIn(day, day.afterClose)).toBeUndefined()
})

test('the same minute has the same number in summer and in winter', () => {
  const { slotAt } = exchangeSessionClock(nyse)
  expect(slotAt(at('2026-07-07T10:00:00-04:00'))).toBe(slotAt(at('2026-11-24T10:00:00-05:00')))
})

test('on an early close the minutes after 13:00 are after-hours minutes', () => {
  const { slotAt } = exchangeSessionClock(nyse)
  expect(slotAt(at('2026-11-27T12:59:00-05:00'))).toBe(539)
  expect(slotAt(at('2026-11-27T13:00:00-05:00'))).toBe(720)
  expect(slotAt(at('2026-11-27T17:00:00-05:00'))).toBeUndefined()
})

test('there are no session minutes on holidays and weekends', () => {
  const { slotAt, dayStartAt } = exchangeSessionClock(nyse)
  expect(slotAt(at('2026-11-26T12:00:00-05:00'))).toBeUndefined()
  expect(slotAt(at('2026-11-28T12:00:00-05:00'))).toBeUndefined()
  expect(dayStartAt(at('2026-11-28T12:00:00-05:00'))).toBeUndefined()
  expect(dayStartAt(at('2026-11-24T12:00:00-05:00'))).toBe(at('2026-11-24T04:00:00-05:00'))
})

test('answers do not depend on earlier questions', () => {
  const remembering = exchangeSessionClock(nyse)
  for (const text of [
    '2026-11-25T19:59:00',
    '2026-11-24T10:00:00',
    '2026-11-26T10:00:00',
    '2026-11-27T14:00:00',
  ])
    expect(remembering.sessionAt(at(`${text}-05:00`))).toEqual(nyse.sessionAt(at(`${text}-05:00`)))
})

test('yesterday’s prices are shown overnight, until the next day begins at 04:00', () => {
  const { marketDayAt } = exchangeSessionClock(nyse)
  expect(marketDayAt(at('2026-11-24T21:00:00-05:00'))).toBe('2026-11-24')
  expect(marketDayAt(at('2026-11-25T03:59:00-05:00'))).toBe('2026-11-24')
  expect(marketDayAt(at('2026-11-25T04:00:00-05:00'))).toBe('2026-11-25')
  expect(marketDayAt(at('2026-11-29T12:00:00-05:00'))).toBe('2026-11-27')
})

test('the demo market is always in its regular session, and its days never end', () => {
  const sunday = at('2026-11-29T12:00:00-05:00')
  expect(alwaysOpen.sessionAt(sunday)).toEqual({ phase: 'regular', day: '2026-11-29', earlyClose: false })
  expect(alwaysOpen.slotAt(sunday)).toBe(0)
  expect(alwaysOpen.dayStartAt(sunday)).toBeUndefined()
  expect(alwaysOpen.marketDayAt(sunday)).toBeUndefined()
})
