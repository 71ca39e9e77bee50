import { expect, test } from 'vitest'
import { COLUMN_IDS } from './column-ids.ts'
import { DEFAULT_PREFERENCES, readPreferences, withMoved } from './preferences.ts'

test('columns come back as the trader left them', () => {
  const kept = { ...DEFAULT_PREFERENCES, hidden: ['bar'], sort: { column: 'change', descending: true } }
  expect(readPreferences(JSON.stringify(kept))).toEqual(kept)
})

test('missing, broken or outdated preferences give the default', () => {
  for (const text of [null, '', '{', '[]', '{"order":["price","nonsense"],"hidden":[]}']) {
    expect(readPreferences(text)).toBe(DEFAULT_PREFERENCES)
  }
})

test('a newly added column appears, and the symbol can be neither hidden nor moved', () => {
  const kept = { order: ['price', 'symbol'], hidden: ['symbol'] }
  const read = readPreferences(JSON.stringify(kept))
  expect(read.order.slice(0, 2)).toEqual(['symbol', 'price'])
  expect(read.order).toHaveLength(COLUMN_IDS.length)
  expect(read.hidden).toEqual([])
})

test('a column moves by one place, never past the symbol or the end', () => {
  const order = ['symbol', 'price', 'bid', 'ask'] as const
  expect(withMoved(order, 'bid', -1)).toEqual(['symbol', 'bid', 'price', 'ask'])
  expect(withMoved(order, 'price', -1)).toEqual(['symbol', 'price', 'bid', 'ask'])
  expect(withMoved(order, 'ask', 1)).toEqual(['symbol', 'price', 'bid', 'ask'])
})
