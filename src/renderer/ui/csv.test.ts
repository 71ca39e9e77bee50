import { expect, test } from 'vitest'
import { toCsv, type CsvColumn } from './csv.ts'

interface CsvLine {
  readonly text?: string
  readonly amount?: string
}
const columns: readonly CsvColumn<CsvLine>[] = [
  ['text', ({ text }) => text],
  ['amount', ({ amount }) => amount],
]
const cells = (line: CsvLine) => toCsv(columns, [line]).split('\r\n')[1]

test('a file has the column names in its first line, and every line ends with CR LF', () => {
  expect(toCsv(columns, [{ text: 'one', amount: '1' }])).toBe('text,amount\r\none,1\r\n')
  expect(toCsv(columns, [])).toBe('text,amount\r\n')
})

test('fields with commas, quotes or line breaks are quoted', () => {
  expect(cells({ text: 'a "b", c' })).toBe('"a ""b"", c",')
  expect(toCsv(columns, [{ text: 'a\nb' }])).toBe('text,amount\r\n"a\nb",\r\n')
})

test('numbers stay exact, with their minus sign', () => {
  expect(cells({ amount: '-20.123456789' })).toBe(',-20.123456789')
})

test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx', '=HYPERLINK("x")'])(
  'text that a spreadsheet would run as a formula gets a leading apostrophe: %s',
  (text) => {
    expect(cells({ text })).toMatch(/^"?'/)
  },
)
