import { Decimal } from 'decimal.js'
import { defined } from '#shared/defined'
import { PLACES, stockSymbol, toPrice, toQuantity, type EpochMs, type StockSymbol } from '#shared/units'
import type { Order, Position } from '#alpaca'
import { orderTerms, type LegOf, type OrderTerms } from '../state/index.ts'

/** How far an average price may differ without a cause, in US dollars: exchanges round it to some digits. */
export const PRICE_TOLERANCE = new Decimal('0.0001')

/** The text of an Alpaca amount, rounded to nine decimal places. */
export const priceOf = (amount: Decimal) => toPrice(amount.toDecimalPlaces(PLACES))
export const sharesOf = (amount: Decimal) => toQuantity(amount.toDecimalPlaces(PLACES))

/** The same for an amount that may be negative, such as the credit of an option spread. */
const textOf = (amount: Decimal | undefined) => amount?.toDecimalPlaces(PLACES).toFixed()

/** Whether an id can name a stream: at most Alpaca's 128 characters, and none that a database refuses. */
const isName = (id: string): boolean => /^[^\0\p{Surrogate}]{1,128}$/u.test(id)

/** The terms of an Alpaca order; nothing for one that Signal does not support, such as for an option or a coin. */
export function termsOf(order: Order): OrderTerms | undefined {
  if (!isName(order.clientOrderId) || !isStock(order)) return undefined
  const { symbol, side, type, timeInForce, orderClass, extendedHours } = order
  const amounts = {
    quantity: textOf(order.qty),
    notional: textOf(order.notional),
    limitPrice: textOf(order.limitPrice),
    stopPrice: textOf(order.stopPrice),
    trailPrice: textOf(order.trailPrice),
    trailPercent: textOf(order.trailPercent),
  }
  const read = orderTerms.safeParse({
    symbol,
    side,
    type,
    timeInForce,
    orderClass: orderClass === '' ? 'simple' : orderClass,
    extendedHours,
    ...amounts,
  })
  return read.success ? defined(read.data) : undefined
}

/** Whether an order is for a stock, but can't be shown: Signal can't read its id or one of its terms. */
export const isUnshown = (order: Order): boolean =>
  isStock(order) && stockSymbol.safeParse(order.symbol).success && termsOf(order) === undefined

/** The stock of a position; nothing for an option or a coin, whose name may look like a stock's, such as BTCUSD. */
export const stockOf = (position: Position): StockSymbol | undefined =>
  isStock(position) ? stockSymbol.safeParse(position.symbol).data : undefined

const isStock = ({ assetClass = 'us_equity' }: Pick<Position, 'assetClass'>): boolean =>
  assetClass === 'us_equity'

const ENDED: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired', 'replaced', 'rejected'])

/** Whether something may still happen to an order by this report of it. A status that is new to Signal is open. */
export const isOpenAt = ({ status }: Order): boolean => !ENDED.has(status)

/** The latest timestamp in these reports, by the exchange's clock; 0 if there is none. */
export const newestStampOf = (orders: readonly Order[]): EpochMs =>
  orders
    .flatMap(withLegs)
    .flatMap(({ createdAt, submittedAt, updatedAt, filledAt }) => [
      createdAt,
      submittedAt,
      updatedAt,
      filledAt,
    ])
    .reduce<EpochMs>((newest, at) => Math.max(newest, at ?? 0), 0)

/** When the exchange received the order, epoch ms; nothing if it does not say. */
export const submittedAtOf = ({ submittedAt, createdAt }: Order) => submittedAt ?? createdAt

/** An order's filled quantity and average price, as the account state keeps them. */
export const filledOf = ({ filledQty, filledAvgPrice }: Order) => ({
  quantity: sharesOf(filledQty),
  ...(filledAvgPrice && { averagePrice: priceOf(filledAvgPrice) }),
})

/** The exits attached to an order. */
export const legsOf = ({ legs }: Order): readonly LegOf[] =>
  legs
    .filter(({ clientOrderId }) => isName(clientOrderId))
    .map(({ clientOrderId, type }) => ({
      id: clientOrderId,
      leg: type === 'limit' ? 'take-profit' : 'stop-loss',
    }))

/** An order and its legs, the entry first. */
export const withLegs = (order: Order): readonly Order[] => [order, ...order.legs.flatMap(withLegs)]

/** Each order and leg once, in its newest version, in order of first appearance. */
export function newestOfEach(orders: readonly Order[]): readonly Order[] {
  const newest = new Map<string, Order>()
  for (const order of orders.flatMap(withLegs)) {
    const known = newest.get(order.id)
    if (known === undefined || isNewer(order, known)) newest.set(order.id, order)
  }
  return [...newest.values()]
}

/** Whether a report of an order is newer; at the same instant, one with at least as many legs wins. */
function isNewer(order: Order, known: Order): boolean {
  const [at, before] = [order.updatedAt ?? 0, known.updatedAt ?? 0]
  return at === before ? order.legs.length >= known.legs.length : at > before
}
