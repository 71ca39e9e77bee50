import type { ReactNode } from 'react'
import type { SortKey } from '../sort-keys.ts'

/** What a layout needs to know of a column. */
export interface LayoutColumn {
  readonly id: string
  readonly header: string
  /** Its header is only read aloud, such as over buttons. It stays at the end, in sight. */
  readonly isNameless?: true
  /** Only shown if the trader chooses it. */
  readonly isOptional?: true
}

/** A column of a table. */
export interface DataColumn<Row> extends LayoutColumn {
  /** Width, px, until the trader changes it. */
  readonly width: number
  /** Its share of the remaining width; none if absent. */
  readonly grow?: number
  readonly align?: 'end'
  /** What to sort by: a number, decimal text or a word; undefined goes last. Absent if not sortable. */
  readonly sortValue?: (row: Row) => SortKey | undefined
  /** The cell as text, for the clipboard. Without it, what the column sorts by or the cell's own text. */
  readonly copyText?: (row: Row) => string
  readonly cell: (row: Row) => ReactNode
}

/** The order of a table's rows. */
export interface Sort {
  readonly column: string
  readonly descending: boolean
}

/** A named set of columns. */
export interface TablePreset {
  readonly name: string
  /** Columns shown, in their order; the row's header and nameless columns are always there. */
  readonly columns: readonly string[]
  readonly sort?: Sort
}

/** Something to do with a row, offered in its context menu. */
export interface RowAction {
  readonly label: string
  /** Keys that do the same, such as `Delete`. */
  readonly keys?: string
  readonly run: () => void
  /** `danger` for what cannot be undone. */
  readonly tone?: 'danger'
  readonly isDisabled?: boolean
}
