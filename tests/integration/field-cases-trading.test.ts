import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { quantity, stockSymbol } from '../../src/shared/units.ts'
import { readCase, type FieldExchange } from '../support/field-case.ts'
import { isAgreed, test } from '../support/field-test.ts'

const KLMN = stockSymbol.parse('KLMN')

type WireOrder = { readonly id: string; readonly status: string; readonly legs: readonly WireOrder[] | null }

interface BracketCase {
  readonly answers: {
    readonly 'GET /v2/orders?status=open (nested=false)': readonly WireOrder[]
    readonly 'GET /v2/orders?status=all&nested=true (from the beginning)': readonly WireOrder[]
    readonly 'GET /v2/orders/tp': WireOrder
    readonly 'GET /v2/orders/sl': WireOrder
    readonly 'GET /v2/positions': readonly object[]
    readonly 'POST /v2/orders sell 10 while they stand (403)': object
  }
}

/** The exchange of the case: the exits are open, and stand in no nested list; the stop stands in none at all. */
async function bracketExchange(exchangeThat: typeof FieldExchange.start) {
  const { answers } = readCase<BracketCase>('bracket-exits-not-listed')
  const canceled = new Set<string>()
  const now = (order: WireOrder) => (canceled.size > 0 ? { ...order, status: 'canceled' } : order)
  const [tp, sl] = [answers['GET /v2/orders/tp'], answers['GET /v2/orders/sl']]
  const [entry] = answers['GET /v2/orders?status=all&nested=true (from the beginning)']
  if (entry === undefined) throw new Error('the case has an entry')
  const exchange = await exchangeThat(
    {
      positions: answers['GET /v2/positions'],
      account: { cash: '81000' },
      orders: ({ status, nested, symbols }) => {
        if (status === 'all') return symbols === undefined ? [] : [{ ...entry, legs: [now(tp), now(sl)] }]
        const isFlatList = nested !== 'true' && canceled.size === 0
        return isFlatList ? answers['GET /v2/orders?status=open (nested=false)'] : []
      },
      order: (id) => (id === 'tp' ? now(tp) : id === 'sl' ? now(sl) : entry),
    },
    ['tp', 'sl', 'entry'],
  )
  for (const { id } of [tp, sl])
    exchange.server.answer(`DELETE /v2/orders/${id}`, () => {
      canceled.add(id)
      return { status: 204 }
    })
  exchange.server.answer('POST /v2/orders', ({ body }) =>
    canceled.size === 0
      ? { status: 403, body: answers['POST /v2/orders sell 10 while they stand (403)'] }
      : { body: { ...sl, ...(body as object), id: 'closing', legs: null, status: 'new', stop_price: null } },
  )
  return exchange
}

test('the exits of a bracket that was sent elsewhere are shown after the start, although no list of open orders has both', async ({
  open,
  exchangeThat,
}) => {
  const session = open({ market: await bracketExchange(exchangeThat), mode: 'paper', symbols: ['KLMN'] })
  const { orders, positions } = await session.when(isAgreed)
  expect(
    orders.map(({ exchangeId, leg, state, parentId }) => ({ exchangeId, leg, state, parentId })),
  ).toEqual(
    expect.arrayContaining([
      { exchangeId: 'tp', leg: 'take-profit', state: 'open', parentId: 'phone-1' },
      { exchangeId: 'sl', leg: 'stop-loss', state: 'held', parentId: 'phone-1' },
    ]),
  )
  expect(positions).toMatchObject([{ symbol: 'KLMN', quantity: '10' }])
})

test('such exits are known after a restart too, and closing the position cancels them first, then sells', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const exchange = await bracketExchange(exchangeThat)
  const first = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await first.when(isAgreed)
  await first.close()
  const session = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await session.when(isAgreed)
  expect(session.snapshot().orders.filter(({ state }) => state !== 'filled')).toHaveLength(2)
  const before = exchange.calls.length
  const closing = session.trading.closePosition({ intent: randomUUID(), symbol: KLMN })
  await expect
    .poll(() => {
      clock.skip(250)
      return exchange.calls.slice(before).filter((call) => !call.startsWith('GET'))
    })
    .toEqual(['DELETE /v2/orders/tp', 'DELETE /v2/orders/sl', 'POST /v2/orders'])
  expect(await closing).toMatchObject({ ok: true })
})

test('a refusal of Alpaca that names an order of ours offers to cancel that order', async ({
  open,
  exchangeThat,
}) => {
  const { body } = readCase<{ readonly body: readonly object[] }>('unreadable-position')
  const { order } = readCase<{ readonly order: WireOrder }>('pending-cancel')
  const other = { ...order, status: 'new', symbol: 'QRS' }
  const exchange = await exchangeThat({
    positions: body,
    orders: ({ status }) => (status === 'open' ? [other] : []),
  })
  exchange.server.answer('POST /v2/orders', {
    status: 403,
    body: {
      code: 40310000,
      message: 'insufficient qty available for order (requested: 5, available: 0)',
      available: '0',
      existing_qty: '100',
      held_for_orders: '100',
      related_orders: [order.id],
    },
  })
  const session = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await session.when(isAgreed)
  const part = { intent: randomUUID(), symbol: KLMN, quantity: quantity.parse('5') }
  expect(await session.trading.closePosition(part)).toMatchObject({
    ok: false,
    error: { problems: [{ code: 'QUANTITY_HELD', fix: { kind: 'cancel-order', orderId: 'c' } }] },
  })
})

