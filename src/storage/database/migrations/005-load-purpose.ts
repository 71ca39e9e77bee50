import type { Migration } from './migration.ts'

const addPurpose = `alter table loads add column purpose text not null default 'load';`

/** The purpose of a load: the outcome of one that fills gaps is written to the event log. */
export const loadPurpose: Migration = {
  version: 5,
  name: 'load purpose',
  sqlite: addPurpose,
  postgres: addPurpose,
}
