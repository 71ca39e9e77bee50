import type { ClipboardEvent } from 'react'
import type { RowAction } from './column.ts'
import { cellText, copyText, rowsText, tableText, type TextColumn } from './copy.ts'

interface Copying<Row> {
  /** The columns shown, in their order. */
  readonly columns: readonly TextColumn<Row>[]
  readonly rows: readonly Row[]
  /** Announces what was copied. */
  readonly say: (text: string) => void
}

/** The entries of a row's menu that copy: the cell of a column if one was pressed, the row, the table. */
export function copyActions<Row>(
  { columns, rows, say }: Copying<Row>,
  row: Row,
  columnId: string | undefined,
): readonly RowAction[] {
  const column = columns.find(({ id, isNameless }) => id === columnId && isNameless !== true)
  const put = (text: string, what: string) => {
    copyText(text)
    say(`${what} copied`)
  }
  return [
    ...(column ? [{ label: 'Copy cell', run: () => put(cellText(column, row), 'Cell') }] : []),
    { label: 'Copy row', keys: 'Ctrl+C', run: () => put(rowsText(columns, [row]), 'Row') },
    { label: 'Copy table', run: () => put(tableText(columns, rows, 'tsv'), 'Table') },
    { label: 'Copy table as CSV', run: () => put(tableText(columns, rows, 'csv'), 'Table') },
  ]
}

/** Answers Ctrl+C with the focused row, unless text is selected or the focus is in a field. */
export function copyRow<Row>(
  event: ClipboardEvent,
  { columns, say }: Copying<Row>,
  row: Row | undefined,
): void {
  const isInField = event.target instanceof Element && event.target.closest('input, textarea') !== null
  if (row === undefined || isInField || getSelection()?.isCollapsed === false) return
  event.clipboardData.setData('text/plain', rowsText(columns, [row]))
  event.preventDefault()
  say('Row copied')
}
