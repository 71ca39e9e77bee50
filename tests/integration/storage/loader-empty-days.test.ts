import { describe, expect, test } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { exchangeDayOf, nyse } from '#shared/exchange-calendar'
import { loadRequest } from '#shared/history'
import { stockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import type { HistoricalBar } from '#alpaca'
import { midnight } from '../../../src/storage/bars/index.ts'
import { checkCoverage } from '../../../src/storage/coverage/index.ts'
import { estimateLoad, loadBars, type LoadDeps } from '../../../src/storage/loader/index.ts'
import { describeReport, verifySymbol } from '../../../src/storage/verifier/index.ts'
import { pagedSource, ScriptedSource, sentBar, sessions } from '../../support/bar-source.ts'
import { suiteDatabase } from '../../support/database-suite.ts'
import { sqliteFile } from '../../support/databases.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')
const opened = suiteDatabase(sqliteFile)
const deps = (source: LoadDeps['source']) => ({
  database: opened.database,
  source,
  calendar: nyse,
  clock: { ...systemClock, now: () => NOW },
  log: silentLog,
})
const request = (symbols: readonly string[], startDate: string, endDate: string) =>
  loadRequest.parse({ symbols, startDate, endDate, feed: 'sip' })
const oneDay = (symbol: string) => request([symbol], '2024-11-27', '2024-11-27')

test('a trading day without a single bar has nothing there: it is not loaded, and asked for again when asked', async () => {
  const gone = nyse.tradingDay('2024-11-26')!
  let isThere = false
  const source = pagedSource(
    (symbol, from, until) =>
      sessions(symbol, from, until).filter(({ at }) => isThere || at < gone.open || at >= gone.close),
    1_000,
  )
  const asked = request(['HOLE'], '2024-11-25', '2024-11-27')
  const symbol = stockSymbol.parse('HOLE')
  const coverage = () => checkCoverage(opened.database, { ...asked, symbol, feed: 'sip' }, nyse)
  const dayOf = async () => (await coverage()).days.map(({ loaded, nothingThere }) => [loaded, nothingThere])
  expect(await loadBars(deps(source), asked)).toEqual({ ok: true, value: { HOLE: 780 } })
  expect(await dayOf()).toEqual([
    [true, false],
    [false, true],
    [true, false],
  ])
  const pace = { now: NOW, requestsPerMinute: 200 }
  expect(await estimateLoad(opened.database, asked, [await coverage()], nyse, pace)).toMatchObject({
    days: 1,
    bars: 0,
    requests: 1,
  })
  isThere = true
  expect(await loadBars(deps(source), asked)).toEqual({ ok: true, value: { HOLE: 390 } })
  expect(source.requests.slice(1)).toMatchObject([{ start: midnight('2024-11-26') }])
  expect(await dayOf()).toEqual([
    [true, false],
    [true, false],
    [true, false],
  ])
  await loadBars(deps(source), asked)
  expect(source.requests).toHaveLength(2)
})

test('many days without a bar, as a thin symbol has, take few requests', async () => {
  const days = nyse.tradingDaysBetween('2024-01-02', '2024-12-01')
  const some = days.filter((_, nth) => nth % 2 === 0).map(({ open }) => sentBar(open))
  const source = pagedSource((_, from, until) => some.filter(({ at }) => at >= from && at < until), 1_000)
  const asked = request(['THIN'], '2024-01-02', '2024-11-29')
  await loadBars(deps(source), asked)
  await loadBars(deps(source), asked)
  expect(source.requests).toHaveLength(2)
})

test('a symbol without any bar is done if Alpaca lists it, and a problem if Alpaca does not know it', async () => {
  const source = new ScriptedSource(() => [{ bars: new Map() }])
  expect(await loadBars(deps(source), oneDay('GONE'))).toEqual({ ok: true, value: { GONE: 0 } })
  source.unknown.add('TYPO')
  expect(await loadBars(deps(source), oneDay('TYPO'))).toMatchObject({
    ok: false,
    error: { problems: { TYPO: expect.stringContaining('Unknown symbol.') } },
  })
})

