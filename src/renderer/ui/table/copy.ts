import { toCsv, toTsv, type CsvColumn } from '../csv.ts'
import type { DataColumn } from './column.ts'

/** What of a column is copied. */
export type TextColumn<Row> = Pick<DataColumn<Row>, 'id' | 'header' | 'isNameless' | 'copyText' | 'sortValue'>

/** A cell as text for the clipboard: numbers as plain digits, so that a spreadsheet reads them. */
export const cellText = <Row>({ copyText, sortValue }: TextColumn<Row>, row: Row): string =>
  copyText ? copyText(row) : String(sortValue?.(row) ?? '')

const textColumns = <Row>(columns: readonly TextColumn<Row>[]): CsvColumn<Row>[] =>
  columns
    .filter(({ isNameless, copyText, sortValue }) => isNameless !== true && (copyText ?? sortValue))
    .map((column) => [column.header, (row) => cellText(column, row)])

/** Rows as tab-separated text, without the line of names. */
export const rowsText = <Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string =>
  toTsv(textColumns(columns), rows).split('\n').slice(1, -1).join('\n')

/** The table as text, its columns' names in the first line. */
export const tableText = <Row>(
  columns: readonly TextColumn<Row>[],
  rows: readonly Row[],
  form: 'tsv' | 'csv',
): string => (form === 'csv' ? toCsv : toTsv)(textColumns(columns), rows)

/**
 * Puts text on the clipboard. Uses the copy command, which needs no permission; Signal grants none.
 */
export function copyText(text: string): void {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  document.addEventListener('copy', put, { capture: true, once: true })
  document.execCommand('copy')
  document.removeEventListener('copy', put, { capture: true })
}
