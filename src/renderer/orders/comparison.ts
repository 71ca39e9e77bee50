import { Decimal } from 'decimal.js'
import { formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { ExchangeView } from '#shared/ipc/contract'
import type { PositionView } from '#shared/trading/account'
import { sideName } from '#shared/trading/describe-order'
import { isClosed, type OrderView } from '#shared/trading/order'
import { STATE_WORDS } from './describe-state.ts'

/**
 * An order, position or cash balance in our account state and at the exchange; absent on the side that does
 * not have it.
 */
export interface ComparedLine {
  readonly key: string
  readonly what: 'Order' | 'Position' | 'Cash' | 'Row'
  readonly name: string
  readonly ours?: string
  readonly theirs?: string
  readonly differs: boolean
}

type TheirOrder = ExchangeView['orders'][number]

const filledOf = (filled: string, quantity: string | undefined) =>
  quantity === undefined
    ? `${formatShares(filled)} filled`
    : `${formatShares(filled)} of ${formatShares(quantity)} filled`

const ourOrder = (order: OrderView) =>
  `${STATE_WORDS[order.state].text}, ${filledOf(order.filledQuantity, order.quantity)}`
const theirOrder = ({ status, filledQuantity, quantity }: TheirOrder) =>
  `${status.replaceAll('_', ' ')}, ${filledOf(filledQuantity, quantity)}`
const ourPosition = ({ quantity, averagePrice }: { quantity: string; averagePrice?: string }) =>
  averagePrice === undefined
    ? formatShares(quantity)
    : `${formatShares(quantity)} at ${formatDecimal(new Decimal(averagePrice).toDecimalPlaces(4).toFixed(), 2)}`

const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined ? one === other : new Decimal(one).eq(other)

/** Whether both are the same order: the exchange may report either of its ids. */
const isOrder = (order: OrderView, { id }: TheirOrder) => order.id === id || order.exchangeId === id

function comparedOrders(ours: readonly OrderView[], theirs: readonly TheirOrder[]): readonly ComparedLine[] {
  const known = ours
    .filter((order) => !isClosed(order) || theirs.some((their) => isOrder(order, their)))
    .map((order): ComparedLine => {
      const their = theirs.find((one) => isOrder(order, one))
      const differs =
        !their ||
        isClosed(order) ||
        !isSame(order.filledQuantity, their.filledQuantity) ||
        !isSame(order.quantity, their.quantity)
      return {
        key: `order ${order.id}`,
        what: 'Order',
        name: `${sideName(order.side)} ${order.symbol}`,
        ours: ourOrder(order),
        ...(their && { theirs: theirOrder(their) }),
        differs,
      }
    })
  const strange = theirs
    .filter((their) => !ours.some((order) => isOrder(order, their)))
    .map((their): ComparedLine => ({
      key: `order ${their.id}`,
      what: 'Order',
      name: their.symbol,
      theirs: theirOrder(their),
      differs: true,
    }))
  return [...known, ...strange]
}

function comparedPositions(
  ours: readonly PositionView[],
  { positions: theirs, reconciliation }: ExchangeView,
): readonly ComparedLine[] {
  const { differences } = reconciliation
  const symbols = new Set<string>([...ours, ...theirs].map(({ symbol }) => symbol))
  return [...symbols].sort().map((symbol): ComparedLine => {
    const our = ours.find((position) => position.symbol === symbol)
    const their = theirs.find((position) => position.symbol === symbol)
    const isUnread = !their && differences.some(({ what, of }) => what === 'unreadable' && of === symbol)
    return {
      key: `position ${symbol}`,
      what: 'Position',
      name: symbol,
      ...(our && { ours: ourPosition(our) }),
      ...(their && { theirs: ourPosition(their) }),
      ...(isUnread && { theirs: 'unreadable' }),
      differs:
        !isSame(our?.quantity, their?.quantity) ||
        differences.some(({ what, of }) => what === 'average-price' && of === symbol),
    }
  })
}

/** Our open orders and positions beside the exchange's, differences first. */
export function compared(
  {
    orders,
    positions,
  }: { readonly orders: readonly OrderView[]; readonly positions: readonly PositionView[] },
  view: ExchangeView,
): readonly ComparedLine[] {
  const others = view.reconciliation.differences
    .filter(({ what }) => what === 'cash' || what === 'unreadable')
    .map(({ what, of, ours, theirs }): ComparedLine => ({
      key: `${what} ${of}`,
      what: what === 'cash' ? 'Cash' : 'Row',
      name: of,
      ours,
      theirs,
      differs: true,
    }))
  const lines = [...comparedPositions(positions, view), ...comparedOrders(orders, view.orders), ...others]
  return [...lines.filter(({ differs }) => differs), ...lines.filter(({ differs }) => !differs)]
}
