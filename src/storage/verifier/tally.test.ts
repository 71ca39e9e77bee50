import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { Tally } from './tally.ts'

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
  tally.add([bar(0), bar(1, { volume: 0 }), bar(1), bar(2, { high: 980_000 }), bar(3)], nyse)
  tally.add([bar(4, { high: 1_300_000 }), bar(5), bar(6 + 4 * 1_440)], nyse) // the last one on a Saturday
  expect(tally).toMatchObject({ bars: 8, volume: 70, zeroVolume: 1, duplicates: 1, closedDays: 1 })
  expect([tally.violations.count, tally.outliers.count]).toEqual([1, 1])
  expect(tally.violations.example).toMatchObject({ example: { at: OPEN + 120_000, high: '98' } })
  expect([...tally.wrongByMonth]).toEqual([['2026-11', 2]])
})
