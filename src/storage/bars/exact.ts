import { price } from '#shared/units'
import type { Reader, Transaction } from '../database/index.ts'
import type { ExactValues, StoredBar } from './bar.ts'
import { toStoredTime, type BarBatch } from './rows.ts'

/** Rows in one statement: PostgreSQL in WebAssembly breaks on a message of more than 64 KB. */
const ROWS_AT_ONCE = 250

/**
 * Keeps the exact values of a batch that was just written, where its bars have some, and removes those of the
 * bars that it replaced. Bars that gave way to a better feed's keep none.
 */
export async function writeExact(trx: Transaction, { symbol, feed, bars }: BarBatch): Promise<void> {
  const known = await exactOf(trx, symbol, bars)
  const touched = bars.filter(({ at, exact }) => exact !== undefined || known.has(at))
  const [first, last] = [touched[0], touched.at(-1)]
  if (first === undefined || last === undefined) return
  const written = await trx.query
    .selectFrom('market_bars')
    .select('bar_time')
    .where('symbol', '=', symbol)
    .where('bar_time', '>=', toStoredTime(trx, first.at))
    .where('bar_time', '<=', toStoredTime(trx, last.at))
    .where('feed', '=', feed)
    .execute()
  const times = new Set(written.map(({ bar_time }) => Number(bar_time)))
  const stored = touched.filter(({ at }) => times.has(at))
  for (let index = 0; index < stored.length; index += ROWS_AT_ONCE)
    await replaceExact(trx, symbol, stored.slice(index, index + ROWS_AT_ONCE))
}

async function replaceExact(
  { query }: Transaction,
  symbol: string,
  bars: readonly StoredBar[],
): Promise<void> {
  const times = bars.map(({ at }) => at)
  await query.deleteFrom('exact_bars').where('symbol', '=', symbol).where('bar_time', 'in', times).execute()
  const rows = bars.flatMap(({ at, exact }) =>
    exact === undefined ? [] : [{ ...exact, symbol, bar_time: at, volume: String(exact.volume) }],
  )
  if (rows.length > 0) await query.insertInto('exact_bars').values(rows).execute()
}

/** The bars, in any order, with the exact values that are kept of them. */
export async function withExact(
  reader: Reader,
  symbol: string,
  bars: readonly StoredBar[],
): Promise<readonly StoredBar[]> {
  const exact = await exactOf(reader, symbol, bars)
  if (exact.size === 0) return bars
  return bars.map((bar) => {
    const values = exact.get(bar.at)
    return values === undefined ? bar : { ...bar, exact: values }
  })
}

/** The exact values by minute, between the first of the bars and the last. Nearly always there are none. */
async function exactOf(
  { query }: Reader,
  symbol: string,
  bars: readonly StoredBar[],
): Promise<ReadonlyMap<number, ExactValues>> {
  const [one, other] = [bars[0]?.at, bars.at(-1)?.at]
  if (one === undefined || other === undefined) return new Map()
  const rows = await query
    .selectFrom('exact_bars')
    .selectAll()
    .where('symbol', '=', symbol)
    .where('bar_time', '>=', Math.min(one, other))
    .where('bar_time', '<=', Math.max(one, other))
    .execute()
  return new Map(
    rows.map(({ bar_time, open, high, low, close, volume, vwap }) => [
      bar_time,
      {
        open: price.parse(open),
        high: price.parse(high),
        low: price.parse(low),
        close: price.parse(close),
        volume: Number(volume),
        vwap: vwap === null ? null : price.parse(vwap),
      },
    ]),
  )
}
