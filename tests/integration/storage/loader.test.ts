import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { AlpacaClient, AlpacaError, alpacaConfig, readCorporateAction, type HistoricalBar } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../../src/demo-market/index.ts'
import { systemClock, type Clock } from '#process/clock'
import { silentLog } from '#process/log'
import { midnight, readBars, readDays, toBar, writeBars } from '../../../src/storage/bars/index.ts'
import { checkCoverage, refreshCalendar } from '../../../src/storage/coverage/index.ts'
import { readActions } from '../../../src/storage/corporate-actions/index.ts'
import { DatabaseError, reading, transact } from '../../../src/storage/database/index.ts'
import {
  estimateLoad,
  HistoricalLoader,
  loadAll,
  loadBars,
  readRefused,
  type LoadDeps,
} from '../../../src/storage/loader/index.ts'
import { calendarWith, nyse } from '../../../src/shared/exchange-calendar.ts'
import { loadRequest, type LoadProgress, type LoadRequest } from '../../../src/shared/history.ts'
import { stockSymbol } from '../../../src/shared/units.ts'
import { describeDatabases, suiteDatabase } from '../../support/database-suite.ts'
import { sqliteFile } from '../../support/databases.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import {
  everyMinute,
  page,
  pagedSource,
  ScriptedSource,
  sentBar,
  sessions,
} from '../../support/bar-source.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')
/** Stands still at that time, while pauses take as long as they do. */
const standingAt = (now: number): Clock => ({ ...systemClock, now: () => now })
const request = (symbols: readonly string[], startDate: string, endDate: string) =>
  loadRequest.parse({ symbols, startDate, endDate, feed: 'sip' })

/** Starts a load and returns its id. */
async function begin(loader: HistoricalLoader, asked: LoadRequest): Promise<string> {
  const id = randomUUID()
  await loader.start(asked, id)
  return id
}

