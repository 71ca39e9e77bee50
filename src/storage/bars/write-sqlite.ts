import type { Statement } from 'better-sqlite3'
import type { Transaction } from '../database/index.ts'
import type { BarBatch } from './rows.ts'

type Raw = Extract<Transaction, { dialect: 'sqlite' }>['raw']
type Insert = Statement<unknown[]>

const UPSERT = `
  insert into market_bars (symbol, bar_time, open, high, low, close, volume, vwap, trade_count, feed)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (symbol, bar_time) do update set
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, vwap = excluded.vwap, trade_count = excluded.trade_count, feed = excluded.feed
  where excluded.feed >= market_bars.feed`

const prepared = new WeakMap<Raw, Insert>()

/** The insert statement, compiled once per connection. */
function insertOf(raw: Raw): Insert {
  const known = prepared.get(raw)
  if (known !== undefined) return known
  const insert = raw.prepare<unknown[]>(UPSERT)
  prepared.set(raw, insert)
  return insert
}

/** Writes the bars with a prepared insert, inside the caller's transaction. */
export function writeSqlite(raw: Raw, { symbol, feed, bars }: BarBatch): void {
  const insert = insertOf(raw)
  for (const { at, open, high, low, close, volume, vwap, tradeCount } of bars) {
    insert.run(symbol, at, open, high, low, close, volume, vwap, tradeCount, feed)
  }
}
