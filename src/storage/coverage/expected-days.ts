import type { ExchangeDay } from '#shared/units'
import { lockSymbol, type Reader, type Transaction } from '../database/index.ts'

/** SQLite accepts 32,766 values in one statement, PostgreSQL's WebAssembly build fewer. */
const ROWS_AT_ONCE = 500

/** Replaces what is recorded of a symbol's trading days of which bars should be there, though none came. */
export async function keepExpectedDays(
  trx: Transaction,
  symbol: string,
  days: readonly ExchangeDay[],
): Promise<void> {
  const { query } = trx
  await lockSymbol(trx, symbol)
  await query.deleteFrom('expected_days').where('symbol', '=', symbol).execute()
  for (let index = 0; index < days.length; index += ROWS_AT_ONCE) {
    const rows = days.slice(index, index + ROWS_AT_ONCE).map((day) => ({ symbol, day }))
    await query.insertInto('expected_days').values(rows).execute()
  }
}

/** The trading days of which the last load should have brought bars and brought none, oldest first. */
export async function readExpectedDays({ query }: Reader, symbol: string): Promise<readonly ExchangeDay[]> {
  const rows = await query
    .selectFrom('expected_days')
    .select('day')
    .where('symbol', '=', symbol)
    .orderBy('day')
    .execute()
  return rows.map(({ day }) => day)
}
