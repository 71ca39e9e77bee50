import type { ReactNode } from 'react'

/** A column of a `DataTable`. */
export interface DataColumn<Row> {
  readonly id: string
  readonly header: string
  /** Its header is only read aloud, such as over buttons. */
  readonly isNameless?: true
  /** Minimum width, px. */
  readonly width: number
  /** Its share of the remaining width; none if absent. */
  readonly grow?: number
  readonly align?: 'end'
  /** If space runs out, the highest rank is dropped first; 0 always stays. */
  readonly rank: number
  readonly cell: (row: Row) => ReactNode
}

/** Width that all columns need, px. */
export const widthOf = (columns: readonly { readonly width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0)

/** The columns that fit into a width, in their order; all of them before the width is known. */
export function columnsWithRoom<C extends { readonly width: number; readonly rank: number }>(
  columns: readonly C[],
  room: number,
): readonly C[] {
  let shown = columns
  while (room > 0 && widthOf(shown) > room) {
    const ranks = shown.map(({ rank }) => rank)
    const worst = Math.max(...ranks)
    if (worst === 0) break
    const last = ranks.lastIndexOf(worst)
    shown = shown.filter((_, at) => at !== last)
  }
  return shown
}

/** The columns' widths as a grid template. */
export const templateOf = (columns: readonly { readonly width: number; readonly grow?: number }[]): string =>
  columns
    .map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`))
    .join(' ')

/** The row a key moves to from the row at `index`; undefined for other keys. */
export function nextRow(key: string, index: number, count: number, page: number): number | undefined {
  const clamped = (to: number) => Math.min(count - 1, Math.max(0, to))
  switch (key) {
    case 'ArrowUp':
      return clamped(index - 1)
    case 'ArrowDown':
      return clamped(index + 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'PageUp':
      return clamped(index - page)
    case 'PageDown':
      return clamped(index + page)
    default:
      return undefined
  }
}
