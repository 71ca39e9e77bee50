import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { byDay, Tally } from './tally.ts'

const OPEN = Date.parse('2026-11-24T14:30:00Z')
const bar = (minute: number, more = {}) => ({
  at: OPEN + minute * 60_000,
  open: 1_000_000,
  high: 1_010_000,
  low: 990_000,
  close: 1_000_000,
  volume: 10,
  vwap: null,
  tradeCount: null,
  ...more,
})

test('what is wrong with the bars of a symbol is counted, by month too', () => {
  const tally = new Tally()
  const first = [bar(0), bar(1, { volume: 0 }), bar(1), bar(2, { high: 980_000 }), bar(3)]
  tally.add('2026-11-24', [...first, bar(4, { high: 1_300_000 }), bar(5)], nyse)
  tally.add('2026-11-28', [bar(6 + 4 * 1_440)], nyse)
  expect(tally).toMatchObject({ bars: 8, volume: 70, zeroVolume: 1, duplicates: 1 })
  expect([...tally.closedDays]).toEqual([['2026-11-28', 1]])
  expect([tally.violations.count, tally.outliers.count]).toEqual([1, 1])
  expect(tally.violations.example).toMatchObject({ example: { at: OPEN + 120_000, high: '98' } })
  expect([...tally.wrongByMonth]).toEqual([['2026-11', 2]])
})

test('bars are put under their day in New York, over the nights when the clocks change too', () => {
  const at = (text: string) => ({ ...bar(0), at: Date.parse(text) })
  const bars = [
    '2026-10-31T23:59:00-04:00',
    '2026-11-01T00:00:00-04:00',
    '2026-11-01T23:59:00-05:00',
    '2026-11-02T00:00:00-05:00',
  ].map(at)
  expect([...byDay(bars)].map(([day, list]) => [day, list.length])).toEqual([
    ['2026-10-31', 1],
    ['2026-11-01', 2],
    ['2026-11-02', 1],
  ])
})
