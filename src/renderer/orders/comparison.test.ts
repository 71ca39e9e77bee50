import { expect, test } from 'vitest'
import { Decimal } from 'decimal.js'
import type { ExchangeView } from '#shared/ipc/contract'
import type { PositionView } from '#shared/trading/account'
import type { OrderView } from '#shared/trading/order'
import { stockSymbol, toPrice, toQuantity, toSignedDecimal } from '#shared/units'
import { compared } from './comparison.ts'

const order: OrderView = {
  id: 'one',
  exchangeId: 'ex-one',
  symbol: stockSymbol.parse('AAPL'),
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: toQuantity(100),
  extendedHours: false,
  state: 'open',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
}
const signed = (shares: number) => toSignedDecimal(new Decimal(shares))
const position = (symbol: string, shares: number): PositionView => ({
  symbol: stockSymbol.parse(symbol),
  quantity: signed(shares),
  averagePrice: toPrice(10),
  exits: [],
})
const theirOrder = { id: 'ex-one', symbol: 'AAPL', status: 'partially_filled', quantity: toQuantity(100) }
const view = (part: Partial<ExchangeView>): ExchangeView => ({
  orders: [],
  positions: [],
  reconciliation: { state: 'agreed', hasBegun: true, at: 0, differences: [] },
  ...part,
})
const verdicts = (ours: Parameters<typeof compared>[0], theirs: ExchangeView) =>
  compared(ours, theirs).map(({ what, name, differs }) => `${what} ${name} ${differs ? 'differs' : 'same'}`)

test('an order is found by either of its ids, and equal fills are no difference', () => {
  const filled = { ...order, filledQuantity: toQuantity(40) }
  const theirs = { ...theirOrder, filledQuantity: toQuantity(40) }
  for (const id of ['one', 'ex-one']) {
    expect(compared({ orders: [filled], positions: [] }, view({ orders: [{ ...theirs, id }] }))).toEqual([
      {
        key: 'order one',
        what: 'Order',
        name: 'Buy AAPL',
        ours: 'Working, 40 of 100 filled',
        theirs: 'partially filled, 40 of 100 filled',
        differs: false,
      },
    ])
  }
})

test('a fill that Signal has not received is a difference', () => {
  const theirs = { ...theirOrder, filledQuantity: toQuantity(40) }
  expect(verdicts({ orders: [order], positions: [] }, view({ orders: [theirs] }))).toEqual([
    'Order Buy AAPL differs',
  ])
})

test('an order or position that only one side has is a difference, even if we think the order is closed', () => {
  const theirs = { ...theirOrder, filledQuantity: toQuantity(0) }
  expect(verdicts({ orders: [order], positions: [] }, view({}))).toEqual(['Order Buy AAPL differs'])
  expect(verdicts({ orders: [], positions: [] }, view({ orders: [theirs] }))).toEqual(['Order AAPL differs'])
  const over = { ...order, state: 'canceled' as const }
  expect(verdicts({ orders: [over], positions: [] }, view({ orders: [theirs] }))).toEqual([
    'Order Buy AAPL differs',
  ])
  expect(verdicts({ orders: [over], positions: [] }, view({}))).toEqual([])
})

test('positions are compared by symbol, cash by the reconciliation, and differences come first', () => {
  const theirs = view({
    positions: [
      { symbol: 'AAPL', quantity: signed(100), averagePrice: toPrice(10) },
      { symbol: 'TSLA', quantity: signed(-20), averagePrice: toPrice(10) },
    ],
    reconciliation: {
      state: 'differs',
      hasBegun: true,
      at: 0,
      differences: [{ what: 'cash', of: 'USD', ours: '100.00', theirs: '99.00' }],
    },
  })
  expect(verdicts({ orders: [], positions: [position('AAPL', 100), position('TSLA', -30)] }, theirs)).toEqual(
    ['Position TSLA differs', 'Cash USD differs', 'Position AAPL same'],
  )
})

test('a position whose row at the exchange cannot be read is not said to be unknown there', () => {
  const differences = [
    { what: 'unreadable' as const, of: 'AAPL', ours: 'not read', theirs: 'qty: is no number' },
  ]
  const theirs = view({ reconciliation: { state: 'differs', hasBegun: true, at: 0, differences } })
  const [line] = compared({ orders: [], positions: [position('AAPL', 10)] }, theirs)
  expect(line).toMatchObject({ what: 'Position', name: 'AAPL', theirs: 'unreadable', differs: true })
})
