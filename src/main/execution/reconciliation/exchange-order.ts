import { Decimal } from 'decimal.js'
import { defined } from '#shared/defined'
import { PLACES, stockSymbol, toPrice, toQuantity, type StockSymbol } from '#shared/units'
import type { Order, Position } from '#alpaca'
import { orderTerms, type LegOf, type OrderTerms } from '../state/index.ts'

/** The exact text of an amount of Alpaca's, to nine places. */
export const priceOf = (amount: Decimal) => toPrice(amount.toDecimalPlaces(PLACES))
export const sharesOf = (amount: Decimal) => toQuantity(amount.toDecimalPlaces(PLACES))

/** The same of an amount that may be anything, such as the credit of a spread of options, which is below zero. */
const textOf = (amount: Decimal | undefined) => amount?.toDecimalPlaces(PLACES).toFixed()

/** An id can name a stream of the log: longer than Alpaca's, or with signs that a database refuses, none could be noted. */
const isName = (id: string): boolean => /^[^\0\p{Surrogate}]{1,128}$/u.test(id)

/** What an order of Alpaca's is; nothing for one that Signal has no words for, such as an option's or a coin's. */
export function termsOf(order: Order): OrderTerms | undefined {
  if (!isName(order.clientOrderId)) return undefined
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

/** The stock that is held; nothing of an option or a coin, which may be named like a stock, such as BTCUSD. */
export const stockOf = ({ symbol, assetClass = 'us_equity' }: Position): StockSymbol | undefined =>
  assetClass === 'us_equity' ? stockSymbol.safeParse(symbol).data : undefined

/** When the exchange got it, epoch ms; nothing where it does not say. */
export const submittedAtOf = ({ submittedAt, createdAt }: Order) => submittedAt ?? createdAt

/** What is filled of an order, as the books keep it. */
export const filledOf = ({ filledQty, filledAvgPrice }: Order) => ({
  quantity: sharesOf(filledQty),
  ...(filledAvgPrice && { averagePrice: priceOf(filledAvgPrice) }),
})

/** The exits that an order brings along. */
export const legsOf = ({ legs }: Order): readonly LegOf[] =>
  legs
    .filter(({ clientOrderId }) => isName(clientOrderId))
    .map(({ clientOrderId, type }) => ({
      id: clientOrderId,
      leg: type === 'limit' ? 'take-profit' : 'stop-loss',
    }))

/** An order and its legs, each once, the entry first. */
export const withLegs = (order: Order): readonly Order[] => [order, ...order.legs.flatMap(withLegs)]

/** Each order once, as it was told last, in the order in which they came. */
export function newestOfEach(orders: readonly Order[]): readonly Order[] {
  const newest = new Map<string, Order>()
  for (const order of orders.flatMap(withLegs)) {
    const known = newest.get(order.id)
    if (known === undefined || isNewer(order, known)) newest.set(order.id, order)
  }
  return [...newest.values()]
}

/** Whether a report of an order is newer; of the same instant, the one with legs says more. */
function isNewer(order: Order, known: Order): boolean {
  const [at, before] = [order.updatedAt ?? 0, known.updatedAt ?? 0]
  return at === before ? order.legs.length >= known.legs.length : at > before
}
