import BetterSqlite3 from 'better-sqlite3'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { nyse } from '#shared/exchange-calendar'
import { loadRequest, type BarFeed } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import type { HistoricalBar } from '#alpaca'
import { readBarsPage } from '../../../src/alpaca/bars.ts'
import {
  readBar,
  readBars,
  readBarText,
  readBatches,
  readDays,
  readLastBars,
  toBar,
  writeBars,
  type StoredBar,
} from '../../../src/storage/bars/index.ts'
import { copyDatabase } from '../../../src/storage/copy-database.ts'
import { exactBars } from '../../../src/storage/database/migrations/007-exact-bars.ts'
import { MIGRATIONS } from '../../../src/storage/database/migrations/index.ts'
import { transact } from '../../../src/storage/database/index.ts'
import { loadBars } from '../../../src/storage/loader/index.ts'
import { page, ScriptedSource } from '../../support/bar-source.ts'
import { describeDatabases } from '../../support/database-suite.ts'
import { sqliteFile } from '../../support/databases.ts'

/** 09:30 in New York on a Monday. */
const OPEN = Date.parse('2024-03-11T13:30:00Z')
const LATER = Date.parse('2100-01-01')

function stored(bar: HistoricalBar): StoredBar {
  const read = readBar(bar)
  if (typeof read === 'string') throw new Error(read)
  return read
}

const sent = (minute: number, more: Partial<HistoricalBar> = {}): HistoricalBar => ({
  at: OPEN + minute * MINUTE_MS,
  open: 10,
  high: 11,
  low: 9,
  close: 10.5,
  volume: 100,
  vwap: 10.25,
  tradeCount: 3,
  ...more,
})

/** Any bar that JSON can hold: prices of up to 17 digits, and fractions of a share. */
const anyBar = fc
  .record({
    prices: fc.array(fc.double({ min: 1e-6, max: 9e6, noNaN: true }), { minLength: 5, maxLength: 5 }),
    volume: fc.double({ min: 0, max: 1e12, noNaN: true }),
  })
  .map(({ prices, volume }) => {
    const [low = 0, open = 0, vwap = 0, close = 0, high = 0] = [...prices].sort((one, other) => one - other)
    return { open, high, low, close, vwap, volume }
  })

