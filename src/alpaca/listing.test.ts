import { expect, test } from 'vitest'
import { position } from './account.ts'
import { listing } from './listing.ts'
import { bulkResults, order } from './orders.ts'

const row = { asset_id: 'x', symbol: 'KLMN', side: 'long', qty: '100', avg_entry_price: '100' }

test('one bad row of a list costs that row alone, and is named with the field that is wrong', () => {
  const { rows, unreadable } = listing(position).parse([
    row,
    { ...row, symbol: 'ODDX', qty: 'many' },
    { id: 'by-its-id' },
    'nonsense',
  ])
  expect(rows.map(({ symbol }) => symbol)).toEqual(['KLMN'])
  expect(unreadable).toMatchObject([
    { of: 'ODDX', problem: expect.stringMatching(/^qty: /) as string },
    { of: 'by-its-id', problem: expect.stringMatching(/^asset_id: /) as string },
    { of: 'row 4', problem: expect.stringMatching(/^the row: /) as string },
  ])
})

test('a bad row’s long name is cut, and a body that is not a list is an error', () => {
  const [named] = listing(position).parse([{ symbol: 'X'.repeat(1_000) }]).unreadable
  expect(named?.of).toHaveLength(60)
  expect(listing(position).safeParse({ message: 'no list' }).success).toBe(false)
})

test('a position may lack what it cost', () => {
  const [read] = listing(position).parse([{ ...row, avg_entry_price: null }]).rows
  expect(read).toMatchObject({ symbol: 'KLMN', avgEntryPrice: undefined })
})

test('a result of a bulk call that cannot be read counts as a failure of that item', () => {
  const [good, bad] = bulkResults.parse([
    { id: 'one', status: 200 },
    { id: 'two', status: 'fine' },
  ])
  expect(good).toMatchObject({ of: 'one', message: undefined })
  expect(bad).toMatchObject({ of: 'two', message: 'The result cannot be read' })
})

test('an order says of which asset class it is, if Alpaca does', () => {
  const wire = { id: 'o', client_order_id: 'c', status: 'new', time_in_force: 'day', filled_qty: '0' }
  expect(order.parse({ ...wire, asset_class: 'crypto' })).toMatchObject({ assetClass: 'crypto' })
  expect(order.parse(wire).assetClass).toBeUndefined()
})
