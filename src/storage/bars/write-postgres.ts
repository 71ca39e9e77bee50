import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Transaction } from '../database/index.ts'
import type { StoredBar } from './bar.ts'
import type { BarBatch } from './rows.ts'
import { fixed, PRICE_DIGITS, VWAP_DIGITS } from './scale.ts'

type PostgresTransaction = Extract<Transaction, { dialect: 'postgres' }>

/**
 * Below this many bars an insert is as fast as COPY with its staging table; the live stream writes a few a
 * minute.
 */
const COPY_FROM_BARS = 500

/** Rows per insert: PostgreSQL in WebAssembly breaks on a message of more than 64 KB. */
const ROWS_AT_ONCE = 250

const COLUMNS = 'symbol, bar_time, open, high, low, close, volume, vwap, trade_count, feed'

const ON_CONFLICT = `
  on conflict (symbol, bar_time) do update set
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, vwap = excluded.vwap, trade_count = excluded.trade_count, feed = excluded.feed
  where excluded.feed >= market_bars.feed`

/** Writes the bars inside the caller's transaction: with COPY and a merge if there are many. */
export async function writePostgres(trx: PostgresTransaction, batch: BarBatch): Promise<void> {
  if (trx.copies && batch.bars.length >= COPY_FROM_BARS) await copyAndMerge(trx, batch)
  else {
    for (let index = 0; index < batch.bars.length; index += ROWS_AT_ONCE)
      await insertArrays(trx, { ...batch, bars: batch.bars.slice(index, index + ROWS_AT_ONCE) })
  }
}

async function copyAndMerge({ client }: PostgresTransaction, batch: BarBatch): Promise<void> {
  await client.query(
    'create temp table if not exists staged_bars (like market_bars including defaults) on commit delete rows',
  )
  const copy = client.query(copyFrom(`copy staged_bars (${COLUMNS}) from stdin`))
  copy.end(copyText(batch))
  await finished(copy)
  await client.query(`insert into market_bars (${COLUMNS}) select ${COLUMNS} from staged_bars ${ON_CONFLICT}`)
}

/** COPY's text format: tabs between columns, \N for null. */
function copyText({ symbol, feed, bars }: BarBatch): string {
  const name = symbol.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? '')
  let text = ''
  for (const bar of bars) {
    text +=
      `${name}\t${timeText(bar.at)}\t${priceText(bar.open)}\t${priceText(bar.high)}\t${priceText(bar.low)}\t` +
      `${priceText(bar.close)}\t${bar.volume}\t${vwapText(bar) ?? '\\N'}\t${bar.tradeCount ?? '\\N'}\t${feed}\n`
  }
  return text
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

async function insertArrays(
  { client }: PostgresTransaction,
  { symbol, feed, bars }: BarBatch,
): Promise<void> {
  const column = <T>(read: (bar: StoredBar) => T) => bars.map(read)
  await client.query(
    `insert into market_bars (${COLUMNS})
     select $1, t, o, h, l, c, v, w, n, $2
     from unnest($3::timestamptz[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[], $8::bigint[],
       $9::numeric[], $10::integer[]) as b (t, o, h, l, c, v, w, n) ${ON_CONFLICT}`,
    [
      symbol,
      feed,
      column(({ at }) => timeText(at)),
      column(({ open }) => priceText(open)),
      column(({ high }) => priceText(high)),
      column(({ low }) => priceText(low)),
      column(({ close }) => priceText(close)),
      column(({ volume }) => volume),
      column(vwapText),
      column(({ tradeCount }) => tradeCount),
    ],
  )
}

const timeText = (at: number) => new Date(at).toISOString()
const priceText = (price: number) => fixed(price, PRICE_DIGITS)
const vwapText = ({ vwap }: StoredBar) => (vwap === null ? null : fixed(vwap, VWAP_DIGITS))
