import * as z from 'zod'
import type { ExchangeDay } from '#shared/units'
import type { Reader, Transaction } from '../database/index.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day')
const symbols = z.array(z.string().min(1).max(100)).min(1).max(1_000)

/** A corporate action as it is kept: its terms are Alpaca's row, which the Alpaca library reads. */
const keptAction = z.object({
  id: z.string().min(1).max(100),
  type: z.enum(['forward_split', 'reverse_split', 'name_change', 'cash_dividend']),
  symbol: z.string().min(1).max(100),
  exDay: day,
  processDay: day,
  terms: z.record(z.string(), z.unknown()),
})
export type KeptAction = z.output<typeof keptAction>

/** What Alpaca answered about these symbols, for process days from <= day <= until. */
export const answeredActions = z.object({ symbols, from: day, until: day, actions: z.array(keptAction) })

/** Actions of these symbols whose ex-day is `from` or later. */
export const actionsRequest = z.object({ symbols, from: day })

/** An action has six values; SQLite accepts 32,766 in one statement, PostgreSQL 65,535, its WebAssembly build fewer. */
const ROWS_AT_ONCE = 200

/** Replaces what is kept with Alpaca's answer: an action that it no longer lists is gone. */
export async function keepActions(
  { query }: Transaction,
  { symbols: of, from, until, actions }: z.output<typeof answeredActions>,
): Promise<void> {
  await query
    .deleteFrom('corporate_actions')
    .where('symbol', 'in', of)
    .where('process_day', '>=', from)
    .where('process_day', '<=', until)
    .execute()
  for (let index = 0; index < actions.length; index += ROWS_AT_ONCE) {
    const rows = actions.slice(index, index + ROWS_AT_ONCE).map(toRow)
    await query
      .insertInto('corporate_actions')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          type: row.ref('excluded.type'),
          symbol: row.ref('excluded.symbol'),
          ex_day: row.ref('excluded.ex_day'),
          process_day: row.ref('excluded.process_day'),
          terms: row.ref('excluded.terms'),
        })),
      )
      .execute()
  }
}

const toRow = ({ id, type, symbol, exDay, processDay, terms }: KeptAction) => ({
  id,
  type,
  symbol,
  ex_day: exDay,
  process_day: processDay,
  terms: JSON.stringify(terms),
})

/** Kept actions by ex-day, oldest first. */
export async function readActions(
  { query }: Reader,
  { symbols: of, from }: { readonly symbols: readonly string[]; readonly from: ExchangeDay },
): Promise<readonly KeptAction[]> {
  const rows = await query
    .selectFrom('corporate_actions')
    .selectAll()
    .where('symbol', 'in', of)
    .where('ex_day', '>=', from)
    .orderBy('ex_day')
    .orderBy('id')
    .execute()
  return rows.map(({ id, type, symbol, ex_day, process_day, terms }) =>
    keptAction.parse({ id, type, symbol, exDay: ex_day, processDay: process_day, terms: JSON.parse(terms) }),
  )
}

/** The symbols with loaded bars. */
export async function readLoadedSymbols({ query }: Reader): Promise<readonly string[]> {
  const rows = await query.selectFrom('coverage').select('symbol').distinct().orderBy('symbol').execute()
  return rows.map(({ symbol }) => symbol)
}
