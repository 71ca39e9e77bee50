import type { StockSymbol } from '#shared/units'
import type { DataColumn } from '../ui/data-table.tsx'

interface OfSymbol {
  readonly symbol: StockSymbol
}

/** The first column of the report's tables. */
export const SYMBOL_COLUMN: DataColumn<OfSymbol> = {
  id: 'symbol',
  header: 'Symbol',
  width: 84,
  sortValue: ({ symbol }) => symbol,
  cell: ({ symbol }) => <span className="font-semibold">{symbol}</span>,
}

/** The symbol that a row is about. */
export const symbolOf = ({ symbol }: OfSymbol): StockSymbol => symbol
