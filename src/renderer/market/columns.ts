import type { ComponentType } from 'react'
import type { MarketRow } from '#shared/market'
import type { PositionView } from '#shared/trading/account'
import type { StockSymbol } from '#shared/units'
import { layoutStore, type LayoutColumn, type TablePreset } from '../ui/table.ts'
import type { SortKey } from '../ui/sort-keys.ts'
import { BarCell } from './cells/bar-cell.tsx'
import { ChangeCell, NetCell } from './cells/change-cells.tsx'
import { AgeCell } from './cells/age-cell.tsx'
import { HighCell, LowCell, VolumeCell } from './cells/day-cells.tsx'
import { LastCell } from './cells/last-cell.tsx'
import { MidCell } from './cells/mid-cell.tsx'
import { PnlCell, PositionCell } from './cells/position-cells.tsx'
import { AskCell, AskSizeCell, BidCell, BidSizeCell, SpreadCell } from './cells/quote-cells.tsx'
import { SymbolCell } from './cells/symbol-cell.tsx'
import { TrendCell } from './cells/trend-cell.tsx'

/** What a row of the grid is sorted and copied by: the market's side and the trader's. */
export interface RankedRow extends MarketRow {
  readonly position?: PositionView
}

/** A column of the market grid. */
export interface MarketColumn extends LayoutColumn {
  /** Width, px, until the trader changes it. */
  readonly width: number
  /** Its share of the remaining width. */
  readonly grow: number
  readonly align?: 'end'
  readonly sortValue?: (row: RankedRow) => SortKey | undefined
  readonly copyText?: (row: RankedRow) => string
  readonly Cell: ComponentType<{ readonly symbol: StockSymbol }>
}

const figure = (
  id: string,
  header: string,
  width: number,
  sortValue: (row: RankedRow) => SortKey | undefined,
  Cell: MarketColumn['Cell'],
): MarketColumn => ({ id, header, width, grow: 1, align: 'end', sortValue, Cell })

const barText = ({ bar }: RankedRow): string =>
  bar ? [bar.open, bar.high, bar.low, bar.close, bar.volume].join(' ') : ''

const hourText = ({ bar }: RankedRow): string => bar?.close ?? ''

/** All columns; the symbol is the row's header. */
const COLUMNS: readonly MarketColumn[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 104,
    grow: 1,
    sortValue: ({ symbol }) => symbol,
    Cell: SymbolCell,
  },
  { ...figure('last', 'Last', 146, ({ last }) => last, LastCell), grow: 2 },
  figure('net', 'Net', 66, ({ change }) => change, NetCell),
  figure('change', 'Chg %', 70, ({ changePercent }) => changePercent, ChangeCell),
  figure('bid', 'Bid', 72, ({ bid }) => bid, BidCell),
  figure('ask', 'Ask', 72, ({ ask }) => ask, AskCell),
  figure('volume', 'Volume', 88, ({ dayVolume }) => dayVolume, VolumeCell),
  figure('position', 'Position', 66, ({ position }) => position?.quantity, PositionCell),
  figure('pnl', 'P&L', 80, ({ position }) => position?.totalPnl, PnlCell),
  { id: 'trend', header: 'Last hour', width: 108, grow: 1, copyText: hourText, Cell: TrendCell },
  figure('bid-size', 'Bid size', 66, ({ bidSize }) => bidSize, BidSizeCell),
  figure('ask-size', 'Ask size', 66, ({ askSize }) => askSize, AskSizeCell),
  figure('high', 'High', 70, ({ dayHigh }) => dayHigh, HighCell),
  figure('low', 'Low', 70, ({ dayLow }) => dayLow, LowCell),
  figure('age', 'Age', 52, ({ origin }) => origin && -origin.at, AgeCell),
  { ...figure('mid', 'Mid', 84, ({ price }) => price, MidCell), isOptional: true },
  { ...figure('spread', 'Spread', 68, ({ spread }) => spread, SpreadCell), isOptional: true },
  {
    id: 'bar',
    header: 'Last 1-min bar',
    width: 316,
    grow: 1,
    copyText: barText,
    isOptional: true,
    Cell: BarCell,
  },
]

const PRESETS: readonly TablePreset[] = [
  { name: 'Default', columns: COLUMNS.filter(({ isOptional }) => isOptional !== true).map(({ id }) => id) },
  {
    name: 'Quotes',
    columns: ['last', 'bid-size', 'bid', 'ask', 'ask-size', 'spread', 'mid', 'net', 'change', 'age'],
  },
  { name: 'Positions', columns: ['last', 'position', 'pnl', 'net', 'change', 'bid', 'ask', 'trend'] },
  { name: 'Tape', columns: ['last', 'change', 'high', 'low', 'volume', 'bar', 'trend', 'age'] },
]

/** How the trader arranged the grid. */
export const marketLayout = layoutStore('Market', { columns: COLUMNS, presets: PRESETS })

export const MARKET_COLUMNS = COLUMNS
