import type { EpochMs } from '#shared/units'
import type { BarFeed } from '#shared/history'
import type { Reader, StoredAmount, StoredTime } from '../database/index.ts'
import type { StoredBar } from './bar.ts'

/** A row of market_bars as either driver returns it. */
export interface BarRow {
  readonly bar_time: StoredTime
  readonly open: StoredAmount
  readonly high: StoredAmount
  readonly low: StoredAmount
  readonly close: StoredAmount
  readonly volume: number
  readonly vwap: StoredAmount | null
  readonly trade_count: number | null
}

/** The value to compare a time with in a query. */
export const toStoredTime = ({ dialect }: Reader, at: EpochMs): StoredTime =>
  dialect === 'sqlite' ? at : new Date(at).toISOString()

/** PostgreSQL prints numeric(12,4) with all four digits, so the integer is the text without its point. */
const readAmount = (amount: StoredAmount): number =>
  typeof amount === 'number' ? amount : Number(amount.replace('.', ''))

export const readRow = (row: BarRow): StoredBar => ({
  at: Number(row.bar_time),
  open: readAmount(row.open),
  high: readAmount(row.high),
  low: readAmount(row.low),
  close: readAmount(row.close),
  volume: row.volume,
  vwap: row.vwap === null ? null : readAmount(row.vwap),
  tradeCount: row.trade_count,
})

/** Bars of one symbol from one feed, on their way into the database; oldest first, each minute once. */
export interface BarBatch {
  readonly symbol: string
  readonly feed: BarFeed
  readonly bars: readonly StoredBar[]
}