describeDatabases('a bar with more digits or a fraction of a share in %s', (opened, check) => {
  const write = (symbol: string, bars: readonly StoredBar[], feed: BarFeed = 'sip') =>
    transact(opened.database, (trx) => writeBars(trx, { symbol, feed, bars }, nyse))
  const all = async (symbol: string) =>
    (await readBars(opened.database, { symbol, from: 0, until: LATER })).map(toBar)

  check(
    'comes out as it came, among others, by every way of reading',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyBar, { minLength: 1, maxLength: 40 }), async (list) => {
          const symbol = `ANY${fc.hash(JSON.stringify(list))}`
          const bars = list.flatMap((bar, nth) => [sent(2 * nth, bar), sent(2 * nth + 1)])
          await write(symbol, bars.map(stored))
          const text = (amount: number) => new Decimal(amount).toFixed()
          const asSent = bars.map(({ open, high, low, close, vwap = 0, ...rest }) => ({
            ...rest,
            open: text(open),
            high: text(high),
            low: text(low),
            close: text(close),
            vwap: text(vwap),
          }))
          expect(await all(symbol)).toEqual(asSent)
          const last = await readLastBars(opened.database, { symbol, count: 3, until: LATER })
          expect(last.map(toBar)).toEqual(asSent.slice(-3))
          const batches = await readBatches(opened.database, { symbol, from: 0, until: LATER })
          expect(batches.flatMap((batch) => batch.bars.map(toBar))).toEqual(asSent)
        }),
        { numRuns: 10 },
      )
    },
    60_000,
  )

  check('goes with the bar that replaces it, and stays where a worse feed sends another', async () => {
    const fine = stored(sent(0, { close: 10.123456789, volume: 1.5 }))
    await write('WAY', [fine], 'iex')
    await write('WAY', [stored(sent(0, { close: 10.5 }))], 'demo')
    expect(await all('WAY')).toMatchObject([{ close: '10.123456789', volume: 1.5 }])
    await write('WAY', [stored(sent(0, { close: 10.5 }))], 'sip')
    expect(await all('WAY')).toMatchObject([{ close: '10.5', volume: 100 }])
    await write('WAY', [fine], 'iex')
    expect(await all('WAY')).toMatchObject([{ close: '10.5', volume: 100 }])
    await write('WAY', [fine], 'sip')
    await write('WAY', [fine], 'sip')
    expect(await all('WAY')).toMatchObject([{ close: '10.123456789', volume: 1.5 }])
  })

  check('is loaded from the digits that Alpaca sent', async () => {
    const json =
      '{"bars":{"FINE":[{"t":"2024-03-11T13:30:00Z","o":0.12345678,"h":0.12345679,"l":0.1,"c":0.1234567,"v":12.345678901,"n":4,"vw":0.123456789012}]}}'
    const bars = readBarsPage(JSON.parse(json)).bars.get('FINE')!
    const request = loadRequest.parse({
      symbols: ['FINE'],
      startDate: '2024-03-11',
      endDate: '2024-03-11',
      feed: 'sip',
    })
    const source = new ScriptedSource(() => [page('FINE', bars)])
    const deps = { database: opened.database, source, calendar: nyse, clock: systemClock, log: silentLog }
    expect(await loadBars(deps, request)).toEqual({ ok: true, value: { FINE: 1 } })
    expect(await all('FINE')).toEqual([
      {
        at: OPEN,
        open: '0.12345678',
        high: '0.12345679',
        low: '0.1',
        close: '0.1234567',
        volume: 12.345678901,
        tradeCount: 4,
        vwap: '0.123456789012',
      },
    ])
    const [day] = await readDays(opened.database, { symbol: 'FINE', from: '2024-03-11', until: '2024-03-12' })
    expect(day).toMatchObject({ candle: { open: 1235, low: 1000 }, volume: 12 })
  })

  check('is copied to another database', async () => {
    const other = await sqliteFile.create()
    const to = await other.open()
    try {
      await write('COPY', [stored(sent(0, { close: 10.123456789 })), stored(sent(1))])
      const deps = { from: opened.database, to, calendar: nyse }
      await copyDatabase({ ...deps, onProgress: () => undefined, isStopped: () => false })
      const copied = await readBars(to, { symbol: 'COPY', from: 0, until: LATER })
      expect(copied.map((bar) => toBar(bar).close)).toEqual(['10.123456789', '10.5'])
    } finally {
      await to.close()
      await other.remove()
    }
  })

  check('takes no room that ordinary bars would', async () => {
    await write(
      'PLAIN',
      Array.from({ length: 300 }, (_, minute) => stored(sent(minute))),
    )
    const rows = await opened.database.query
      .selectFrom('exact_bars')
      .select('bar_time')
      .where('symbol', '=', 'PLAIN')
      .execute()
    expect(rows).toEqual([])
  })
})

test('a database from before keeps its bars and can hold more digits once it is opened', async () => {
  const place = await sqliteFile.create()
  const before = new BetterSqlite3(place.url.slice('sqlite:'.length))
  before.exec('create table schema_migrations (version integer primary key, name text, applied_at bigint)')
  for (const { version, name, sqlite } of MIGRATIONS.slice(0, MIGRATIONS.indexOf(exactBars))) {
    before.exec(sqlite)
    before.prepare('insert into schema_migrations values (?, ?, 0)').run(version, name)
  }
  const old = ['OLD', OPEN, 100_000, 110_000, 90_000, 105_000, 100, null, null, 'sip']
  before.prepare('insert into market_bars values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...old)
  before.close()
  const database = await place.open()
  const fine = stored(sent(1, { volume: 0.25 }))
  await transact(database, (trx) => writeBars(trx, { symbol: 'OLD', feed: 'sip', bars: [fine] }, nyse))
  const bars = await readBars(database, { symbol: 'OLD', from: 0, until: LATER })
  expect(bars.map((bar) => toBar(bar).volume)).toEqual([100, 0.25])
  await database.close()
  await place.remove()
})

test('contradictions that rounding would hide, and volumes that are not a number of shares, are refused anyway', () => {
  expect(readBar(sent(0, { high: 10.000001, low: 10.000002, open: 10, close: 10 }))).toBe('high below low')
  expect(readBar(sent(0, { close: 11.0000001 }))).toBe('open or close outside of low and high')
  expect(readBar(sent(0, { volume: -0.25 }))).toBe('invalid volume')
  expect(readBar(sent(0, { volume: Number.NaN }))).toBe('invalid volume')
  expect(readBar(sent(0, { vwap: 1e-30 }))).toBe('more digits than can be kept')
  expect(readBarText({ ...toBar(stored(sent(0))), volume: 0.5 })).toMatchObject({
    volume: 1,
    exact: { volume: 0.5, close: '10.5' },
  })
})
