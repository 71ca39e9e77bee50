import { barFeed, type BarFeed } from '#shared/history'
import { lockSymbol, type Reader, type Transaction } from '../database/index.ts'
import { union, without, type TimeRange } from './range.ts'

/** The ranges of a symbol that were loaded from that feed or a better one. */
export async function readCovered(
  { query }: Reader,
  symbol: string,
  feed: BarFeed,
): Promise<readonly TimeRange[]> {
  const feeds = barFeed.options.slice(barFeed.options.indexOf(feed))
  const rows = await query
    .selectFrom('coverage')
    .select(['from_time', 'until_time'])
    .where('symbol', '=', symbol)
    .where('feed', 'in', feeds)
    .execute()
  return union(rows.map(({ from_time, until_time }) => ({ from: from_time, until: until_time })))
}

/** Records that all bars of the range are stored. */
export const addCovered = (
  trx: Transaction,
  symbol: string,
  feed: BarFeed,
  range: TimeRange,
): Promise<void> => rewrite(trx, symbol, feed, (present) => union([...present, range]))

/** Removes the range from what is recorded as loaded. */
export const removeCovered = (
  trx: Transaction,
  symbol: string,
  feed: BarFeed,
  range: TimeRange,
): Promise<void> => rewrite(trx, symbol, feed, (present) => without(present, [range]))

/** Rewrites all ranges, because a symbol has only a handful. */
async function rewrite(
  trx: Transaction,
  symbol: string,
  feed: BarFeed,
  change: (present: readonly TimeRange[]) => readonly TimeRange[],
): Promise<void> {
  const { query } = trx
  await lockSymbol(trx, symbol)
  const present = await query
    .selectFrom('coverage')
    .select(['from_time', 'until_time'])
    .where('symbol', '=', symbol)
    .where('feed', '=', feed)
    .execute()
  const ranges = change(present.map((row) => ({ from: row.from_time, until: row.until_time })))
  await query.deleteFrom('coverage').where('symbol', '=', symbol).where('feed', '=', feed).execute()
  if (ranges.length === 0) return
  await query
    .insertInto('coverage')
    .values(ranges.map(({ from, until }) => ({ symbol, feed, from_time: from, until_time: until })))
    .execute()
}
