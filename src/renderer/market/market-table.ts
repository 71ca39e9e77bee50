import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type Row,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { MarketRow } from '#shared/market'
import type { StockSymbol } from '#shared/units'
import { COLUMN_IDS, type ColumnId } from './column-ids.ts'
import { COLUMNS, type MarketColumn } from './columns.ts'
import type { Preferences } from './preferences.ts'
import { compareKeys, type SortKey } from '../ui/sort-keys.ts'

const features = tableFeatures({
  columnOrderingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})

const helper = createColumnHelper<typeof features, MarketRow>()

const definitions = helper.columns(
  COLUMN_IDS.map((id) =>
    helper.accessor((row) => COLUMNS[id].sortBy?.(row), {
      id,
      sortFn: (a: Row<typeof features, MarketRow>, b: Row<typeof features, MarketRow>) =>
        compareKeys(a.getValue<SortKey>(id), b.getValue<SortKey>(id)),
      sortUndefined: 'last',
    }),
  ),
)

interface Arranged {
  readonly symbols: readonly StockSymbol[]
  readonly columns: readonly MarketColumn[]
}

/**
 * Rows and columns as the trader arranged them; rows without a value come last, equal ones keep their order.
 */
export function useArranged(rows: readonly MarketRow[], { order, hidden, sort }: Preferences): Arranged {
  const columnVisibility = useMemo(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden])
  const sorting = useMemo(() => (sort ? [{ id: sort.column, desc: sort.descending }] : []), [sort])
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: ({ symbol }) => symbol,
    state: { columnOrder: order, columnVisibility, sorting },
  })
  const ordered = table.getRowModel().rows
  const visible = table.getVisibleLeafColumns()
  return {
    symbols: useMemo(() => ordered.map(({ original }) => original.symbol), [ordered]),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the ids of the definitions above
    columns: useMemo(() => visible.map(({ id }) => COLUMNS[id as ColumnId]), [visible]),
  }
}
