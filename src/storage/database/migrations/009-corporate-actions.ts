import type { Migration } from './migration.ts'

const table = `
  create table corporate_actions (
    id text primary key,
    type text not null,
    symbol text not null,
    ex_day text not null,
    process_day text not null,
    terms text not null
  )`
const index = `create index corporate_actions_by_symbol on corporate_actions (symbol, ex_day);`

/** Splits, symbol changes and dividends with Alpaca's own terms as JSON text, to be applied when bars are read. */
export const corporateActions: Migration = {
  version: 9,
  name: 'corporate actions',
  sqlite: `${table} strict; ${index}`,
  postgres: `${table}; ${index}`,
}
