/**
 * Loading: pages over HTTP from the demo market, in its own process, through the loader into the database,
 * compared with bare inserts (SQLite) and bare COPY (TimescaleDB) of as many bars. Runs alternate, medians
 * count.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import type { StoredBar } from '../src/storage/bars/index.ts'
import { HistoricalLoader, openDatabase } from '../src/storage/direct.ts'
import { nyse } from '../src/shared/exchange-calendar.ts'
import { loadRequest } from '../src/shared/history.ts'
import { median, type Measurement } from './report.ts'
import { pagesOf, sessionBars } from './support/bars.ts'
import { startDemoProcess } from './support/demo-process.ts'
import { benchServer, withServerDatabase } from './support/server-database.ts'

const ROUNDS = 3
/** Five symbols, about 600,000 bars with their extended hours. */
const REQUEST = loadRequest.parse({
  symbols: ['AAPL', 'MSFT', 'TSLA', 'NVDA', 'AMD'],
  startDate: '2024-01-02',
  endDate: '2024-06-28',
  feed: 'sip',
})

/** Bars per second from page to disk, in SQLite and, if a server is configured, in TimescaleDB. */
export async function benchLoad(): Promise<readonly Measurement[]> {
  const market = await startDemoProcess()
  const client = new AlpacaClient(alpacaConfig(market.environment))
  const bars = sessionBars('2020-01-02', '2024-12-31')
  try {
    const rows = [await sqliteRow(client, bars)]
    if (benchServer !== undefined) rows.push(await serverRow(client, bars, benchServer))
    return rows
  } finally {
    market.stop()
  }
}

async function sqliteRow(client: AlpacaClient, bars: readonly StoredBar[]): Promise<Measurement> {
  const [raw, ours]: [number[], number[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'signal-bench-'))
    const rates = [
      rawInsert(join(folder, 'raw.sqlite'), bars),
      await load(client, `sqlite:${join(folder, 'ours.sqlite')}`),
    ]
    rmSync(folder, { recursive: true })
    // The first round warms up the compiler and the demo market.
    if (round > 0) [raw, ours].forEach((list, index) => list.push(rates[index] ?? 0))
  }
  return row('load, SQLite', raw, ours, 150_000, 0.4)
}

async function serverRow(
  client: AlpacaClient,
  bars: readonly StoredBar[],
  server: string,
): Promise<Measurement> {
  const [raw, ours]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await withServerDatabase(server, (url) => rawCopy(url, bars)))
    ours.push(await withServerDatabase(server, (url) => load(client, url)))
  }
  return row('load, TimescaleDB', raw, ours, 90_000, 0.7)
}

function row(
  name: string,
  raw: readonly number[],
  ours: readonly number[],
  least: number,
  share: number,
): Measurement {
  const ratio = median(ours) / median(raw)
  return {
    name,
    unit: 'bars/s',
    raw: median(raw),
    ours: median(ours),
    ratio,
    budget: `${least.toLocaleString('en-US')} bars/s and ${share} of raw`,
    kept: ratio >= share && median(ours) >= least,
  }
}

async function load(client: AlpacaClient, url: string): Promise<number> {
  const database = await openDatabase(url)
  const loader = new HistoricalLoader(
    { database, source: client, calendar: nyse, clock: systemClock, log: silentLog },
    () => undefined,
  )
  const began = performance.now()
  const { barsLoaded } = await loader.ended(await loader.startAttended(REQUEST))
  const seconds = (performance.now() - began) / 1_000
  await database.close()
  return barsLoaded / seconds
}

/** Prepared inserts, 10,000 per transaction, into a table like ours. */
function rawInsert(file: string, bars: readonly StoredBar[]): number {
  const raw = new BetterSqlite3(file)
  raw.pragma('journal_mode = wal')
  raw.exec(`create table bars (symbol text not null, bar_time integer not null, o integer, h integer, l integer,
    c integer, v integer, w integer, n integer, feed text, primary key (symbol, bar_time)) without rowid, strict`)
  const insert = raw.prepare('insert into bars values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const began = performance.now()
  for (const page of pagesOf(bars)) {
    raw.exec('begin')
    for (const bar of page)
      insert.run(
        'AAPL',
        bar.at,
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.volume,
        bar.vwap,
        bar.tradeCount,
        'sip',
      )
    raw.exec('commit')
  }
  const seconds = (performance.now() - began) / 1_000
  raw.close()
  return bars.length / seconds
}

/** COPY, 10,000 bars at a time, into our own hypertable. */
async function rawCopy(url: string, bars: readonly StoredBar[]): Promise<number> {
  await (await openDatabase(url)).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const pages = [...pagesOf(bars)].map((page) =>
    page
      .map(
        ({ at, volume }) =>
          `AAPL\t${new Date(at).toISOString()}\t185.2\t185.6\t184.9\t185.45\t${volume}\t185.32\t150\tsip\n`,
      )
      .join(''),
  )
  const began = performance.now()
  for (const page of pages) {
    const copy = client.query(copyFrom('copy market_bars from stdin'))
    copy.end(page)
    await finished(copy)
  }
  const seconds = (performance.now() - began) / 1_000
  await client.end()
  return bars.length / seconds
}