describeDatabases('loading into %s', (opened, check) => {
  let market: DemoMarket
  beforeAll(async () => {
    market = await startDemoMarket({ startAt: NOW, rate: 1 })
  })
  afterAll(() => market?.stop())
  const deps = (source: LoadDeps['source']) => ({
    database: opened.database,
    source,
    calendar: nyse,
    clock: standingAt(NOW),
    log: silentLog,
  })
  const stored = (symbol: string, startDate: string, endDate: string) =>
    readBars(opened.database, { symbol, from: midnight(startDate), until: midnight(endDate) + 86_400_000 })

  check(
    'bars of the demo market arrive as they were sent, each once, and are not requested again',
    async () => {
      const client = new AlpacaClient(alpacaConfig(market.environment))
      const asked = request(['AAPL', 'MSFT'], '2024-11-18', '2024-11-29')
      const sent = await client.getBars({
        symbols: ['AAPL'],
        start: midnight('2024-11-18'),
        end: midnight('2024-11-30') - MINUTE_MS,
        feed: 'sip',
      })
      const result = await loadBars(deps(client), asked)
      const bars = await stored('AAPL', '2024-11-18', '2024-11-29')
      expect(
        bars.map(toBar).map(({ at, open, high, low, close, volume, vwap, tradeCount }) => ({
          at,
          open: Number(open),
          high: Number(high),
          low: Number(low),
          close: Number(close),
          volume,
          vwap: Number(vwap),
          tradeCount,
        })),
      ).toEqual(sent.get('AAPL'))
      expect(result).toMatchObject({ ok: true, value: { AAPL: bars.length } })
      const pages = market.sent().rest.pages
      expect(await loadAll(deps(client), asked)).toEqual({ ok: true, value: 0 })
      expect(market.sent().rest.pages).toBe(pages)
    },
    60_000,
  )

  check('coverage shows day by day what is stored, what is missing, and what does not exist', async () => {
    await loadBars(deps(pagedSource(sessions, 1_000)), request(['COV'], '2024-11-27', '2024-11-29'))
    const symbol = stockSymbol.parse('COV')
    const coverage = await checkCoverage(
      opened.database,
      { symbol, startDate: '2024-11-26', endDate: '2024-11-30', feed: 'sip' },
      nyse,
    )
    expect(coverage).toEqual({
      symbol,
      barsCount: 600,
      expectedBars: 990,
      actualBars: 600,
      coveragePct: 60.61,
      missingDays: ['2024-11-26'],
      days: [
        { day: '2024-11-26', expected: 390, present: 0, loaded: false, nothingThere: false },
        { day: '2024-11-27', expected: 390, present: 390, loaded: true, nothingThere: false },
        { day: '2024-11-29', expected: 210, present: 210, loaded: true, nothingThere: false },
      ],
    })
  })

  check('the calendar that Alpaca reports is kept, and stands while Alpaca does not answer', async () => {
    const hours = { open: '09:30', sessionOpen: undefined, sessionClose: undefined }
    const days = [
      { ...hours, date: '2024-12-02', close: '16:00' },
      { ...hours, date: '2024-12-04', close: '13:00' },
    ]
    const refreshed = { database: opened.database, log: silentLog, now: () => NOW }
    const first = await refreshCalendar({ ...refreshed, source: { getCalendar: async () => days } })
    const away = async () => {
      throw new AlpacaError('network', 'down')
    }
    expect(first.tradingDay('2024-12-02')).toMatchObject({ earlyClose: false })
    for (const calendar of [first, await refreshCalendar({ ...refreshed, source: { getCalendar: away } })]) {
      expect(calendar.tradingDay('2024-12-03')).toBeUndefined()
      expect(calendar.tradingDay('2024-12-04')).toMatchObject({ earlyClose: true })
    }
    const rules = Array.from({ length: 3 }, (_, day) => ({
      ...hours,
      date: `2024-12-0${day + 2}`,
      close: '16:00',
    }))
    const again = await refreshCalendar({ ...refreshed, source: { getCalendar: async () => rules } })
    expect(again.tradingDay('2024-12-03')).toMatchObject({ earlyClose: false })
    const empty = await refreshCalendar({ ...refreshed, source: { getCalendar: async () => [] } })
    expect(empty.tradingDay('2024-12-03')).toMatchObject({ earlyClose: false })
  })

  check(
    'what a load will take follows from the days that have bars, a request for each stretch at least',
    async () => {
      const day = (date: number, present: number) => ({
        day: `2024-10-${date}`,
        expected: 390,
        present,
        loaded: false,
        nothingThere: false,
      })
      const known = (...days: readonly ReturnType<typeof day>[]) => ({
        symbol: stockSymbol.parse('PLAN'),
        barsCount: days.reduce((sum, { present }) => sum + present, 0),
        expectedBars: 0,
        actualBars: 0,
        coveragePct: 0,
        missingDays: [],
        days,
      })
      const estimate = (until: string, coverage: ReturnType<typeof known>) =>
        estimateLoad(opened.database, request(['PLAN'], '2024-11-04', until), [coverage], nyse, {
          now: NOW,
          requestsPerMinute: 60,
        })
      const half = [14, 15, 16, 17, 18].map((date) => day(date, 200))
      const none = [21, 22, 23, 24, 25].map((date) => day(date, 0))
      expect(await estimate('2024-11-08', known(...half, ...none))).toEqual({
        days: 5,
        bars: 1_000,
        requests: 1,
        seconds: 1,
      })
      expect(await estimate('2024-11-29', known())).toEqual({
        days: 19,
        bars: 13_300,
        requests: 2,
        seconds: 2,
      })
    },
  )

  check('a load keeps the corporate actions of its symbols', async () => {
    const source = pagedSource(sessions, 10_000)
    const row = {
      id: 's1',
      symbol: 'SPLT',
      new_rate: 4,
      old_rate: 1,
      ex_date: '2024-11-26',
      process_date: '2024-11-26',
    }
    const split = readCorporateAction('forward_split', row)
    if (typeof split === 'string') throw new Error(split)
    source.actions = [split]
    const loader = new HistoricalLoader(deps(source), () => undefined)
    await loader.ended(await loader.startAttended(request(['SPLT'], '2024-11-25', '2024-11-27')))
    const kept = await reading(opened.database, (reader) =>
      readActions(reader, { symbols: ['SPLT'], from: '2024-01-01' }),
    )
    expect(kept).toMatchObject([{ type: 'forward_split', exDay: '2024-11-26', terms: row }])
  })

  check('a load whose corporate actions cannot be fetched has its bars anyway, and says so', async () => {
    const source = Object.assign(pagedSource(sessions, 10_000), {
      getCorporateActions: async () => {
        throw new AlpacaError('server_error', 'The server is down.')
      },
    })
    const missing: string[] = []
    const loader = new HistoricalLoader(
      { ...deps(source), onActionsMissing: (reason) => missing.push(reason) },
      () => undefined,
    )
    const id = await loader.startAttended(request(['NOACT'], '2024-11-25', '2024-11-27'))
    expect(await loader.ended(id)).toMatchObject({ state: 'done', barsLoaded: 3 * 390 })
    expect(missing).toEqual(['The server is down.'])
  })

  check('after a crash between two pages the load continues with the next page', async () => {
    const symbol = 'CRASH'
    const broken = pagedSource(sessions, 1_000)
    let pages = 0
    const dying: LoadDeps['source'] = {
      getAsset: broken.getAsset,
      getCorporateActions: broken.getCorporateActions,
      async *bars(asked, options) {
        for await (const each of broken.bars(asked, options)) {
          if (++pages > 2) throw new Error('killed')
          yield each
        }
      },
    }
    const asked = request([symbol], '2024-11-18', '2024-11-27')
    const loader = new HistoricalLoader(deps(dying), () => undefined)
    const id = await begin(loader, asked)
    await expect(loader.ended(id)).rejects.toThrow('killed')
    expect(await stored(symbol, '2024-11-18', '2024-11-27')).toHaveLength(2_000)

    const source = pagedSource(sessions, 1_000)
    const restarted = new HistoricalLoader(deps(source), () => undefined)
    await restarted.resumeInterrupted()
    expect(await restarted.ended(id)).toMatchObject({ state: 'done', barsLoaded: 8 * 390 })
    expect(await stored(symbol, '2024-11-18', '2024-11-27')).toHaveLength(8 * 390)
    const [next] = source.requests
    const [, , last] = [...(await stored(symbol, '2024-11-18', '2024-11-27'))].slice(1_997, 2_000)
    expect(next?.start).toBe((last?.at ?? 0) + MINUTE_MS)
  })

  check(
    'a live bar that arrives during a load, before or after its page, stays only if the load has none',
    async () => {
      const paged = pagedSource(sessions, 1_000)
      const first = nyse.tradingDay('2024-11-25')!.open
      const last = nyse.tradingDay('2024-11-29')!.close - MINUTE_MS
      const evening = last + 60 * MINUTE_MS
      /**
       * Of the first page, which is stored; of the last, which is not; and of a minute that no page has.
       */
      const live = [first, last, evening].map((at) => ({
        at,
        open: 1,
        high: 1,
        low: 1,
        close: 1,
        volume: 1,
        vwap: null,
        tradeCount: null,
      }))
      let written: Promise<void> | undefined
      const source: LoadDeps['source'] = {
        getAsset: paged.getAsset,
        getCorporateActions: paged.getCorporateActions,
        async *bars(asked, options) {
          for await (const each of paged.bars(asked, options)) {
            yield each
            await (written ??= transact(opened.database, (trx) =>
              writeBars(trx, { symbol: 'LIVE', feed: 'iex', bars: live }, nyse),
            ))
          }
        },
      }
      await loadBars(deps(source), request(['LIVE'], '2024-11-25', '2024-11-29'))
      const bars = await stored('LIVE', '2024-11-25', '2024-11-29')
      expect(bars).toHaveLength(3 * 390 + 210 + 1)
      expect(bars.filter(({ close }) => close === 1).map(({ at }) => at)).toEqual([evening])
    },
  )
})

