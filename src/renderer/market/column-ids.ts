/** The columns of the market grid in their default order. */
export const COLUMN_IDS = [
  'symbol',
  'price',
  'change',
  'bid',
  'ask',
  'spread',
  'bar',
  'volume',
  'update',
  'trend',
] as const
export type ColumnId = (typeof COLUMN_IDS)[number]
