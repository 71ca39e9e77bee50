import { Decimal } from 'decimal.js'
import type { Difference } from '#shared/trading/account'
import type { Account, Order, Position } from '#alpaca'
import { isClosed, stateOf, type Books } from '../state/index.ts'
import { stockOf, termsOf } from './exchange-order.ts'

/** What the exchange says it holds, at one moment. */
export interface ExchangeFacts {
  readonly account: Account
  readonly positions: readonly Position[]
  /** Those that are open. */
  readonly orders: readonly Order[]
}

/** Averages are rounded somewhere on the way, so cash may differ by so much without a cause, US dollars. */
const CASH_TOLERANCE = new Decimal('0.05')

/** Everything that the books and the exchange tell differently: orders, positions, cash. Stocks alone are compared. */
export const differencesOf = (books: Books, facts: ExchangeFacts): readonly Difference[] => [
  ...orderDifferences(books, facts.orders),
  ...positionDifferences(books, facts.positions),
  ...cashDifference(books, facts.account),
]

function orderDifferences(books: Books, theirs: readonly Order[]): readonly Difference[] {
  const open = new Map(theirs.filter(termsOf).map((order) => [order.clientOrderId, order]))
  const ours = [...books.orders.values()].filter(
    (order) => !isClosed(order) && order.exchangeId !== undefined,
  )
  const gone = ours
    .filter(({ id }) => !open.has(id))
    .map((order): Difference => ({ what: 'order', of: order.id, ours: stateOf(order), theirs: 'not open' }))
  const strange = [...open.values()]
    .filter(({ clientOrderId }) => isClosedOrUnknown(books, clientOrderId))
    .map(({ clientOrderId, status }): Difference => {
      const known = books.orders.get(clientOrderId)
      return { what: 'order', of: clientOrderId, ours: known ? stateOf(known) : 'not known', theirs: status }
    })
  return [...gone, ...strange]
}

const isClosedOrUnknown = (books: Books, id: string): boolean => {
  const order = books.orders.get(id)
  return order === undefined || isClosed(order)
}

function positionDifferences(books: Books, theirs: readonly Position[]): readonly Difference[] {
  const stocks = theirs.filter((position) => stockOf(position) !== undefined)
  const their = new Map(stocks.map(({ symbol, qty }) => [symbol, qty]))
  const symbols = new Set<string>([...books.holdings.keys(), ...their.keys()])
  return [...symbols].sort().flatMap((symbol): readonly Difference[] => {
    const ours = [...books.holdings.values()].find((holding) => holding.symbol === symbol)?.quantity
    const [one, other] = [ours ?? new Decimal(0), their.get(symbol) ?? new Decimal(0)]
    return one.eq(other)
      ? []
      : [{ what: 'position', of: symbol, ours: one.toFixed(), theirs: other.toFixed() }]
  })
}

function cashDifference(books: Books, { cash }: Account): readonly Difference[] {
  if (cash === undefined || books.cash === undefined) return []
  if (cash.minus(books.cash).abs().lte(CASH_TOLERANCE)) return []
  return [
    {
      what: 'cash',
      of: 'USD',
      ours: books.cash.toDecimalPlaces(2).toFixed(2),
      theirs: cash.toDecimalPlaces(2).toFixed(2),
    },
  ]
}
