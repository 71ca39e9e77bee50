import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLog } from '#process/log'
import { addDays } from '#shared/calendar/new-york'
import { nyse } from '#shared/exchange-calendar'
import { loadRequest } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import { stockSymbol } from '#shared/units'
import type { VerificationReport } from '#shared/verification'
import { AlpacaClient, alpacaConfig } from '../../../src/alpaca/index.ts'
import { startDemoMarket, type DemoMarket } from '../../../src/demo-market/index.ts'
import { midnight, readBars, readDays } from '../../../src/storage/bars/index.ts'
import { reading, type Database } from '../../../src/storage/database/index.ts'
import { loadBars } from '../../../src/storage/loader/index.ts'
import { verifySymbol } from '../../../src/storage/verifier/index.ts'
import { sqliteFile, type EmptyDatabase } from '../../support/databases.ts'
import { ManualClock } from '../../support/manual-clock.ts'

/** The morning after Thanksgiving. The demo market never closes from one day before its start on. */
const NOW = Date.parse('2026-11-27T15:00:00Z')
const SYMBOLS = ['AAPL', 'SPY', 'UGA'].map((symbol) => stockSymbol.parse(symbol))
/** For the calendar: a year before it opened for good, with holidays, early closes and both changes of the clocks. */
const EARLIER = { symbol: stockSymbol.parse('MSFT'), from: '2025-01-02', until: '2026-01-01' }

describe('the demo market’s own bars', () => {
  let market: DemoMarket
  let place: EmptyDatabase
  let database: Database
  const reports = new Map<string, VerificationReport>()
  beforeAll(async () => {
    market = await startDemoMarket({ startAt: NOW, rate: 1 })
    place = await sqliteFile.create()
    database = await place.open()
    const clock = new ManualClock(NOW)
    const source = new AlpacaClient(alpacaConfig(market.environment))
    const load = async (symbols: readonly string[], startDate: string, endDate: string) => {
      const request = loadRequest.parse({ symbols, startDate, endDate, feed: 'demo' })
      const loaded = await loadBars({ database, source, calendar: nyse, clock, log: silentLog }, request)
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
    }
    await load(SYMBOLS, '2026-10-26', '2026-11-27')
    await load([EARLIER.symbol], EARLIER.from, '2025-12-31')
    for (const symbol of SYMBOLS)
      reports.set(symbol, await verifySymbol({ database, calendar: nyse, now: () => NOW }, symbol))
  }, 60_000)
  afterAll(async () => {
    await database?.close()
    await place?.remove()
    await market?.stop()
  })

  test.each(SYMBOLS)(
    'of %s pass the verifier, those of a holiday on which it never closed too',
    async (symbol) => {
      const holiday = { symbol, from: midnight('2026-11-26'), until: midnight('2026-11-27') }
      expect((await reading(database, (reader) => readBars(reader, holiday))).length).toBeGreaterThan(0)
      const report = reports.get(symbol)!
      for (const { kind, count: found } of report.issues)
        if (kind !== 'gaps') expect([kind, found]).toEqual([kind, 0])
      expect(report.nothingCame).toEqual([])
      expect(report.score).toBeGreaterThan(99.5)
    },
  )

  test('keep the exchange’s calendar before it opened for good: holidays, early closes, daylight saving time', async () => {
    const stored = await reading(database, (reader) => readDays(reader, EARLIER))
    const days = nyse.tradingDaysBetween(EARLIER.from, EARLIER.until)
    expect(stored.map(({ day }) => day)).toEqual(days.map(({ day }) => day))
    for (const { day, preOpen, open, close, afterClose } of days) {
      const range = { symbol: EARLIER.symbol, from: midnight(day), until: midnight(addDays(day, 1)) }
      const bars = await reading(database, (reader) => readBars(reader, range))
      expect(bars.every(({ at }) => at >= preOpen && at < afterClose)).toBe(true)
      const minutes = new Set(bars.map(({ at }) => at))
      expect([day, minutes.has(open), minutes.has(close - MINUTE_MS)]).toEqual([day, true, true])
    }
  })
})
