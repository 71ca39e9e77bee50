import { Decimal } from 'decimal.js'
import type { Difference } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import type { Account, Order, Position } from '#alpaca'
import { stateOf, type AccountState } from '../state/index.ts'
import { stockOf, termsOf } from './exchange-order.ts'

/** The exchange's account, positions and open orders at one moment. */
export interface ExchangeHoldings {
  readonly account: Account
  readonly positions: readonly Position[]
  /** Open orders only. */
  readonly orders: readonly Order[]
}

/** How far cash may differ without a cause, in US dollars: average prices get rounded along the way. */
const CASH_TOLERANCE = new Decimal('0.05')

/** All differences between the account state and the exchange: orders, positions, cash. Only stocks are compared. */
export const differencesOf = (
  accountState: AccountState,
  holdings: ExchangeHoldings,
): readonly Difference[] => [
  ...orderDifferences(accountState, holdings.orders),
  ...positionDifferences(accountState, holdings.positions),
  ...cashDifference(accountState, holdings.account),
]

function orderDifferences(accountState: AccountState, theirs: readonly Order[]): readonly Difference[] {
  const open = new Map(theirs.filter(termsOf).map((order) => [order.clientOrderId, order]))
  const ours = [...accountState.orders.values()].filter(
    (order) => !isClosed(order) && order.exchangeId !== undefined,
  )
  const gone = ours
    .filter(({ id }) => !open.has(id))
    .map((order): Difference => ({ what: 'order', of: order.id, ours: stateOf(order), theirs: 'not open' }))
  const strange = [...open.values()]
    .filter(({ clientOrderId }) => isClosedOrUnknown(accountState, clientOrderId))
    .map(({ clientOrderId, status }): Difference => {
      const known = accountState.orders.get(clientOrderId)
      return { what: 'order', of: clientOrderId, ours: known ? stateOf(known) : 'not known', theirs: status }
    })
  return [...gone, ...strange]
}

const isClosedOrUnknown = (accountState: AccountState, id: string): boolean => {
  const order = accountState.orders.get(id)
  return order === undefined || isClosed(order)
}

function positionDifferences(accountState: AccountState, theirs: readonly Position[]): readonly Difference[] {
  const stocks = theirs.filter((position) => stockOf(position) !== undefined)
  const their = new Map(stocks.map(({ symbol, qty }) => [symbol, qty]))
  const symbols = new Set<string>([...accountState.holdings.keys(), ...their.keys()])
  return [...symbols].sort().flatMap((symbol): readonly Difference[] => {
    const ours = [...accountState.holdings.values()].find((holding) => holding.symbol === symbol)?.quantity
    const [one, other] = [ours ?? new Decimal(0), their.get(symbol) ?? new Decimal(0)]
    return one.eq(other)
      ? []
      : [{ what: 'position', of: symbol, ours: one.toFixed(), theirs: other.toFixed() }]
  })
}

function cashDifference(accountState: AccountState, { cash }: Account): readonly Difference[] {
  if (cash === undefined || accountState.cash === undefined) return []
  if (cash.minus(accountState.cash).abs().lte(CASH_TOLERANCE)) return []
  return [
    {
      what: 'cash',
      of: 'USD',
      ours: accountState.cash.toDecimalPlaces(2).toFixed(2),
      theirs: cash.toDecimalPlaces(2).toFixed(2),
    },
  ]
}
