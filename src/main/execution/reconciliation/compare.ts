import { Decimal } from 'decimal.js'
import type { Difference } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import type { Account, Order, Position, UnreadableRow } from '#alpaca'
import { stateOf, type AccountState, type Holding } from '../state/index.ts'
import type { ExchangeSnapshot, UnreadableRowOf } from './exchange-snapshot.ts'
import { isUnshown, PRICE_TOLERANCE, stockOf, termsOf } from './exchange-order.ts'

/** How far cash may differ without a cause, in US dollars: average prices get rounded along the way. */
const CASH_TOLERANCE = new Decimal('0.05')

/**
 * All differences between the account state and the exchange: orders, positions with what they cost, cash, and rows that
 * cannot be read. Only stocks are compared, and nothing is said to be gone that such a row may be.
 */
export const differencesOf = (
  accountState: AccountState,
  { open, positions, account, unreadable }: Omit<ExchangeSnapshot, 'others' | 'vanished' | 'exchangeAt'>,
): readonly Difference[] => [
  ...[...unreadable, ...open.filter(isUnshown).map(unshownRow)].map(unreadableDifference),
  ...orderDifferences(accountState, open, unreadable),
  ...positionDifferences(accountState, positions, unreadable),
  ...cashDifference(accountState, account),
]

const unshownRow = ({ symbol }: Order): UnreadableRow => ({
  of: symbol,
  problem: 'an open order that Signal can’t show',
})

const unreadableDifference = ({ of, problem }: UnreadableRow): Difference => ({
  what: 'unreadable',
  of,
  ours: 'not read',
  theirs: problem,
})

function orderDifferences(
  accountState: AccountState,
  theirs: readonly Order[],
  unreadable: readonly UnreadableRowOf[],
): readonly Difference[] {
  const unknown = new Set(unreadable.filter(({ list }) => list === 'orders').map(({ id }) => id))
  const open = new Map(theirs.filter(termsOf).map((order) => [order.clientOrderId, order]))
  const ours = accountState.openOrders.filter(
    ({ exchangeId }) => exchangeId !== undefined && !unknown.has(exchangeId),
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

function positionDifferences(
  accountState: AccountState,
  theirs: readonly Position[],
  unreadable: readonly UnreadableRowOf[],
): readonly Difference[] {
  const unknown = unreadable.filter(({ list }) => list === 'positions').map(({ symbol }) => symbol)
  const mayBeUnknown = (symbol: string) =>
    !their.has(symbol) && (unknown.includes(symbol) || unknown.includes(undefined))
  const their = new Map<string, Position>(
    theirs.filter(stockOf).map((position) => [position.symbol, position]),
  )
  const ours = new Map<string, Holding>(accountState.holdings)
  const symbols = new Set([...ours.keys(), ...their.keys()])
  return [...symbols]
    .filter((symbol) => !mayBeUnknown(symbol))
    .sort()
    .flatMap((symbol) => positionDifference(symbol, ours.get(symbol), their.get(symbol)))
}

function positionDifference(
  symbol: string,
  ours: Holding | undefined,
  theirs: Position | undefined,
): readonly Difference[] {
  const [one, other] = [ours?.quantity ?? new Decimal(0), theirs?.qty ?? new Decimal(0)]
  if (!one.eq(other)) return [{ what: 'position', of: symbol, ours: one.toFixed(), theirs: other.toFixed() }]
  const [cost, theirCost] = [ours?.averagePrice, theirs?.avgEntryPrice]
  const isSame =
    cost !== undefined && theirCost !== undefined && theirCost.minus(cost).abs().lte(PRICE_TOLERANCE)
  if (one.isZero() || theirCost === undefined || isSame) return []
  return [{ what: 'average-price', of: symbol, ours: averageText(cost), theirs: averageText(theirCost) }]
}

const averageText = (average: Decimal | undefined): string =>
  average?.toDecimalPlaces(4).toFixed() ?? 'unknown'

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