test('a position that Alpaca reports without its cost is shown and can be closed; its figures are unknown, not nothing', async ({
  open,
  exchangeThat,
}) => {
  const { body } = readCase<{ readonly body: readonly object[] }>('unreadable-position')
  const session = open({
    market: await exchangeThat({ positions: body }),
    mode: 'paper',
    symbols: ['KLMN'],
  })
  const { positions, account } = await session.when(isAgreed)
  expect(positions.map(({ symbol, quantity: held, averagePrice }) => [symbol, held, averagePrice])).toEqual([
    ['KLMN', '100', '100'],
    ['ODDX', '40', undefined],
  ])
  expect(account).toMatchObject({ equity: '100000' })
})

test('a position that cannot be read at all is named, the rest is shown, and the account is never said to agree', async ({
  open,
  exchangeThat,
}) => {
  const { body } = readCase<{ readonly body: readonly object[] }>('unreadable-position')
  const [readable, odd] = body
  const session = open({
    market: await exchangeThat({
      positions: [readable, { ...odd, qty: 'many' }].filter((row) => row !== undefined),
    }),
    mode: 'paper',
    symbols: ['KLMN'],
  })
  const { positions, reconciliation } = await session.when(
    ({ reconciliation: { state } }) => state === 'differs',
  )
  expect(positions.map(({ symbol }) => symbol)).toEqual(['KLMN'])
  expect(reconciliation).toMatchObject({
    hasBegun: true,
    differences: [{ what: 'unreadable', of: 'ODDX', theirs: expect.stringContaining('qty') as string }],
  })
})

test('a flatten whose positions cannot be read afterwards says what it did, not that it did nothing', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const { body } = readCase<{ readonly body: readonly object[] }>('unreadable-position')
  const exchange = await exchangeThat({ positions: body })
  exchange.server.answer('DELETE /v2/orders', { status: 207, body: [] })
  exchange.server.answer('POST /v2/orders', ({ body: sent }) => ({
    body: {
      ...(sent as object),
      id: randomUUID(),
      status: 'new',
      filled_qty: '0',
      created_at: '2026-11-24T15:00:00Z',
    },
  }))
  const session = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await session.when(isAgreed)
  const flat = session.trading.flatten(undefined)
  await expect.poll(() => exchange.calls.filter((call) => call === 'POST /v2/orders').length).toBe(2)
  exchange.server.answer('GET /v2/positions', { status: 500, body: {} })
  let answer: Awaited<typeof flat> | undefined
  void Promise.resolve(flat).then((result) => (answer = result))
  await expect
    .poll(
      () => {
        clock.skip(500)
        return answer
      },
      { timeout: 20_000 },
    )
    .toMatchObject({
      ok: true,
      value: {
        isFlat: false,
        sentence: expect.stringContaining('sent 2 closing orders') as string,
      },
    })
})

test('an order for a coin under its old name is neither an order nor a position of stocks', async ({
  open,
  exchangeThat,
}) => {
  const { order } = readCase<{ readonly order: object }>('coin-order')
  const session = open({
    market: await exchangeThat({ orders: ({ status }) => (status === 'all' ? [order] : []) }),
    mode: 'paper',
    symbols: ['KLMN'],
  })
  const { orders, positions } = await session.when(isAgreed)
  expect({ orders, positions }).toEqual({ orders: [], positions: [] })
  expect(session.events.items.map(({ type }) => type)).not.toContain('PositionAdjusted')
})

test('an order that is done for the day is shown so, and is no difference although no list of open orders has it', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const { order } = readCase<{ readonly order: WireOrder }>('done-for-day')
  const working = { ...order, status: 'new', updated_at: '2026-11-24T15:10:00Z' }
  const exchange = await exchangeThat(
    { orders: ({ status }) => (status === 'open' ? [working] : []), order: () => working },
    ['o'],
  )
  const session = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await session.when(({ orders }) => orders[0]?.state === 'open')
  exchange.answers = { orders: () => [], order: () => order }
  await expect
    .poll(async () => {
      clock.skip(10_000)
      await session.trading.reconcile(undefined)
      return session.snapshot().orders[0]?.state
    })
    .toBe('done-for-day')
  expect(session.snapshot().reconciliation).toMatchObject({ state: 'agreed', differences: [] })
})

test('a cancel that the exchange keeps pending is pending all the time, is sent once, and the order may still fill', async ({
  open,
  exchangeThat,
  clock,
}) => {
  const { order } = readCase<{ readonly order: WireOrder }>('pending-cancel')
  const working = { ...order, status: 'new', updated_at: '2026-11-24T15:10:00Z' }
  let shown: object = working
  const exchange = await exchangeThat(
    { orders: ({ status }) => (status === 'open' ? [shown] : []), order: () => shown },
    ['o'],
  )
  exchange.server.answer('DELETE /v2/orders/o', () => {
    shown = order
    return { status: 204 }
  })
  const session = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await session.when(({ orders }) => orders[0]?.state === 'open')
  await session.trading.cancel('c')
  const states = new Set<string>()
  for (let minutes = 0; minutes < 10; minutes++) {
    for (let seconds = 0; seconds < 60; seconds += 10) {
      clock.skip(10_000)
      await session.trading.reconcile(undefined)
    }
    states.add(session.order('c')?.state ?? 'gone')
  }
  expect([...states]).toEqual(['pending-cancel'])
  const types = session.events.items
    .filter(({ stream }) => stream.endsWith('order:c'))
    .map(({ type }) => type)
  expect(types.filter((type) => type.includes('Cancel'))).toEqual(['OrderCancelRequested'])
  expect(exchange.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1)
  expect(session.order('c')?.pendingSince).toBeLessThan(clock.now() - 60_000)
})
