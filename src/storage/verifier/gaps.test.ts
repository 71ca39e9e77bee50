import { expect, test } from 'vitest'
import { nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { auditDay } from './day-audit.ts'
import { gapsOf, joined } from './gaps.ts'
import { marketHalts } from './halts.ts'

/** The sessions of that week, with bars for the minutes that are present. */
function audits(present: Readonly<Record<string, (minute: number) => boolean>>) {
  return Object.entries(present).map(([date, isThere]) => {
    const day = nyse.tradingDay(date)
    if (day === undefined) throw new Error(`no session on ${date}`)
    const bars = Array.from({ length: 390 }, (_, minute) => minute)
      .filter(isThere)
      .map((minute) => ({
        at: day.open + minute * MINUTE_MS,
        open: 1,
        high: 1,
        low: 1,
        close: 1,
        volume: 1,
        vwap: null,
        tradeCount: null,
      }))
    return auditDay(day, bars, day.close, 'sip')
  })
}
const all = () => true
const none = () => false
const loaded = [{ from: 0, until: Number.MAX_SAFE_INTEGER }]

test('consecutive missing days are one gap, and a missing part of a day is a separate one', () => {
  const week = audits({
    '2026-11-16': (minute) => minute < 200,
    '2026-11-17': none,
    '2026-11-18': none,
    '2026-11-19': all,
    '2026-11-20': none,
  })
  expect(joined(gapsOf(week, []), week).map(({ day, minutes, cause }) => [day, minutes, cause])).toEqual([
    ['2026-11-16', 190, 'not-loaded'],
    ['2026-11-17', 780, 'not-loaded'],
    ['2026-11-20', 390, 'not-loaded'],
  ])
})

test('a missing minute counts as no trade, a missing hour of a busy stock as a feed gap', () => {
  const week = audits({
    '2026-11-18': all,
    '2026-11-19': (minute) => minute !== 7,
    '2026-11-20': (minute) => minute < 330,
  })
  expect(gapsOf(week, loaded).map(({ minutes, cause }) => [minutes, cause])).toEqual([
    [1, 'no-trade'],
    [60, 'feed-gap'],
  ])
})

test('minutes of a market-wide halt are put down to it, and those that end as it begins are not', () => {
  const [halt] = marketHalts
  const day = nyse.tradingDay('2020-03-09')
  if (halt === undefined || day === undefined) throw new Error('no halt')
  const minutesOf = (from: number, until: number) => (minute: number) => {
    const at = day.open + minute * MINUTE_MS
    return at < from || at >= until
  }
  const causes = (from: number, until: number) =>
    gapsOf(
      audits({ '2020-03-05': all, '2020-03-06': all, '2020-03-09': minutesOf(from, until) }),
      loaded,
    ).map(({ cause }) => cause)
  expect(causes(halt.from, halt.until)).toEqual(['halt'])
  expect(causes(day.open, halt.from)).toEqual(['feed-gap'])
  expect(causes(halt.until, halt.until + 60 * MINUTE_MS)).toEqual(['feed-gap'])
})
