import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { auditDay } from './day-audit.ts'

const day = nyse.tradingDay('2026-11-24')
if (day === undefined) throw new Error('no trading day')
const { open, close } = day
const barAt = (minute: number) => ({
  at: open + minute * MINUTE_MS,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
  vwap: null,
  tradeCount: null,
})

test('a past session expects every minute, and each gap is reported with its first minute', () => {
  const { expected, present, missing } = auditDay(day, [barAt(0), barAt(3)], close + MINUTE_MS, 'sip')
  expect([expected, present]).toEqual([390, 2])
  expect(missing).toEqual([
    { from: open + MINUTE_MS, minutes: 2 },
    { from: open + 4 * MINUTE_MS, minutes: 386 },
  ])
})

test('a running session expects its whole minutes until now, a future one none', () => {
  expect(auditDay(day, [], open + 2.5 * MINUTE_MS, undefined)).toMatchObject({
    expected: 2,
    missing: [{ from: open, minutes: 2 }],
  })
  expect(auditDay(day, [], open - MINUTE_MS, undefined)).toMatchObject({
    expected: 0,
    present: 0,
    missing: [],
  })
})

test('what is there is counted by the half hour, and by the remainders on which coarser bars would lie', () => {
  const ten = Array.from({ length: 39 }, (_, nth) => barAt(10 * nth))
  const { byHalfHour, byRemainder, traded } = auditDay(day, ten, close, 'sip')
  expect([...byHalfHour]).toEqual(Array.from({ length: 13 }, () => 3))
  expect(byRemainder.map((of) => [...of])).toEqual([
    [39, 0],
    [13, 13, 13],
    [39, 0, 0, 0, 0],
  ])
  expect(traded).toBe(39)
})
