import { expect, test } from 'vitest'
import { columnsThatFit } from './column-fit.ts'

const columns = [
  { id: 'symbol', width: 80, rank: 0 },
  { id: 'price', width: 150, rank: 0 },
  { id: 'bar', width: 300, rank: 9 },
  { id: 'bid', width: 80, rank: 3 },
]
const ids = (width: number) => columnsThatFit(columns, width).map(({ id }) => id)

test('a wide window shows every column in the chosen order', () => {
  expect(ids(610)).toEqual(['symbol', 'price', 'bar', 'bid'])
})

test('a narrow window drops the least important column first', () => {
  expect(ids(609)).toEqual(['symbol', 'price', 'bid'])
  expect(ids(309)).toEqual(['symbol', 'price'])
})

test('symbol and price stay however narrow it gets', () => {
  expect(ids(10)).toEqual(['symbol', 'price'])
})
