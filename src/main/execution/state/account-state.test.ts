import { expect, test } from 'vitest'
import {
  acceptedAs,
  asked,
  EventWriter,
  filledBy,
  openedBooks,
  plain,
  PREFIX,
} from '../../../../tests/support/booked.ts'
import { AAPL, NOW, p, q, s } from '../../../../tests/support/risk-context.ts'
import { Books } from './account-state.ts'
import type { OrderEvent } from './event.ts'

test('a fill moves the position, the cash and the list of fills', () => {
  const { books, writer } = openedBooks()
  const [, , filled] = writer.write(
    books,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderPartiallyFilled', '4', '99'),
  )
  expect(filled?.fill).toMatchObject({ orderId: 'order-1', quantity: '4', price: '99' })
  expect(books.holdings.get(AAPL)?.quantity.toFixed()).toBe('4')
  expect(books.cash?.toFixed()).toBe('604')
})

test('an execution that is told again moves nothing', () => {
  const { books, writer } = openedBooks()
  const again = filledBy('OrderPartiallyFilled', '4', '99')
  writer.write(books, 'order:order-1', asked(), acceptedAs('exchange-1'), again, again)
  expect(books.holdings.get(AAPL)?.quantity.toFixed()).toBe('4')
  expect(books.cash?.toFixed()).toBe('604')
  expect(books.fills).toHaveLength(1)
})

test('an order is found by the exchange’s id, and its exits by their entry', () => {
  const { books, writer } = openedBooks()
  const legs = [{ id: 'target', leg: 'take-profit' as const }]
  writer.write(books, 'order:order-1', asked(), acceptedAs('exchange-1', legs))
  expect(books.idOf('exchange-1')).toBe('order-1')
  expect(books.legOf('target')).toEqual({ parentId: 'order-1', leg: 'take-profit' })
})

test('the order that took another’s place is named also where it becomes known later', () => {
  const { books, writer } = openedBooks()
  writer.write(
    books,
    'order:old',
    asked(),
    acceptedAs('exchange-1'),
    { type: 'OrderReplaceRequested', payload: { version: 1 } },
    { type: 'OrderReplaced', payload: { version: 1 } },
  )
  writer.write(books, 'order:new', asked({}, 'old'), acceptedAs('exchange-2'))
  expect(books.orders.get('old')).toMatchObject({ state: 'replaced', replacedBy: 'new' })
})

test('the same of an order that another program replaced', () => {
  const { books, writer } = openedBooks()
  const seen = (exchangeId: string, replaces?: string): OrderEvent => ({
    type: 'OrderSeen',
    payload: {
      version: 1,
      terms: {
        symbol: AAPL,
        side: 'buy',
        type: 'market',
        timeInForce: 'day',
        orderClass: 'simple',
        extendedHours: false,
      },
      exchangeId,
      submittedAt: NOW,
      filledBefore: q('0'),
      ...(replaces && { replaces }),
    },
  })
  writer.write(books, 'order:old', seen('exchange-1'), { type: 'OrderReplaced', payload: { version: 1 } })
  writer.write(books, 'order:new', seen('exchange-2', 'old'))
  expect(books.orders.get('old')).toMatchObject({ replacedBy: 'new' })
  const other = openedBooks()
  other.writer.write(other.books, 'order:old', seen('exchange-1'))
  other.writer.write(other.books, 'order:new', seen('exchange-2', 'old'))
  const [last] = other.writer.write(other.books, 'order:old', {
    type: 'OrderReplaced',
    payload: { version: 1 },
  })
  expect(last?.order).toMatchObject({ replacedBy: 'new' })
})

test('a changed exit is an exit of the same entry, also where the entry’s exits become known later', () => {
  const { books, writer } = openedBooks()
  writer.write(books, 'order:entry', asked(), acceptedAs('exchange-1'))
  writer.write(books, 'order:changed', asked({}, 'stop'), acceptedAs('exchange-3'))
  writer.write(books, 'order:entry', acceptedAs('exchange-1', [{ id: 'stop', leg: 'stop-loss' }]))
  expect(books.legOf('changed')).toEqual({ parentId: 'entry', leg: 'stop-loss' })
})

test('exits follow the entry that took another’s place, whatever is told of the old one afterwards', () => {
  const { books, writer } = openedBooks()
  const legs = [{ id: 'stop', leg: 'stop-loss' as const }]
  writer.write(books, 'order:old', asked(), acceptedAs('exchange-1', legs))
  writer.write(books, 'order:new', asked({}, 'old'), acceptedAs('exchange-2', legs))
  writer.write(books, 'order:old', { type: 'OrderReplaced', payload: { version: 1, replacedBy: 'new' } })
  expect(books.legOf('stop')).toEqual({ parentId: 'new', leg: 'stop-loss' })
})

