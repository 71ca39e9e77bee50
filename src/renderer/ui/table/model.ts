import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import { LEAST_WIDTH, shownColumns, type TableLayout, type TableShape } from './layout.ts'
import type { DataColumn } from './column.ts'
import { compareKeys, type SortKey } from '../sort-keys.ts'

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})

/** A column as it stands in the table now. */
export interface PlacedColumn<C> {
  readonly column: C
  /** Px; the least if it grows. */
  readonly width: number
  readonly grow?: number
  /** Which edge it stays at while the table scrolls sideways. */
  readonly pinned?: 'start' | 'end'
}

type ArrangedColumn<Row> = Pick<
  DataColumn<Row>,
  'id' | 'header' | 'width' | 'grow' | 'isNameless' | 'isOptional' | 'sortValue'
>

interface Options<Row, C extends ArrangedColumn<Row>> {
  readonly columns: readonly C[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly shape: TableShape
  readonly layout: TableLayout
  /** Whether a row stays below the one before it. */
  readonly staysBelow?: ((row: Row) => boolean) | undefined
}

/** The rows that are sorted, each with those that stay below it. */
function groups<Row>(rows: readonly Row[], staysBelow: ((row: Row) => boolean) | undefined) {
  const below = new Map<Row, Row[]>()
  let head: Row[] | undefined
  for (const row of rows) {
    if (staysBelow?.(row) === true && head) head.push(row)
    else below.set(row, (head = []))
  }
  return below
}

/**
 * Rows and columns as the trader arranged them. Rows without a value come last, equal ones keep their order.
 */
export function useTableModel<Row extends object, C extends ArrangedColumn<Row>>(options: Options<Row, C>) {
  const { columns, rows, keyOf, shape, layout, staysBelow } = options
  const below = useMemo(() => groups(rows, staysBelow), [rows, staysBelow])
  const heads = useMemo(() => [...below.keys()], [below])
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return helper.columns(
      columns.map(({ id, width, sortValue }) =>
        helper.accessor((row) => sortValue?.(row), {
          id,
          size: width,
          minSize: LEAST_WIDTH,
          sortFn: (one, other) => compareKeys(one.getValue<SortKey>(id), other.getValue<SortKey>(id)),
          sortUndefined: 'last',
        }),
      ),
    )
  }, [columns])
  const state = useMemo(() => {
    const { start, end } = shownColumns(shape, layout)
    return {
      columnOrder: layout.order,
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
      columnPinning: { start, end },
      columnSizing: layout.widths,
      sorting: layout.sort ? [{ id: layout.sort.column, desc: layout.sort.descending }] : [],
    }
  }, [shape, layout])
  const table = useTable({ features, columns: definitions, data: heads, getRowId: keyOf, state })
  const ordered = table.getRowModel().rows
  const [start, center, end] = [
    table.getStartVisibleLeafColumns(),
    table.getCenterVisibleLeafColumns(),
    table.getEndVisibleLeafColumns(),
  ]
  return {
    rows: useMemo(
      () => ordered.flatMap(({ original }) => [original, ...(below.get(original) ?? [])]),
      [ordered, below],
    ),
    columns: useMemo(() => {
      const byId = new Map(columns.map((column) => [column.id, column]))
      return [...start, ...center, ...end].flatMap((leaf): PlacedColumn<C>[] => {
        const column = byId.get(leaf.id)
        if (!column) return []
        const pinned = leaf.getIsPinned()
        const isFlexible = pinned === false && layout.widths[leaf.id] === undefined
        return [
          {
            column,
            width: leaf.getSize(),
            ...(isFlexible && column.grow !== undefined && { grow: column.grow }),
            ...(pinned !== false && { pinned }),
          },
        ]
      })
    }, [columns, start, center, end, layout.widths]),
  }
}
