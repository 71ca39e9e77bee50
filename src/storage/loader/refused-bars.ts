import type { EpochMs } from '#shared/units'
import type { Reader, Transaction } from '../database/index.ts'
import type { Refused } from './page.ts'

/** Rejected bars of one kind. */
export interface RefusedBars {
  readonly reason: string
  readonly count: number
  /** A description of the last one. */
  readonly example: string
}

/** Counts rejected bars by kind, in the transaction that stores their page. */
export async function countRefused(
  { query }: Transaction,
  symbol: string,
  refused: readonly Refused[],
  now: EpochMs,
): Promise<void> {
  for (const { reason, count, example } of byReason(refused)) {
    await query
      .insertInto('rejected_bars')
      .values({ symbol, reason, count, example, last_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['symbol', 'reason'])
          .doUpdateSet((row) => ({ count: row('rejected_bars.count', '+', count), example, last_at: now })),
      )
      .execute()
  }
}

/** One entry for each reason, with the last example. */
export function byReason(refused: readonly Refused[]): readonly RefusedBars[] {
  const counts = new Map<string, RefusedBars>()
  for (const { reason, example } of refused)
    counts.set(reason, { reason, example, count: (counts.get(reason)?.count ?? 0) + 1 })
  return [...counts.values()]
}

/** A symbol's rejected bars over all its loads, most frequent first. */
export function readRefused({ query }: Reader, symbol: string): Promise<readonly RefusedBars[]> {
  return query
    .selectFrom('rejected_bars')
    .select(['reason', 'count', 'example'])
    .where('symbol', '=', symbol)
    .orderBy('count', 'desc')
    .execute()
}
