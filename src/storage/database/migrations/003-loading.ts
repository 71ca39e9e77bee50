import type { Migration } from './migration.ts'

/**
 * What the loader needs to continue after a crash, and what the verifier needs. Times are epoch ms in both
 * dialects.
 */
export const loading: Migration = {
  version: 3,
  name: 'loading',
  sqlite: tables('integer', 'integer', 'strict'),
  postgres: tables('bigint', 'integer', ''),
}

function tables(big: string, small: string, ending: string): string {
  return `
    create table coverage (
      symbol text not null,
      feed text not null,
      from_time ${big} not null,
      until_time ${big} not null,
      primary key (symbol, feed, from_time)
    ) ${ending};

    create table loads (
      id text primary key,
      created_at ${big} not null,
      start_date text not null,
      end_date text not null,
      feed text not null,
      state text not null
    ) ${ending};

    create table load_symbols (
      load_id text not null references loads (id) on delete cascade,
      symbol text not null,
      position ${small} not null,
      state text not null,
      bars_loaded ${small} not null,
      bars_rejected ${small} not null,
      pages ${small} not null,
      loaded_until ${big},
      problem text,
      primary key (load_id, symbol)
    ) ${ending};

    create table rejected_bars (
      symbol text not null,
      reason text not null,
      count ${small} not null,
      example text not null,
      last_at ${big} not null,
      primary key (symbol, reason)
    ) ${ending};

    create table calendar_days (
      day text primary key,
      pre_open text not null,
      open text not null,
      close text not null,
      after_close text not null
    ) ${ending};

    create table kept_values (
      name text primary key,
      value text not null
    ) ${ending};`
}
