import type { ComponentType } from 'react'
import type { MarketRow } from '#shared/market'
import type { StockSymbol } from '#shared/units'
import { BarCell } from './cells/bar-cell.tsx'
import { ChangeCell } from './cells/change-cell.tsx'
import { PriceCell } from './cells/price-cell.tsx'
import { AskCell, BidCell, SpreadCell } from './cells/quote-cells.tsx'
import { SymbolCell } from './cells/symbol-cell.tsx'
import { TrendCell } from './cells/trend-cell.tsx'
import { UpdateCell } from './cells/update-cell.tsx'
import { VolumeCell } from './cells/volume-cell.tsx'
import type { ColumnId } from './column-ids.ts'

/** A column of the market grid. */
export interface MarketColumn {
  readonly id: ColumnId
  readonly header: string
  /** Minimum width, px; remaining width goes to columns by {@link grow}. */
  readonly width: number
  readonly grow: number
  /** In a narrow window, columns with a higher rank are dropped first. */
  readonly rank: number
  readonly align: 'start' | 'end'
  /** The value to sort by: a number, decimal text or a word. Absent if the column is not sortable. */
  readonly sortBy?: (row: MarketRow) => string | number | undefined
  readonly Cell: ComponentType<{ readonly symbol: StockSymbol }>
}

/** All columns by id. The symbol is the row's header and always shown. */
export const COLUMNS: Record<ColumnId, MarketColumn> = {
  symbol: {
    id: 'symbol',
    header: 'Symbol',
    width: 84,
    grow: 1,
    rank: 0,
    align: 'start',
    sortBy: ({ symbol }) => symbol,
    Cell: SymbolCell,
  },
  price: {
    id: 'price',
    header: 'Price',
    width: 166,
    grow: 2,
    rank: 0,
    align: 'end',
    sortBy: ({ price }) => price,
    Cell: PriceCell,
  },
  change: {
    id: 'change',
    header: 'Change (%)',
    width: 92,
    grow: 1,
    rank: 1,
    align: 'end',
    sortBy: ({ changePercent }) => changePercent,
    Cell: ChangeCell,
  },
  bid: {
    id: 'bid',
    header: 'Bid',
    width: 80,
    grow: 1,
    rank: 3,
    align: 'end',
    sortBy: ({ bid }) => bid,
    Cell: BidCell,
  },
  ask: {
    id: 'ask',
    header: 'Ask',
    width: 80,
    grow: 1,
    rank: 4,
    align: 'end',
    sortBy: ({ ask }) => ask,
    Cell: AskCell,
  },
  spread: {
    id: 'spread',
    header: 'Spread',
    width: 68,
    grow: 1,
    rank: 5,
    align: 'end',
    sortBy: ({ spread }) => spread,
    Cell: SpreadCell,
  },
  bar: {
    id: 'bar',
    header: 'Last bar (OHLCV)',
    width: 336,
    grow: 1,
    rank: 9,
    align: 'start',
    Cell: BarCell,
  },
  volume: {
    id: 'volume',
    header: 'Volume',
    width: 96,
    grow: 1,
    rank: 7,
    align: 'end',
    sortBy: ({ dayVolume }) => dayVolume,
    Cell: VolumeCell,
  },
  update: {
    id: 'update',
    header: 'Last update',
    width: 92,
    grow: 1,
    rank: 8,
    align: 'end',
    sortBy: ({ origin }) => origin?.at,
    Cell: UpdateCell,
  },
  trend: {
    id: 'trend',
    header: 'Trend',
    width: 108,
    grow: 1,
    rank: 6,
    align: 'start',
    Cell: TrendCell,
  },
}
