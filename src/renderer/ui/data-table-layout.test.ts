import { expect, test } from 'vitest'
import { columnsWithRoom, nextRow, templateOf } from './data-table-layout.ts'

const column = (id: string, rank: number) => ({ id, rank, width: 100 })
const columns = [
  column('symbol', 0),
  column('age', 3),
  column('price', 1),
  column('type', 3),
  column('act', 0),
]
const ids = (room: number) => columnsWithRoom(columns, room).map(({ id }) => id)

test('columns are dropped by rank, and among equals the last one first', () => {
  expect(ids(500)).toHaveLength(5)
  expect(ids(499)).toEqual(['symbol', 'age', 'price', 'act'])
  expect(ids(399)).toEqual(['symbol', 'price', 'act'])
})

test('required columns stay, however narrow the table', () => {
  expect(ids(50)).toEqual(['symbol', 'act'])
})

test('all columns are shown before the width is known', () => {
  expect(ids(0)).toHaveLength(5)
})

test('only columns that grow share the remaining width', () => {
  expect(templateOf([{ width: 80, grow: 2 }, { width: 60 }])).toBe('minmax(80px, 2fr) 60px')
})

test('keys move through the rows and stop at both ends', () => {
  expect(nextRow('ArrowDown', 0, 3, 10)).toBe(1)
  expect(nextRow('ArrowDown', 2, 3, 10)).toBe(2)
  expect(nextRow('ArrowUp', 0, 3, 10)).toBe(0)
  expect(nextRow('PageDown', 5, 100, 10)).toBe(15)
  expect(nextRow('PageUp', 5, 100, 10)).toBe(0)
  expect(nextRow('End', 0, 100, 10)).toBe(99)
  expect(nextRow('Home', 50, 100, 10)).toBe(0)
  expect(nextRow('x', 0, 3, 10)).toBeUndefined()
})
