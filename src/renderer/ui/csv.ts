/** A column of a file: its name in the first line, and its text for each row; empty where absent. */
export type CsvColumn<Row> = readonly [name: string, text: (row: Row) => string | undefined]

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/
/** A spreadsheet takes text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** Text that could be a formula is led by an apostrophe, so that no spreadsheet runs it; numbers stay as they are. */
const guarded = (text: string): string => (FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as comma-separated values after RFC 4180: CRLF after each line, names in the first one. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, text]) => guarded(text(row) ?? ''))),
  ]
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}
