import { expect, test } from 'vitest'
import type { Listing, Order, OrdersRequest } from '#alpaca'
import { reported } from '../../../../tests/support/recorded.ts'
import { NOW } from '../../../../tests/support/risk-context.ts'
import { listOrders } from './list-orders.ts'

const orders = (count: number): readonly Order[] =>
  Array.from({ length: count }, (_, nth) =>
    reported({ id: `exchange-${nth}`, clientOrderId: `order-${nth}`, submittedAt: NOW }),
  )

/** An exchange with these orders, newest first, which it lists in pages of at most 500. */
function exchangeWith(all: readonly Order[], asked: OrdersRequest[] = []) {
  return {
    listOrders: async (request: OrdersRequest = {}): Promise<Listing<Order>> => {
      asked.push(request)
      const start = all.findIndex(({ id }) => id === request.beforeOrderId) + 1
      return { rows: all.slice(start, start + (request.limit ?? 50)), unreadable: [] }
    },
  }
}

test('a list is read to its end, even if thousands of orders were submitted in the same instant', async () => {
  const { rows } = await listOrders(exchangeWith(orders(1_700)), { status: 'all' })
  expect(rows).toHaveLength(1_700)
})

test('a list goes back as far as it is wanted, and to the end of that page', async () => {
  const old = orders(2_000).map((order, nth) => ({ ...order, submittedAt: NOW - nth }))
  const asked: OrdersRequest[] = []
  const { rows } = await listOrders(exchangeWith(old, asked), { status: 'all', since: NOW - 600 })
  expect(rows).toHaveLength(1_000)
  expect(asked.map(({ beforeOrderId }) => beforeOrderId)).toEqual([undefined, 'exchange-499'])
})

test('an exchange that keeps answering the same page is not asked forever, and its list is not taken for whole', async () => {
  const page = orders(500)
  let calls = 0
  const client = {
    listOrders: async () => {
      if (++calls > 10) throw new Error('asked for ever')
      return { rows: page, unreadable: [] }
    },
  }
  await expect(listOrders(client, { status: 'open' })).rejects.toMatchObject({ kind: 'invalid_response' })
})

test('rows that cannot be read are named, and count as part of their page', async () => {
  const row = { of: 'exchange-7', problem: 'filled_qty: is missing' }
  const [first, ...rest] = orders(501)
  const client = {
    listOrders: async ({ beforeOrderId }: OrdersRequest = {}) =>
      beforeOrderId === undefined
        ? { rows: rest.slice(0, 499), unreadable: [row] }
        : { rows: first === undefined ? [] : [first], unreadable: [] },
  }
  const found = await listOrders(client, { status: 'all' })
  expect(found.rows).toHaveLength(500)
  expect(found.unreadable).toEqual([row])
})

test('a list is read to its end also by an exchange that counts the exits within entries as rows of a page', async () => {
  const leg = (nth: number, name: string) =>
    reported({ id: `${name}-${nth}`, clientOrderId: `${name}-${nth}` })
  const brackets = orders(400).map((order, nth) => ({
    ...order,
    legs: [leg(nth, 'target'), leg(nth, 'stop')],
  }))
  const client = {
    listOrders: async ({ beforeOrderId, limit = 50 }: OrdersRequest = {}) => {
      const start = brackets.findIndex(({ id }) => id === beforeOrderId) + 1
      return { rows: brackets.slice(start, start + Math.ceil(limit / 3)), unreadable: [] }
    },
  }
  expect((await listOrders(client, { status: 'all', nested: true })).rows).toHaveLength(400)
})

test('a page of which no row can be read does not end the list', async () => {
  const rows = orders(3)
  const unreadable = Array.from({ length: 500 }, (_, nth) => ({
    of: 'AAPL',
    id: `odd-${nth}`,
    problem: 'qty',
  }))
  const client = {
    listOrders: async ({ beforeOrderId }: OrdersRequest = {}) =>
      beforeOrderId === 'odd-499' ? { rows, unreadable: [] } : { rows: [], unreadable },
  }
  const found = await listOrders(client, { status: 'all' })
  expect(found.rows).toEqual(rows)
  expect(found.unreadable).toHaveLength(500)
})
