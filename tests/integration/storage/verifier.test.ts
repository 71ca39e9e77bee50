import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { midnight, writeBars, type StoredBar } from '../../../src/storage/bars/index.ts'
import { addCovered } from '../../../src/storage/coverage/index.ts'
import { transact, type Database } from '../../../src/storage/database/index.ts'
import { describeReport, verifyAll, verifySymbol } from '../../../src/storage/verifier/index.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import { stockSymbol } from '../../../src/shared/units.ts'
import type { Issue, VerificationReport } from '../../../src/shared/verification.ts'
import { DATABASE_KINDS, sqliteFile, titleOf, type EmptyDatabase } from '../../support/databases.ts'
import { MINUTE_SYMBOLS, realMinuteBars, whyNoData } from '../../support/shared-data.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')

const issue = <K extends Issue['kind']>(report: VerificationReport, kind: K) =>
  report.issues.find((each) => each.kind === kind) as Extract<Issue, { kind: K }>

async function store(
  database: Database,
  symbol: string,
  bars: readonly StoredBar[],
  days: readonly [string, string],
) {
  await transact(database, async (trx) => {
    await writeBars(trx, { symbol, feed: 'sip', bars }, nyse)
    await addCovered(trx, symbol, 'sip', { from: midnight(days[0]), until: midnight(days[1]) })
  })
}

