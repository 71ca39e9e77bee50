import type { Migration } from './migration.ts'

const table = `
  create table expected_days (
    symbol text not null,
    day text not null,
    primary key (symbol, day)
  )`

/** Trading days before the first bar and after the last one of which minute bars should be there, but did not come. */
export const expectedDays: Migration = {
  version: 10,
  name: 'expected days',
  sqlite: `${table} strict;`,
  postgres: `${table};`,
}
