import { expect, test } from 'vitest'
import { toCsv, toTsv, type CsvColumn } from './csv.ts'

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

test('text that is not a formula stays as it is, even with signs inside or spaces in front', () => {
  for (const text of ['a=b', ' AAPL', 'BRK.B', '5 - 3', 'x@y']) expect(cells({ text })).toBe(`${text},`)
})

test('numbers stay exact, with their minus sign', () => {
  expect(cells({ amount: '-20.123456789' })).toBe(',-20.123456789')
})

test.each([
  '=1+1',
  '+cmd',
  '-2+3',
  '@SUM(A1)',
  '=HYPERLINK("x")',
  '\tx',
  '\rx',
  '\nx',
  ' =1+1',
  '\u00a0 =1+1',
  '\t=1+1',
  '\r\n@SUM(A1)',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u0000=1+1',
  '\uff1d1+1',
  '\uff0bcmd',
  '\uff0d2+3',
  '\uff20SUM(A1)',
  ' \uff1d1+1',
  '\ufe661+1',
  '-1\n=1+1',
  ' -1',
])('text that a spreadsheet would run as a formula gets a leading apostrophe: %s', (text) => {
  expect(cells({ text })).toMatch(/^"?'/)
})

test.each([
  ['x;=1+1', "x;'=1+1"],
  ['x; @SUM(A1)', "x;' @SUM(A1)"],
  ['x\t+cmd', "x\t'+cmd"],
  ['x\n-2+3', `"x\n'-2+3"`],
  ['x;\uff1d1+1', "x;'\uff1d1+1"],
  ['a;b', 'a;b'],
])(
  'a formula behind a sign that a spreadsheet of another region splits at is none either: %j',
  (text, cell) => {
    expect(cells({ text })).toBe(`${cell},`)
  },
)

test('text for pasting has one line a row, its cells parted by tabs', () => {
  expect(toTsv(columns, [{ text: 'one\ttwo\r\nthree', amount: '1' }])).toBe(
    'text\tamount\none two three\t1\n',
  )
})

test('text for pasting holds nothing that a spreadsheet would run, and leaves numbers alone', () => {
  expect(toTsv(columns, [{ text: '=cmd()', amount: '-1.5' }])).toBe("text\tamount\n'=cmd()\t-1.5\n")
})
