import { expect, test } from 'vitest'
import { cellText, rowsText, tableText } from './copy.ts'

interface Quoted {
  readonly name: string
  readonly price?: string
}
const columns = [
  { id: 'name', header: 'Name', sortValue: ({ name }: Quoted) => name },
  { id: 'price', header: 'Price', copyText: ({ price = '' }: Quoted) => price },
  { id: 'drawing', header: 'Drawing' },
  { id: 'actions', header: 'Actions', isNameless: true as const, sortValue: () => 1 },
]
const lines: readonly Quoted[] = [{ name: 'AAPL', price: '-1.50' }, { name: 'TSLA' }]

test('a row is copied as the columns that have text, unknown values empty', () => {
  expect(rowsText(columns, lines)).toBe('AAPL\t-1.50\nTSLA\t')
})

test('a table is copied with the names of its columns', () => {
  expect(tableText(columns, lines, 'tsv')).toBe('Name\tPrice\nAAPL\t-1.50\nTSLA\t\n')
  expect(tableText(columns, lines, 'csv')).toBe('Name,Price\r\nAAPL,-1.50\r\nTSLA,\r\n')
})

test('a cell is copied as what its column copies, else what it sorts by', () => {
  expect(columns.map((column) => lines[0] && cellText(column, lines[0]))).toEqual(['AAPL', '-1.50', '', '1'])
})
