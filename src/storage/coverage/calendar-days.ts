import * as z from 'zod'
import { calendarWith, nyse, type ExchangeCalendar, type KnownDays } from '#shared/exchange-calendar'
import type { Reader, Transaction } from '../database/index.ts'

const KNOWN = 'calendar'
const knownStretch = z.object({ from: z.string(), until: z.string() })
/** SQLite accepts 32,766 values in one statement; ten years are 2,520 days of five values. */
const ROWS_AT_ONCE = 1_000

/** The calendar as Alpaca reported it, where it was kept; otherwise the exchange's rules. */
export async function readCalendar({ query }: Reader): Promise<ExchangeCalendar> {
  const kept = await query
    .selectFrom('kept_values')
    .select('value')
    .where('name', '=', KNOWN)
    .executeTakeFirst()
  if (kept === undefined) return nyse
  const rows = await query.selectFrom('calendar_days').selectAll().orderBy('day').execute()
  return calendarWith({
    ...knownStretch.parse(JSON.parse(kept.value)),
    days: rows.map((row) => ({
      day: row.day,
      preOpen: row.pre_open,
      open: row.open,
      close: row.close,
      afterClose: row.after_close,
    })),
  })
}

/** Replaces the stored days with what Alpaca's calendar now reports. */
export async function keepCalendar({ query }: Transaction, { from, until, days }: KnownDays): Promise<void> {
  await query.deleteFrom('calendar_days').execute()
  for (let index = 0; index < days.length; index += ROWS_AT_ONCE) {
    const rows = days.slice(index, index + ROWS_AT_ONCE).map((day) => ({
      day: day.day,
      pre_open: day.preOpen,
      open: day.open,
      close: day.close,
      after_close: day.afterClose,
    }))
    await query.insertInto('calendar_days').values(rows).execute()
  }
  await keepValue({ query }, KNOWN, JSON.stringify({ from, until }))
}

/** Keeps a text under a name, replacing the previous one. */
export async function keepValue(
  { query }: Pick<Transaction, 'query'>,
  name: string,
  value: string,
): Promise<void> {
  await query
    .insertInto('kept_values')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** The text kept under a name. */
export async function readValue({ query }: Reader, name: string): Promise<string | undefined> {
  const row = await query
    .selectFrom('kept_values')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}
