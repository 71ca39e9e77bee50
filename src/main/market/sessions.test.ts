import { expect, test } from 'vitest'
import { calendarWith, nyse } from '#shared/exchange-calendar'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { dailyBar } from '../../../tests/support/market-messages.ts'
import { createBus } from './bus.ts'
import { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'
import { alwaysOpen, exchangeSessionClock, type SessionClock } from './session-clock.ts'
import { Sessions } from './sessions.ts'

function setUp(startAt: string, initial: SessionClock = exchangeSessionClock(nyse)) {
  const clock = new ManualClock(Date.parse(startAt))
  const bus = createBus<MarketEvents>((_name, cause) => {
    throw cause
  })
  const cache = new BarCache()
  const told: string[] = []
  const sessions = new Sessions({ initial, cache, bus, clock })
  bus.subscribe('session', ({ phase, day }) =>
    told.push(`${day} ${phase} ${new Date(clock.now()).toISOString()}`),
  )
  return { clock, cache, told, sessions }
}

test('each session is reported at the second it begins', () => {
  const { clock, told, sessions } = setUp('2026-11-24T09:00:00-05:00')
  sessions.start()
  clock.turnAtOnce(20 * 3_600_000)
  expect(told).toEqual([
    '2026-11-24 pre 2026-11-24T14:00:00.000Z',
    '2026-11-24 regular 2026-11-24T14:30:00.000Z',
    '2026-11-24 after 2026-11-24T21:00:00.000Z',
    '2026-11-25 overnight 2026-11-25T01:00:00.000Z',
    '2026-11-25 pre 2026-11-25T09:00:00.000Z',
  ])
})

test('after it is stopped nothing is reported and no timer is left', () => {
  const { clock, told, sessions } = setUp('2026-11-24T09:00:00-05:00')
  const stop = sessions.start()
  stop()
  clock.turnAtOnce(3_600_000)
  expect(told).toHaveLength(1)
  expect(clock.waiting).toBe(0)
})

test('after the machine slept through the open, the session is right at the next check', () => {
  const { clock, told, sessions } = setUp('2026-11-24T09:00:00-05:00')
  sessions.start()
  clock.jump(3_600_000)
  expect(sessions.now().phase).toBe('regular')
  sessions.check()
  expect(told.at(-1)).toContain('regular')
})

test('a timer that stopped while the machine slept makes the session late by seconds, not by hours', () => {
  const { clock, told, sessions } = setUp('2026-11-24T04:30:00-05:00')
  sessions.start()
  clock.suspend(6 * 3_600_000)
  clock.turnAtOnce(10_000)
  expect(told.at(-1)).toContain('regular')
})

test('Alpaca’s calendar is used as soon as it is known', () => {
  const { told, sessions } = setUp('2026-11-24T12:00:00-05:00')
  sessions.start()
  sessions.useCalendar(calendarWith({ from: '2026-11-24', until: '2026-11-25', days: [] }))
  expect(sessions.now()).toMatchObject({ phase: 'closed', closedFor: 'unscheduled closure' })
  expect(told).toHaveLength(2)
})

test('when a day begins, yesterday’s close becomes the baseline', () => {
  const { clock, cache, sessions } = setUp('2026-11-24T20:30:00-05:00')
  sessions.start()
  cache.updateDailyBar({ message: dailyBar({ close: 101 }), source: 'iex', receivedAt: 0 })
  expect(cache.day('AAPL').today?.bar.message.close).toBe(101)
  clock.turnAtOnce(8 * 3_600_000)
  expect(cache.day('AAPL').today).toBeUndefined()
  expect(cache.day('AAPL').previousClose?.close).toBe(101)
})

test('the demo market’s session is reported once, though its day changes at midnight', () => {
  const { clock, told, sessions } = setUp('2026-11-24T23:00:00-05:00', alwaysOpen)
  sessions.start()
  clock.turnAtOnce(1_800_000)
  expect(told).toEqual(['2026-11-24 regular 2026-11-25T04:00:00.000Z'])
  clock.turnAtOnce(3_600_000)
  expect(told).toHaveLength(2)
})
