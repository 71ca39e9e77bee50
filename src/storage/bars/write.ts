import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { lockSymbol, type Transaction } from '../database/index.ts'
import type { StoredBar } from './bar.ts'
import { refreshDays } from './days.ts'
import { writeExact } from './exact.ts'
import type { BarBatch } from './rows.ts'
import { writePostgres } from './write-postgres.ts'
import { writeSqlite } from './write-sqlite.ts'

/**
 * Stores bars in any order, including repeated minutes (the last one counts). A bar replaces its minute's
 * earlier bar unless that came from a better feed. The daily counts are updated in the same transaction.
 */
export async function writeBars(
  trx: Transaction,
  batch: BarBatch,
  calendar: ExchangeCalendar,
): Promise<void> {
  if (batch.bars.length === 0) return
  const ordered = { ...batch, bars: inOrder(batch.bars) }
  await lockSymbol(trx, batch.symbol)
  if (trx.dialect === 'sqlite') writeSqlite(trx.raw, ordered)
  else await writePostgres(trx, ordered)
  await writeExact(trx, ordered)
  await refreshDays(trx, ordered, calendar)
}

/** Oldest first, each minute once. Bars nearly always come that way, which is quick to check. */
function inOrder(bars: readonly StoredBar[]): readonly StoredBar[] {
  let previous = Number.NEGATIVE_INFINITY
  for (const { at } of bars) {
    if (at <= previous) return sorted(bars)
    previous = at
  }
  return bars
}

function sorted(bars: readonly StoredBar[]): readonly StoredBar[] {
  const byMinute = new Map(bars.map((bar) => [bar.at, bar]))
  return [...byMinute.values()].sort((one, other) => one.at - other.at)
}
