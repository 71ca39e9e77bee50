import { expect, test } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { nyse } from '#shared/exchange-calendar'
import { loadRequest } from '#shared/history'
import { stockSymbol } from '#shared/units'
import { midnight } from '../../../src/storage/bars/index.ts'
import { checkCoverage } from '../../../src/storage/coverage/index.ts'
import { estimateLoad, loadBars, type LoadDeps } from '../../../src/storage/loader/index.ts'
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
    error: { problems: { TYPO: expect.stringContaining('Alpaca does not know this symbol') } },
  })
})
