import type { Migration } from './migration.ts'

/**
 * Bars with more digits than market_bars holds, or with a fraction of a share, as decimal text. Their row of
 * market_bars has the same values rounded. `bar_time` is epoch ms in both dialects.
 */
export const exactBars: Migration = {
  version: 7,
  name: 'exact bars',
  sqlite: table('integer', 'without rowid, strict'),
  postgres: table('bigint', ''),
}

function table(big: string, ending: string): string {
  return `
    create table exact_bars (
      symbol text not null,
      bar_time ${big} not null,
      open text not null,
      high text not null,
      low text not null,
      close text not null,
      volume text not null,
      vwap text,
      primary key (symbol, bar_time)
    ) ${ending};`
}