describe('days before the first bar and after the last one', () => {
  const [start, end] = ['2024-09-03', '2024-11-27']
  const october = (at: number) => exchangeDayOf(at).startsWith('2024-10')
  const daily = (from: string) =>
    nyse.tradingDaysBetween(from, '2024-11-28').map(({ day }) => sentBar(midnight(day)))
  /** The report on a load of which only October's minutes came, with these daily bars. */
  async function reportOn(symbol: string, days: readonly HistoricalBar[]) {
    const source = pagedSource((...asked) => sessions(...asked).filter(({ at }) => october(at)), 10_000)
    source.daily = days
    expect(await loadBars(deps(source), request([symbol], start, end))).toMatchObject({ ok: true })
    return verifySymbol(
      { database: opened.database, calendar: nyse, now: () => NOW },
      stockSymbol.parse(symbol),
    )
  }
  const scores = ({ months }: VerificationReport) => months.map(({ month, score }) => [month, score])

  test('on which the symbol traded by its daily bars are lost, and cost the score', async () => {
    const report = await reportOn('ENDS', daily('2024-09-03'))
    expect(scores(report)).toEqual([
      ['2024-09', 0],
      ['2024-10', 100],
      ['2024-11', 0],
    ])
    expect(report.score).toBe(37.1)
    expect(report.gaps.map(({ day, cause, mayBeHalt }) => [day, cause, mayBeHalt])).toEqual([
      ['2024-09-03', 'feed-gap', undefined],
      ['2024-11-01', 'feed-gap', undefined],
    ])
    expect(report.nothingCame).toMatchObject([
      { where: 'before', days: 20, traded: 20 },
      { where: 'after', days: 19, traded: 19 },
    ])
    expect(describeReport(report)).toContain(
      '(20 trading days) came before its first bar: lost, as it traded on 20 of these days',
    )
  })

  test('are lost in a symbol too that trades once a day', async () => {
    const once = nyse.tradingDaysBetween('2024-10-01', '2024-11-01').map(({ open }) => sentBar(open + 60_000))
    const source = pagedSource((_, from, until) => once.filter(({ at }) => at >= from && at < until), 10_000)
    source.daily = daily('2024-09-30').slice(0, 1)
    await loadBars(deps(source), request(['ONCE'], start, '2024-10-31'))
    const report = await verifySymbol(
      { database: opened.database, calendar: nyse, now: () => NOW },
      stockSymbol.parse('ONCE'),
    )
    expect(scores(report)).toEqual([
      ['2024-09', 0],
      ['2024-10', 100],
    ])
  })

  test('on which it did not trade cost nothing and are told: it was listed later', async () => {
    const report = await reportOn(
      'LATE',
      daily('2024-10-01').filter(({ at }) => october(at)),
    )
    expect(scores(report)).toEqual([['2024-10', 100]])
    expect(report.nothingCame).toMatchObject([
      { where: 'before', from: '2024-09-03', to: '2024-09-30' },
      { where: 'after', from: '2024-11-01', to: '2024-11-27' },
    ])
  })

  test('of a symbol without any bar are told as lost where it traded by its daily bars', async () => {
    const source = pagedSource(() => [], 10_000)
    source.daily = daily('2024-11-01')
    await loadBars(deps(source), request(['NOMIN'], start, end))
    const report = await verifySymbol(
      { database: opened.database, calendar: nyse, now: () => NOW },
      stockSymbol.parse('NOMIN'),
    )
    expect(describeReport(report)).toContain('came at all: lost, as it traded on 19 of these days')
  })

  test('no longer do so once their bars have come', async () => {
    await reportOn('HEALED', daily('2024-09-03'))
    const source = pagedSource(sessions, 10_000)
    source.daily = daily('2024-09-03')
    await loadBars(deps(source), request(['HEALED'], start, end))
    const report = await verifySymbol(
      { database: opened.database, calendar: nyse, now: () => NOW },
      stockSymbol.parse('HEALED'),
    )
    expect(report).toMatchObject({ score: 100, gaps: [], nothingCame: [] })
  })
})
