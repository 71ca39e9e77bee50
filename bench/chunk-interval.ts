/**
 * `node scripts/timescale.mjs node bench/chunk-interval.ts`: how the chunk interval affects loading, a day's
 * query and a five-year query. Recorded in docs/decisions/chunk-interval.md.
 */
import { sql } from 'kysely'
import { readBars, readLastBars, writeBars } from '../src/storage/bars/index.ts'
import { openDatabase, transact } from '../src/storage/database/index.ts'
import { nyse } from '../src/shared/exchange-calendar.ts'
import { median } from './report.ts'
import { pagesOf, sessionBars } from './support/bars.ts'
import { benchServer, withServerDatabase } from './support/server-database.ts'

const SYMBOLS = ['AAPL', 'MSFT', 'TSLA']
const [FROM, UNTIL] = ['2019-11-15', '2024-11-15']
const ROUNDS = 5

if (benchServer === undefined) throw new Error('SIGNAL_TEST_DATABASE_URL is not set')
const bars = sessionBars(FROM, UNTIL)

/** The median time of several rounds, milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return median(times)
}

console.log('interval   bars/s  day, ms  390 last, ms  five years to days, ms  chunks')
for (const interval of ['1 day', '7 days', '30 days']) {
  await withServerDatabase(benchServer, async (url) => {
    const database = await openDatabase(url)
    await sql`select set_chunk_time_interval('market_bars', ${interval}::interval)`.execute(database.query)
    const began = performance.now()
    for (const symbol of SYMBOLS) {
      for (const page of pagesOf(bars))
        await transact(database, (trx) => writeBars(trx, { symbol, feed: 'sip', bars: page }, nyse))
    }
    const rate = (SYMBOLS.length * bars.length) / ((performance.now() - began) / 1_000)
    await sql`analyze market_bars`.execute(database.query)
    const { open, close } = nyse.tradingDay('2023-06-15') ?? { open: 0, close: 0 }
    const day = await timed(() => readBars(database, { symbol: 'MSFT', from: open, until: close }))
    const last = await timed(() =>
      readLastBars(database, { symbol: 'MSFT', count: 390, until: Date.parse(UNTIL) }),
    )
    const years = await timed(() =>
      sql`select date_trunc('day', bar_time) as day, max(high), min(low), sum(volume) from market_bars
        where symbol = 'MSFT' group by 1`.execute(database.query),
    )
    const { rows } = await sql<{ chunks: number }>`
      select count(*) as chunks from timescaledb_information.chunks where hypertable_name = 'market_bars'`.execute(
      database.query,
    )
    const cells = [Math.round(rate), day.toFixed(1), last.toFixed(1), years.toFixed(0), rows[0]?.chunks]
    console.log(interval.padEnd(8), ...cells.map((cell) => String(cell).padStart(10)))
    await database.close()
  })
}