describe('the loader withstands', () => {
  const opened = suiteDatabase(sqliteFile)
  const deps = (source: LoadDeps['source']) => ({
    database: opened.database,
    source,
    calendar: nyse,
    clock: standingAt(NOW),
    log: silentLog,
  })
  const all = (symbol: string) => readBars(opened.database, { symbol, from: 0, until: NOW })
  /** How many bars are recorded for the day, which are counted separately from the bars. */
  const countedBars = async (symbol: string) =>
    (await readDays(opened.database, { symbol, from: '2024-11-27', until: '2024-11-28' })).map(
      ({ bars }) => bars,
    )
  const oneDay = (symbol: string) => request([symbol], '2024-11-27', '2024-11-27')
  const { open, close } = nyse.tradingDay('2024-11-27')!
  const day = everyMinute(open, close)

  test('bad bars: they are counted by kind and skipped, the others of their page are stored', async () => {
    const bad: HistoricalBar[] = [
      { ...sentBar(open + MINUTE_MS), high: 90 },
      { ...sentBar(open + 2 * MINUTE_MS), volume: -5 },
      { ...sentBar(open + 3 * MINUTE_MS), close: Number.NaN },
      { ...sentBar(open + 4 * MINUTE_MS), vwap: 1e-25 },
      sentBar(open + 30_000),
      sentBar(open - 86_400_000 * 3),
      sentBar(NOW),
    ]
    const source = new ScriptedSource(() => [
      {
        bars: new Map([
          ['BAD', [sentBar(open), ...bad, sentBar(open + 5 * MINUTE_MS)]],
          ['OTHER', [sentBar(open)]],
        ]),
        rejected: [{ symbol: 'BAD', index: 9, reason: 'c is not a price' }],
      },
    ])
    expect(await loadBars(deps(source), oneDay('BAD'))).toEqual({ ok: true, value: { BAD: 2 } })
    expect((await all('BAD')).map(({ at }) => (at - open) / MINUTE_MS)).toEqual([0, 5])
    expect(await all('OTHER')).toEqual([])
    const refused = Object.fromEntries(
      (await readRefused(opened.database, 'BAD')).map(({ reason, count }) => [reason, count]),
    )
    expect(refused).toEqual({
      'high below low': 1,
      'invalid volume': 1,
      'more digits than can be kept': 2,
      'not a whole minute': 1,
      'outside of the asked range': 2,
      'another symbol': 1,
      unreadable: 1,
    })
  })

  test('prices with 4 decimals and averages with 6 arrive digit for digit', async () => {
    const sent: HistoricalBar[] = [
      { ...sentBar(open), open: 0.0123, high: 0.0131, low: 0.0119, close: 0.0127, vwap: 0.012345 },
      {
        ...sentBar(open + MINUTE_MS),
        open: 1234.5678,
        high: 9999.9999,
        low: 0.0001,
        close: 0.1,
        vwap: 1234.567891,
      },
    ]
    expect(await loadBars(deps(new ScriptedSource(() => [page('DIGITS', sent)])), oneDay('DIGITS'))).toEqual({
      ok: true,
      value: { DIGITS: 2 },
    })
    expect((await all('DIGITS')).map(toBar)).toMatchObject([
      { open: '0.0123', high: '0.0131', low: '0.0119', close: '0.0127', vwap: '0.012345' },
      { open: '1234.5678', high: '9999.9999', low: '0.0001', close: '0.1', vwap: '1234.567891' },
    ])
  })

  test('a minute that comes twice is there once, as it came last', async () => {
    const source = new ScriptedSource(() => [
      page('DOUBLE', [sentBar(open, 100), sentBar(open, 101), sentBar(open + MINUTE_MS)]),
    ])
    expect(await loadBars(deps(source), oneDay('DOUBLE'))).toMatchObject({ ok: true })
    expect((await all('DOUBLE')).map(({ at, close: last }) => [at, last])).toEqual([
      [open, 101_0000],
      [open + MINUTE_MS, 100_0000],
    ])
    expect(await countedBars('DOUBLE')).toEqual([2])
  })

  test('a renamed symbol: its bars under the old name are not mistaken for those of the new', async () => {
    const source = new ScriptedSource(() => [
      page('OLDNAME', day.slice(0, 200)),
      page('NEWNAME', day.slice(200)),
    ])
    expect(await loadBars(deps(source), oneDay('NEWNAME'))).toEqual({ ok: true, value: { NEWNAME: 190 } })
    expect(await all('OLDNAME')).toEqual([])
    expect(await readRefused(opened.database, 'NEWNAME')).toMatchObject([
      { reason: 'another symbol', count: 200 },
    ])
  })

  test('the weekend when the clocks change: each day is requested by New York’s midnight, and is complete', async () => {
    for (const [symbol, startDate, endDate, hours] of [
      ['SPRING', '2024-03-08', '2024-03-11', 95],
      ['AUTUMN', '2024-11-01', '2024-11-04', 97],
    ] as const) {
      const source = pagedSource(sessions, 1_000)
      expect(await loadBars(deps(source), request([symbol], startDate, endDate))).toEqual({
        ok: true,
        value: { [symbol]: 2 * 390 },
      })
      const [first, last] = [source.requests[0]!, source.requests.at(-1)!]
      expect((last.end + MINUTE_MS - first.start) / (60 * MINUTE_MS)).toBe(hours)
      expect((await all(symbol)).map(({ at }) => at)).toEqual(
        [startDate, endDate].flatMap((each) => {
          const session = nyse.tradingDay(each)!
          return everyMinute(session.open, session.close).map(({ at }) => at)
        }),
      )
    }
  })

  test('pages that overlap, repeat and come out of order: every bar is there once', async () => {
    const source = new ScriptedSource(() => [
      page('ORDER', day.slice(100, 200)),
      page('ORDER', day.slice(150, 300)),
      page('ORDER', day.slice(150, 300)),
      page('ORDER', day.slice(0, 100).reverse()),
      page('ORDER', []),
      page('ORDER', day.slice(300)),
    ])
    expect(await loadBars(deps(source), oneDay('ORDER'))).toMatchObject({ ok: true })
    expect((await all('ORDER')).map(({ at }) => at)).toEqual(day.map(({ at }) => at))
    expect(await countedBars('ORDER')).toEqual([390])
  })

  test('a crash after pages out of order: what may be missing is requested again', async () => {
    const source = new ScriptedSource((asked, nth) =>
      nth === 1
        ? [page('BACK', day.slice(200, 300)), page('BACK', day.slice(0, 100)), new Error('killed')]
        : [
            page(
              'BACK',
              day.filter(({ at }) => at >= asked.start && at <= asked.end),
            ),
          ],
    )
    const loader = new HistoricalLoader(deps(source), () => undefined)
    const id = await begin(loader, oneDay('BACK'))
    await expect(loader.ended(id)).rejects.toThrow('killed')
    await loader.resume(id)
    expect(await loader.ended(id)).toMatchObject({ state: 'done' })
    expect(await all('BACK')).toHaveLength(390)
  })

  test('holidays and a range in the future: nothing is requested', async () => {
    const source = pagedSource(sessions, 1_000)
    expect(await loadBars(deps(source), request(['NONE'], '2024-11-28', '2024-11-28'))).toMatchObject({
      ok: true,
    })
    expect(await loadBars(deps(source), request(['NONE'], '2025-01-02', '2025-06-30'))).toMatchObject({
      ok: true,
    })
    expect(source.requests).toEqual([])
    expect(loadRequest.safeParse({ ...oneDay('X'), startDate: '2024-11-29' }).success).toBe(false)
    expect(loadRequest.safeParse({ ...oneDay('X'), symbols: ["X'; drop table market_bars"] }).success).toBe(
      false,
    )
    expect(loadRequest.safeParse({ ...oneDay('X'), endDate: '2024-02-30' }).success).toBe(false)
  })

  test('the current day: bars that may still change are not requested until later', async () => {
    const today = nyse.tradingDay('2024-11-29')!
    const during = { ...deps(pagedSource(sessions, 1_000)), clock: standingAt(today.open + 60 * MINUTE_MS) }
    expect(await loadBars(during, request(['TODAY'], '2024-11-29', '2024-11-29'))).toEqual({
      ok: true,
      value: { TODAY: 44 },
    })
    const later = pagedSource(sessions, 1_000)
    expect(await loadBars(deps(later), request(['TODAY'], '2024-11-29', '2024-11-29'))).toEqual({
      ok: true,
      value: { TODAY: 166 },
    })
    expect(later.requests[0]?.start).toBe(today.open + 44 * MINUTE_MS)
  })

  test('two simultaneous loads, and the same load requested twice: nothing is downloaded twice', async () => {
    const source = pagedSource(sessions, 500)
    const loader = new HistoricalLoader(deps(source), () => undefined)
    const asked = request(['TWICE', 'SAME'], '2024-11-18', '2024-11-29')
    const ids = await Promise.all([
      begin(loader, asked),
      begin(loader, asked),
      begin(loader, request(['SAME'], '2024-11-20', '2024-12-02')),
    ])
    const ends = await Promise.all(ids.map((id) => loader.ended(id)))
    expect(ends.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    const days = nyse.tradingDaysBetween('2024-11-18', '2024-11-30')
    const minutes = days.reduce((sum, { day: each }) => sum + nyse.minutesOfSession(each), 0)
    expect(ends.reduce((sum, { barsLoaded }) => sum + barsLoaded, 0)).toBe(2 * minutes)
    expect(source.requests.filter(({ symbols }) => symbols[0] === 'TWICE')).toHaveLength(1)
  })

  test('a load that is requested again under its id, because the answer was lost, is the same load', async () => {
    const source = pagedSource(sessions, 500)
    const loader = new HistoricalLoader(deps(source), () => undefined)
    const id = await begin(loader, oneDay('AGAIN'))
    await loader.start(oneDay('AGAIN'), id)
    await loader.ended(id)
    await loader.start(oneDay('AGAIN'), id)
    expect(source.requests).toHaveLength(1)
    expect((await loader.list()).filter((load) => load.id === id)).toMatchObject([
      { state: 'done', barsLoaded: 390 },
    ])
  })

  test('at most five symbols are loaded at a time', async () => {
    let [now, most] = [0, 0]
    const source = new ScriptedSource(async function* ({ symbols: [symbol = ''] }) {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
      yield page(symbol, day)
    })
    const symbols = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'].map(
      (letter) => `MANY${letter}`,
    )
    await loadBars(deps(source), request(symbols, '2024-11-27', '2024-11-27'))
    expect(most).toBe(5)
  })

  test('pause stops at a page and resume continues after it; cancel keeps what is there', async () => {
    const reported: LoadProgress[] = []
    let loader: HistoricalLoader
    let pausing: Promise<void> | undefined
    const source = pagedSource(sessions, 400)
    loader = new HistoricalLoader(deps(source), (progress) => {
      reported.push(progress)
      if (progress.barsLoaded === 800) pausing ??= loader.pause(progress.id)
    })
    const id = await begin(loader, request(['PAUSE'], '2024-11-18', '2024-11-27'))
    await loader.ended(id)
    await pausing
    expect((await loader.list()).find((load) => load.id === id)).toMatchObject({
      state: 'paused',
      barsLoaded: 800,
    })
    await loader.resume(id)
    expect(await loader.ended(id)).toMatchObject({ state: 'done', barsLoaded: 8 * 390, fraction: 1 })
    expect(source.requests.map(({ start }) => start)).toEqual([midnight('2024-11-18'), expect.any(Number)])

    const other = await begin(loader, request(['CANCEL'], '2024-11-18', '2024-11-27'))
    await loader.cancel(other)
    expect((await loader.list()).find((load) => load.id === other)?.state).toBe('canceled')
    expect(reported.at(-1)).toMatchObject({ id: other, state: 'canceled' })
  })

  test('a paused load can be resumed however many were requested since', async () => {
    const source = pagedSource(sessions, 1_000)
    let now = NOW
    const clock = { ...systemClock, now: () => now++ }
    const loader = new HistoricalLoader({ ...deps(source), clock }, () => undefined)
    const id = await loader.startAttended(request(['OLD'], '2024-11-27', '2024-11-27'))
    await loader.pause(id)
    for (let later = 0; later < 21; later++)
      await loader.ended(await loader.startAttended(request(['OLD'], '2024-11-28', '2024-11-28')))
    expect((await loader.list()).map((load) => load.id)).not.toContain(id)
    await loader.resume(id)
    expect(await loader.ended(id)).toMatchObject({ state: 'done', barsLoaded: 390 })
  })

  test('rejected keys end the load immediately, with the reason; other symbols are not tried', async () => {
    const source = new ScriptedSource(() => [new AlpacaError('unauthorized', 'invalid keys')])
    const result = await loadBars(
      deps(source),
      request(['KA', 'KB', 'KC', 'KD', 'KE', 'KF', 'KG'], '2024-11-27', '2024-11-27'),
    )
    expect(result).toMatchObject({
      ok: false,
      error: { progress: { state: 'failed' }, problems: { KA: 'API keys rejected: invalid keys' } },
    })
    expect(source.requests.length).toBeLessThanOrEqual(5)
  })

  test('an invalid answer fails its symbol, and the others are loaded', async () => {
    const source = new ScriptedSource(({ symbols: [symbol = ''] }) =>
      symbol === 'ODD'
        ? [new AlpacaError('invalid_response', 'a page token came twice')]
        : [page(symbol, day)],
    )
    // More than are loaded at a time, so that some come after the failure.
    const others = ['EVENA', 'EVENB', 'EVENC', 'EVEND', 'EVENE', 'EVENF', 'EVENG']
    const result = await loadBars(deps(source), request(['ODD', ...others], '2024-11-27', '2024-11-27'))
    expect(result).toMatchObject({ ok: false, error: { problems: { ODD: /a page token came twice/ } } })
    for (const symbol of others) expect(await all(symbol), symbol).toHaveLength(390)
  })

  test('a network or a database that goes away for a while: the load waits, says why, and continues', async () => {
    const clock = new ManualClock(NOW)
    const failures = [
      new AlpacaError('network', 'no route'),
      new DatabaseError('lost', 'Connection to the database lost.'),
      new AlpacaError('timeout', 'no answer'),
    ]
    const source = new ScriptedSource((asked) => {
      const failure = failures.shift()
      return failure === undefined
        ? [
            page(
              'WAIT',
              day.filter(({ at }) => at >= asked.start),
            ),
          ]
        : [failure]
    })
    const problems = new Set<string>()
    const loader = new HistoricalLoader({ ...deps(source), clock }, ({ symbols: [symbol] }) => {
      if (symbol?.problem === undefined) return
      problems.add(symbol.problem)
      void clock.turn(4_000)
    })
    const id = await begin(loader, oneDay('WAIT'))
    expect(await loader.ended(id)).toMatchObject({ state: 'done', barsLoaded: 390 })
    expect([...problems]).toEqual([
      'No reply from Alpaca: no route',
      'Connection to the database lost.',
      'No reply from Alpaca: no answer',
    ])
  })

  test('a load that starts once the calendar is learned leaves out the days that it closes', async () => {
    const source = pagedSource(sessions, 1_000)
    const loader = new HistoricalLoader(deps(source), () => undefined)
    const hours = { preOpen: '04:00', open: '09:30', close: '16:00', afterClose: '20:00' }
    const days = ['2024-11-18', '2024-11-20'].map((date) => ({ day: date, ...hours }))
    loader.useCalendar(calendarWith({ from: '2024-11-18', until: '2024-11-21', days }))
    await loader.ended(await begin(loader, request(['CLOSED'], '2024-11-19', '2024-11-19')))
    expect(source.requests).toEqual([])
  })

  test('a load is shown as loading before its first page has come', async () => {
    const seen: [state: string | undefined, bars: number][] = []
    const source = new ScriptedSource(() => [page('SHOWN', day)])
    const loader = new HistoricalLoader(deps(source), ({ symbols: [symbol], barsLoaded }) => {
      seen.push([symbol?.state, barsLoaded])
    })
    await loader.ended(await begin(loader, oneDay('SHOWN')))
    expect(seen).toContainEqual(['loading', 0])
    expect(seen.at(-1)).toEqual(['done', 390])
  })
})
