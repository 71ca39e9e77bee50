import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, openedBooks, plain, PREFIX } from '../../../../tests/support/booked.ts'
import { Books } from './account-state.ts'
import { readSnapshot, toSnapshot } from './snapshot.ts'

function traded() {
  const { books, writer } = openedBooks()
  const legs = [{ id: 'target', leg: 'take-profit' as const }]
  writer.write(
    books,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1', legs),
    filledBy('OrderFilled', '10', '99.5'),
  )
  writer.write(books, 'order:order-2', asked(), acceptedAs('exchange-2'), {
    type: 'OrderCancelRequested',
    payload: { version: 1, by: 'signal' },
  })
  writer.write(books, 'account', {
    type: 'Reconciled',
    payload: { version: 1, cause: 'start', differences: [] },
  })
  return { books, writer }
}

const written = (books: Books) => toSnapshot({ lastId: 9, lastHash: 'hash', state: books.toState() })

test('books that were kept are the same when they are read, and go on alike', () => {
  const { books, writer } = traded()
  const read = readSnapshot(written(books))
  expect(read).toMatchObject({ lastId: 9, lastHash: 'hash' })
  const other = new Books(PREFIX, read?.state)
  expect(JSON.parse(written(other))).toEqual(JSON.parse(written(books)))
  const { comparedAt, cash, account } = other
  expect({ comparedAt, account, cash: cash?.toFixed() }).toEqual({
    comparedAt: books.comparedAt,
    account: books.account,
    cash: '5',
  })
  writer.write(books, 'order:order-2', plain('OrderCanceled'))
  expect(other.orders.get('order-2')).toMatchObject({ state: 'accepted' })
  expect(other.idOf('exchange-2')).toBe('order-2')
  expect(other.legOf('target')).toEqual({ parentId: 'order-1', leg: 'take-profit' })
})

test('books that have not begun are kept too', () => {
  const read = readSnapshot(written(new Books(PREFIX)))
  expect(read?.state.account).toBeUndefined()
  expect(read?.state.orders).toEqual([])
})

test('what is no snapshot, or one of another format, is not read', () => {
  const { books } = traded()
  expect(readSnapshot('{')).toBeUndefined()
  expect(readSnapshot('{}')).toBeUndefined()
  expect(readSnapshot(written(books).replace(/"format":\d+/, '"format":0'))).toBeUndefined()
})