describe.each(DATABASE_KINDS.map((kind) => [titleOf(kind), kind] as const))(
  'the report on real bars in %s',
  (_title, kind) => {
    const why = kind.skipped ?? whyNoData
    let place: EmptyDatabase
    let database: Database
    let reports: Map<string, VerificationReport>
    beforeAll(async () => {
      if (why) return
      place = await kind.create()
      database = await place.open()
      for (const symbol of MINUTE_SYMBOLS)
        await store(database, symbol, realMinuteBars(symbol), ['2019-02-11', '2019-02-16'])
      const symbols = MINUTE_SYMBOLS.map((symbol) => stockSymbol.parse(symbol))
      const deps = { database, calendar: nyse, now: () => NOW }
      reports = new Map((await verifyAll(deps, symbols)).map((report) => [report.symbol, report]))
    }, 60_000)
    afterAll(async () => {
      await database?.close()
      await place?.remove()
    })
    const check = test.skipIf(why)
    const of = (symbol: string) => reports.get(symbol)!

    check(
      'agrees with what is known about them: five whole days, no violation, no duplicate, no outlier',
      () => {
        for (const report of reports.values()) {
          expect(report).toMatchObject({
            dateRange: { from: '2019-02-11', to: '2019-02-15' },
            daysWithData: 5,
            expectedDays: 5,
            coverage: { expectedBars: 1_950, actualBars: report.totalBars },
          })
          for (const kind of [
            'ohlc_violation',
            'duplicate_bars',
            'outliers',
            'closed_days',
            'refused',
          ] as const)
            expect(issue(report, kind).count).toBe(0)
        }
      },
    )

    check(
      'counts the bars without volume: one each in SPY, QQQ, AMZN, GLD, TSLA, three in MU, four in UGA',
      () => {
        const counts = Object.fromEntries(
          [...reports].map(([symbol, report]) => [symbol, issue(report, 'zero_volume').count]),
        )
        expect(counts).toEqual({
          SPY: 1,
          QQQ: 1,
          AMZN: 1,
          GLD: 1,
          TSLA: 1,
          MU: 3,
          UGA: 4,
          AAPL: 0,
          MSFT: 0,
          JPM: 0,
          V: 0,
          VOO: 0,
        })
      },
    )

    check(
      'finds the two minutes that MSFT, AAPL, QQQ and MU miss on 2019-02-14, and reports them as lost',
      () => {
        for (const symbol of ['MSFT', 'AAPL', 'QQQ', 'MU']) {
          const gaps = of(symbol).gaps.filter(({ day }) => day === '2019-02-14')
          expect(gaps.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(2)
        }
      },
    )

    check('tells a thin fund from a broken feed: UGA has 55 to 95 bars a day and lost nothing', () => {
      const gaps = issue(of('UGA'), 'gaps')
      expect(gaps.minutesByCause).toEqual({
        'no-trade': gaps.missingMinutes,
        halt: 0,
        'feed-gap': 0,
        'not-loaded': 0,
      })
      expect(of('UGA').totalBars).toBeGreaterThanOrEqual(5 * 55)
      expect(of('UGA').totalBars).toBeLessThanOrEqual(5 * 95)
      expect(of('UGA').score).toBe(100)
    })

    check('GLD, VOO, AMZN and TSLA miss 1 to 9 minutes on most days, and never more', () => {
      const missing = (symbol: string) => issue(of(symbol), 'gaps').missingMinutes
      expect(['GLD', 'VOO', 'AMZN', 'TSLA'].map(missing)).toEqual([23, 16, 6, 4])
      for (const symbol of ['GLD', 'VOO', 'AMZN', 'TSLA']) {
        const perDay = new Map<string, number>()
        for (const { day, minutes } of of(symbol).gaps) perDay.set(day, (perDay.get(day) ?? 0) + minutes)
        expect(perDay.size).toBeGreaterThanOrEqual(3)
        expect(Math.max(...perDay.values())).toBeLessThanOrEqual(9)
      }
    })
  },
)

describe('the verifier', () => {
  let place: EmptyDatabase
  let database: Database
  beforeAll(async () => {
    place = await sqliteFile.create()
    database = await place.open()
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
  })
  const verify = (symbol: string, now = NOW) =>
    verifySymbol({ database, calendar: nyse, now: () => now }, stockSymbol.parse(symbol))

  const bar = (at: number, close = 100_0000): StoredBar => ({
    at,
    open: close,
    high: close,
    low: close,
    close,
    volume: 100,
    vwap: null,
    tradeCount: null,
  })
  const session = (day: string, close?: number) => {
    const { open, close: end } = nyse.tradingDay(day)!
    return Array.from({ length: (end - open) / MINUTE_MS }, (_, index) =>
      bar(open + index * MINUTE_MS, close),
    )
  }

  test('a symbol without bars has a report that says so', async () => {
    const report = await verify('NONE')
    expect(report).toMatchObject({ totalBars: 0, daysWithData: 0, coverage: { coveragePct: 100 } })
    expect(describeReport(report)).toBe('NONE: no bars')
  })

  test('early closes, holidays and days when the clocks change are complete with their own minutes', async () => {
    const days = ['2024-03-08', '2024-03-11', '2024-11-01', '2024-11-04', '2024-11-27', '2024-11-29']
    for (const day of days) await store(database, 'DST', session(day), [day, day])
    await transact(database, (trx) =>
      addCovered(trx, 'DST', 'sip', { from: midnight('2024-03-01'), until: midnight('2024-12-01') }),
    )
    const report = await verify('DST')
    const missingOf = (day: string) => report.gaps.filter((gap) => gap.day === day)
    for (const day of [...days, '2024-11-28']) expect(missingOf(day)).toEqual([])
    expect(report.coverage.actualBars).toBe(5 * 390 + 210)
  })

  test('gaps are reported by size and cause: lost in the feed, never loaded, halted', async () => {
    const days = ['2020-03-11', '2020-03-12', '2020-03-13', '2020-03-17']
    const halted = (at: number) =>
      at >= Date.parse('2020-03-12T13:36:00Z') && at < Date.parse('2020-03-12T13:50:00Z')
    const lost = (at: number) =>
      at >= Date.parse('2020-03-13T15:00:00Z') && at < Date.parse('2020-03-13T16:12:00Z')
    const bars = days.flatMap((day) => session(day)).filter(({ at }) => !halted(at) && !lost(at))
    await store(database, 'GAPS', bars, ['2020-03-11', '2020-03-14'])
    const report = await verify('GAPS')
    expect(report.gaps).toEqual([
      { day: '2020-03-16', from: Date.parse('2020-03-16T13:30:00Z'), minutes: 390, cause: 'not-loaded' },
      {
        day: '2020-03-13',
        from: Date.parse('2020-03-13T15:00:00Z'),
        minutes: 72,
        cause: 'feed-gap',
        mayBeHalt: true,
      },
      { day: '2020-03-12', from: Date.parse('2020-03-12T13:36:00Z'), minutes: 14, cause: 'halt' },
    ])
    expect(issue(report, 'gaps')).toMatchObject({
      count: 3,
      missingMinutes: 476,
      longerThan: { '1': 3, '5': 3, '30': 2, '60': 2, '390': 0 },
      minutesByCause: { 'no-trade': 0, halt: 14, 'feed-gap': 72, 'not-loaded': 390 },
    })
    expect(report.months).toEqual([{ month: '2020-03', score: 76.31 }])
    expect(describeReport(report)).toContain(
      'gaps       3, 476 min (14 min the market was halted, 72 min lost by the feed or in a halt of this stock, 390 min not loaded); largest 390 min on 2020-03-16, not loaded',
    )
  })

  test('a bar that jumps by more than 20% and returns is an outlier; a split or a fall is not', async () => {
    const bars = session('2024-11-25')
    bars[100] = { ...bars[100]!, high: 126_0000 }
    bars[200] = { ...bars[200]!, low: 79_0000 }
    bars[300] = { ...bars[300]!, high: 119_0000 }
    await store(database, 'JUMP', [...bars, ...session('2024-11-26', 14_0000)], ['2024-11-25', '2024-11-27'])
    expect(issue(await verify('JUMP'), 'outliers')).toMatchObject({ count: 2, example: { high: '126' } })
  })

  test('a bar that somebody inserted wrongly is found, with an example', async () => {
    await store(database, 'WRONG', [...session('2024-11-25')], ['2024-11-25', '2024-11-26'])
    await database.query
      .updateTable('market_bars')
      .set({ high: 99_0000 })
      .where('symbol', '=', 'WRONG')
      .where('bar_time', '=', Date.parse('2024-11-25T15:00:00Z'))
      .execute()
    const report = await verify('WRONG')
    expect(issue(report, 'ohlc_violation')).toEqual({
      kind: 'ohlc_violation',
      count: 1,
      example: {
        at: Date.parse('2024-11-25T15:00:00Z'),
        open: '100',
        high: '99',
        low: '100',
        close: '100',
        volume: 100,
      },
    })
    expect(report.score).toBe(99.74)
  })

  test('of the current day only the minutes that are over are expected', async () => {
    const { open } = nyse.tradingDay('2024-11-29')!
    await store(database, 'NOW', session('2024-11-29').slice(0, 30), ['2024-11-29', '2024-11-30'])
    expect((await verify('NOW', open + 30.5 * MINUTE_MS)).coverage).toEqual({
      expectedBars: 30,
      actualBars: 30,
      coveragePct: 100,
    })
  })
})
