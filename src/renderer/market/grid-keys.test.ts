import { expect, test } from 'vitest'
import { nextPlace } from './grid-keys.ts'

const shape = { rows: ['AAPL', 'AMD', 'TSLA'], columns: ['symbol', 'price', 'bid'], page: 2 } as const
const press = (key: string, row: string, column: string, ctrlKey = false) =>
  nextPlace<string, string>({ key, ctrlKey, altKey: false }, { row, column }, shape)

test('arrows move through the grid and stop at its edges', () => {
  expect(press('ArrowDown', 'AAPL', 'price')).toEqual({ row: 'AMD', column: 'price' })
  expect(press('ArrowDown', 'TSLA', 'price')).toEqual({ row: 'TSLA', column: 'price' })
  expect(press('ArrowRight', 'AAPL', 'bid')).toEqual({ row: 'AAPL', column: 'bid' })
  expect(press('ArrowLeft', 'AAPL', 'symbol')).toEqual({ row: 'AAPL', column: 'symbol' })
})

test('the column headers are above the first row', () => {
  expect(press('ArrowUp', 'AAPL', 'price')).toEqual({ row: 'header', column: 'price' })
  expect(press('ArrowDown', 'header', 'price')).toEqual({ row: 'AAPL', column: 'price' })
})

test('Home and End move along the row, with Ctrl to the corners; page keys stop at the first row', () => {
  expect(press('End', 'AMD', 'symbol')).toEqual({ row: 'AMD', column: 'bid' })
  expect(press('Home', 'TSLA', 'bid', true)).toEqual({ row: 'AAPL', column: 'symbol' })
  expect(press('End', 'AAPL', 'symbol', true)).toEqual({ row: 'TSLA', column: 'bid' })
  expect(press('PageUp', 'AMD', 'bid')).toEqual({ row: 'AAPL', column: 'bid' })
  expect(press('PageDown', 'AAPL', 'bid')).toEqual({ row: 'TSLA', column: 'bid' })
})

test('other keys leave the focus alone', () => {
  expect(press('x', 'AMD', 'bid')).toBeUndefined()
})
