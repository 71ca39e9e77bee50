/** A column of a file: its name, for the first line, and its text for each row; empty if absent. */
export type CsvColumn<Row> = readonly [name: string, text: (row: Row) => string | undefined]

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/
/**
 * Text that a spreadsheet may take for a formula, also after spaces and invisible characters that it leaves
 * out. Source: OWASP, CSV Injection.
 */
const FORMULA = /^[\s\p{C}]*[=+\-@]|^[\t\r\n]/u

/**
 * The place before such text inside a cell: in many regions a spreadsheet splits lines at semicolons, and then quotes
 * inside of a line do not count.
 */
const FORMULA_INSIDE = /([;\t\r\n])(?=[\s\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])/gu

/** Some spreadsheets read the full-width and small forms of a sign as the plain one; NFKC makes them plain. */
const isFormula = (text: string): boolean => FORMULA.test(text.normalize('NFKC')) && !PLAIN_NUMBER.test(text)

/**
 * Puts an apostrophe before text that could be a formula, so that no spreadsheet runs it; numbers stay as
 * they are.
 */
const guarded = (text: string): string => (isFormula(text) ? `'${text}` : text).replace(FORMULA_INSIDE, "$1'")

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as comma-separated values per RFC 4180: names in the first line, CRLF after each line. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, text]) => guarded(text(row) ?? ''))),
  ]
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

/** Rows as tab-separated text, which spreadsheets paste into cells: names in the first line. */
export function toTsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const plain = (text: string) => guarded(text.replace(/[\t\r\n]+/g, ' '))
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, text]) => plain(text(row) ?? ''))),
  ]
  return lines.map((cells) => `${cells.join('\t')}\n`).join('')
}
