import type { Migration } from './migration.ts'

/**
 * Bars as planned, with two changes: prices keep 4 decimals and vwap 6, because (10,2) would round prices
 * below one dollar and every vwap; and each bar records its feed. The planned index on (symbol, bar_time
 * DESC) is the primary key read backward. SQLite holds prices in 1/10,000 and vwap in 1/1,000,000 of a
 * dollar, and times in epoch ms.
 */
export const marketBars: Migration = {
  version: 1,
  name: 'market bars',
  sqlite: `
    create table market_bars (
      symbol text not null,
      bar_time integer not null,
      open integer not null,
      high integer not null,
      low integer not null,
      close integer not null,
      volume integer not null,
      vwap integer,
      trade_count integer,
      feed text not null,
      primary key (symbol, bar_time)
    ) without rowid, strict;

    create table bar_days (
      symbol text not null,
      day text not null,
      open integer,
      high integer,
      low integer,
      close integer,
      volume integer not null,
      bars integer not null,
      regular_bars integer not null,
      feed text,
      primary key (symbol, day)
    ) without rowid, strict;`,
  postgres: `
    create table market_bars (
      symbol text not null,
      bar_time timestamptz not null,
      open numeric(12,4) not null,
      high numeric(12,4) not null,
      low numeric(12,4) not null,
      close numeric(12,4) not null,
      volume bigint not null,
      vwap numeric(14,6),
      trade_count integer,
      feed text not null,
      primary key (symbol, bar_time)
    );

    create table bar_days (
      symbol text not null,
      day text not null,
      open bigint,
      high bigint,
      low bigint,
      close bigint,
      volume bigint not null,
      bars integer not null,
      regular_bars integer not null,
      feed text,
      primary key (symbol, day)
    );`,
}
