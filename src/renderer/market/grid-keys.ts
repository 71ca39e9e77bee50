/** Position of the focus in a grid: `row` is the key of a row, or `header`. */
export interface GridPlace<R extends string, C extends string> {
  readonly row: R | 'header'
  readonly column: C
}

interface GridShape<R extends string, C extends string> {
  readonly rows: readonly R[]
  readonly columns: readonly C[]
  /** How many rows PageUp and PageDown move. */
  readonly page: number
}

/**
 * Where a key moves the focus, following the grid pattern of the ARIA Authoring Practices; undefined for
 * other keys.
 */
export function nextPlace<R extends string, C extends string>(
  { key, ctrlKey, altKey }: { readonly key: string; readonly ctrlKey: boolean; readonly altKey: boolean },
  from: GridPlace<R, C>,
  { rows, columns, page }: GridShape<R, C>,
): GridPlace<R, C> | undefined {
  const row = from.row === 'header' ? -1 : rows.indexOf(from.row)
  const column = columns.indexOf(from.column)
  const at = (toRow: number, toColumn: number): GridPlace<R, C> => {
    const clampedRow = Math.min(rows.length - 1, Math.max(-1, toRow))
    const clampedColumn = Math.min(columns.length - 1, Math.max(0, toColumn))
    return { row: rows[clampedRow] ?? 'header', column: columns[clampedColumn] ?? from.column }
  }
  if (altKey || (ctrlKey && key.startsWith('Page'))) return undefined // those are actions
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'Home':
      return at(ctrlKey ? 0 : row, 0)
    case 'End':
      return at(ctrlKey ? rows.length - 1 : row, columns.length - 1)
    case 'PageUp':
      return at(Math.max(0, row - page), column)
    case 'PageDown':
      return at(row + page, column)
    default:
      return undefined
  }
}
