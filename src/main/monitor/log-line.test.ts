import { expect, test } from 'vitest'
import { logLine } from './log-line.ts'

const counted = (quotes: number, bars: number, errors: number, connectedForMs?: number) => ({
  received: { quotes, bars, errors, trades: 0, statuses: 0 },
  errors,
  ...(connectedForMs !== undefined && { connectedForMs }),
})

test('the line has the plan’s format', () => {
  const before = counted(1_000, 10, 3)
  const now = counted(9_234, 1_495, 3, (2 * 60 + 34) * 60_000)
  expect(logLine(before, now, 60_000)).toBe(
    '[Monitor] Stats (60s window): quotes=8,234 (137/s), bars=1,485 (1,485/min), errors=0, uptime=2h34m',
  )
})

test('without a connection there is no uptime, and single-digit minutes are padded', () => {
  expect(logLine(counted(0, 0, 0), counted(0, 0, 12), 60_000)).toContain('errors=12, uptime=0h00m')
  expect(logLine(counted(0, 0, 0), counted(0, 0, 0, 65 * 60_000), 60_000)).toContain('uptime=1h05m')
})

test('a longer window shows its true length and rates', () => {
  expect(logLine(counted(0, 0, 0), counted(600, 34, 0), 120_000)).toContain(
    '(120s window): quotes=600 (5/s), bars=34 (17/min)',
  )
})