test('an order goes on when the one that was to take its place never came to be', () => {
  const { books, writer } = openedBooks()
  writer.write(books, 'order:old', asked(), acceptedAs('exchange-1'), {
    type: 'OrderReplaceRequested',
    payload: { version: 1, replacedBy: 'new' },
  })
  writer.write(books, 'order:new', asked({}, 'old'), {
    type: 'OrderRejected',
    payload: { version: 1, reason: 'why' },
  })
  expect(books.orders.get('old')?.replaceRequestedAt).toBeUndefined()
})

test('another account begins with nothing of the one before, but keeps the limits', () => {
  const { books, writer } = openedBooks()
  writer.write(
    books,
    'order:order-1',
    asked(),
    acceptedAs('exchange-1'),
    filledBy('OrderFilled', '10', '100'),
  )
  writer.write(books, 'risk', {
    type: 'RiskLimitChanged',
    payload: { version: 1, limit: 'mostShares', before: 10_000, after: 500 },
  })
  const position = { symbol: AAPL, quantity: s('-3'), averagePrice: p('50') }
  const payload = {
    version: 1 as const,
    accountId: 'other',
    endsWith: '0001',
    cash: s('5'),
    positions: [position],
    filledBefore: [],
  }
  writer.write(books, 'account', { type: 'AccountOpened', payload })
  expect(books.orders.size).toBe(0)
  expect(books.fills).toEqual([])
  expect(books.idOf('exchange-1')).toBeUndefined()
  expect(books.holdings.get(AAPL)?.quantity.toFixed()).toBe('-3')
  expect(books.risk.limits.mostShares).toBe(500)
})

test('what no fill explains is taken over from the exchange', () => {
  const { books, writer } = openedBooks()
  const position = { symbol: AAPL, before: s('0'), quantity: s('20'), averagePrice: p('5') }
  writer.write(
    books,
    'account',
    { type: 'PositionAdjusted', payload: { version: 1, ...position } },
    { type: 'CashAdjusted', payload: { version: 1, before: s('1000'), cash: s('900.5') } },
  )
  expect(books.holdings.get(AAPL)?.quantity.toFixed()).toBe('20')
  expect(books.cash?.toFixed()).toBe('900.5')
})

test('a comparison is remembered, however many other events come after it', () => {
  const { books, writer } = openedBooks()
  expect(books.comparedAt).toBeUndefined()
  writer.write(books, 'account', {
    type: 'Reconciled',
    payload: { version: 1, cause: 'start', differences: [] },
  })
  const { comparedAt } = books
  expect(comparedAt).toBeGreaterThan(NOW)
  writer.write(books, 'order:order-1', asked(), plain('OrderCanceled'))
  expect(books.comparedAt).toBe(comparedAt)
})

test('the halt holds from the first time it was asked for until it is released', () => {
  const [books, writer] = [new Books(PREFIX), new EventWriter()]
  const [halt, release] = [
    { type: 'KillSwitchEngaged', payload: { version: 1 } },
    { type: 'KillSwitchReleased', payload: { version: 1 } },
  ] as const
  writer.write(books, 'risk', halt)
  const since = books.risk.haltedSince
  writer.write(books, 'risk', halt)
  expect(books.risk.haltedSince).toBe(since)
  writer.write(books, 'risk', release)
  expect(books.risk.haltedSince).toBeUndefined()
})

test('an event of a newer Signal is gone without, and the next one of its stream still fits', () => {
  const { books, writer } = openedBooks()
  writer.write(books, 'order:order-1', asked())
  const strange = { type: 'OrderTeleported', payload: { version: 7 } }
  const place = { id: 99, stream: `${PREFIX}order:order-1`, version: 2, at: NOW }
  expect(books.apply({ ...place, ...strange })).toBeUndefined()
  expect(books.unread).toBe(1)
  expect(books.versionOf('order:order-1')).toBe(2)
})

test('of many closed orders the last thousand stay at hand, and all that are open', () => {
  const { books, writer } = openedBooks()
  writer.write(books, 'order:open', asked(), acceptedAs('exchange-open'))
  for (let nth = 0; nth < 2_100; nth++)
    writer.write(books, `order:${nth}`, asked(), acceptedAs(`exchange-${nth}`), plain('OrderCanceled'))
  expect(books.orders.has('open')).toBe(true)
  expect(books.orders.has('2099')).toBe(true)
  expect(books.orders.has('0')).toBe(false)
  expect(books.idOf('exchange-0')).toBeUndefined()
  expect(books.orders.size).toBeLessThan(2_000)
})
