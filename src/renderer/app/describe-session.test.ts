import { expect, test } from 'vitest'
import { describeSession } from './describe-session.ts'

const now = Date.parse('2024-11-29T16:00:00Z')

test('an open market says when it closes, and whether that is early', () => {
  const open = { phase: 'regular', day: '2024-11-29', next: 'after', until: now + 7_200_000 } as const
  expect(describeSession({ ...open, earlyClose: false }, now)).toEqual({
    phase: 'Market open',
    countdown: 'closes in 2 h 0 min',
  })
  expect(describeSession({ ...open, earlyClose: true }, now).countdown).toBe(
    'closes in 2 h 0 min (early, 13:00 ET)',
  )
})

test('a closed market says why and what comes next', () => {
  const closed = {
    phase: 'closed',
    day: '2024-12-02',
    next: 'pre',
    until: now + 3_600_000,
    earlyClose: false,
    closedFor: 'weekend',
  } as const
  expect(describeSession(closed, now)).toEqual({
    phase: 'Market closed, weekend',
    countdown: 'pre-market in 1 h 0 min',
  })
})

test('the demo market is open around the clock', () => {
  const demo = { phase: 'regular', day: '2024-11-29', earlyClose: false } as const
  expect(describeSession(demo, now).countdown).toBe('24 h (demo)')
})

test('the overnight session is named, and what comes after it', () => {
  const night = { phase: 'overnight', day: '2024-12-02', next: 'pre', earlyClose: false } as const
  expect(describeSession({ ...night, until: now + 3_600_000 }, now)).toEqual({
    phase: 'Overnight session',
    countdown: 'pre-market in 1 h 0 min',
  })
})
