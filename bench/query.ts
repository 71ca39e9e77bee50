/**
 * Reading what a chart shows: five years of daily candles, and the last 390 minutes, of one symbol among
 * others, as they leave storage, compared with the bare statements.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { readLastBars, toBar, writeBars } from '../src/storage/bars/index.ts'
import { readDailyCandles } from '../src/storage/daily-candles.ts'
import { openDatabase, transact, type Database } from '../src/storage/database/index.ts'
import { nyse } from '../src/shared/exchange-calendar.ts'
import { median, type Measurement } from './report.ts'
import { pagesOf, sessionBars } from './support/bars.ts'
import { benchServer, withServerDatabase } from './support/server-database.ts'

const ROUNDS = 15
const [FROM, UNTIL] = ['2019-11-15', '2024-11-15']

/** Milliseconds for the two queries, in SQLite and, if a server is configured, in TimescaleDB. */
export async function benchQuery(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signal-bench-'))
  try {
    const rows = await measure('SQLite', `sqlite:${join(folder, 'bench.sqlite')}`)
    if (benchServer === undefined) return rows
    return [...rows, ...(await withServerDatabase(benchServer, (url) => measure('TimescaleDB', url)))]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measure(name: string, url: string): Promise<readonly Measurement[]> {
  const database = await openDatabase(url)
  const bars = sessionBars(FROM, UNTIL)
  for (const symbol of ['AAPL', 'MSFT', 'TSLA']) {
    for (const page of pagesOf(bars))
      await transact(database, (trx) => writeBars(trx, { symbol, feed: 'sip', bars: page }, nyse))
  }
  const until = Date.parse(UNTIL)
  const rows = [
    await row(`daily candles of five years, ${name}`, 100, database, {
      raw: sql`select * from bar_days where symbol = 'MSFT' order by day`,
      ours: () => readDailyCandles(database, { symbol: 'MSFT', from: FROM, until: UNTIL }),
    }),
    await row(`last 390 minutes, ${name}`, 10, database, {
      raw: sql`select * from market_bars where symbol = 'MSFT' order by bar_time desc limit 390`,
      ours: async () => (await readLastBars(database, { symbol: 'MSFT', count: 390, until })).map(toBar),
    }),
  ]
  await database.close()
  return rows
}

async function row(
  name: string,
  budgetMs: number,
  database: Database,
  { raw, ours }: { readonly raw: ReturnType<typeof sql>; readonly ours: () => Promise<unknown> },
): Promise<Measurement> {
  const times: { raw: number[]; ours: number[] } = { raw: [], ours: [] }
  for (let round = 0; round < ROUNDS; round++) {
    times.raw.push(await elapsed(() => raw.execute(database.query)))
    times.ours.push(await elapsed(ours))
  }
  const [rawMs, oursMs] = [median(times.raw), median(times.ours)]
  return {
    name,
    unit: 'ms',
    raw: rawMs,
    ours: oursMs,
    ratio: oursMs / rawMs,
    budget: `${budgetMs} ms`,
    kept: oursMs <= budgetMs,
  }
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
