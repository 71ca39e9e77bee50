import { Decimal } from 'decimal.js'
import { isClosed, type OrderDraft, type OrderSide, type OrderView } from '#shared/trading/order'
import type { StockSymbol } from '#shared/units'
import { exact, positive } from './amounts.ts'
import type { RiskContext } from './context.ts'
import { takePrice } from './order-size.ts'

/** The parts of the context that distinguish an exit from an entry. */
type HeldShares = Pick<RiskContext, 'position' | 'openOrders' | 'row'>

/** Shares of the symbol, negative while short, zero while flat. */
export const sharesHeld = ({ position }: Pick<RiskContext, 'position'>): Decimal =>
  exact(position?.quantity ?? 0)

/** The side that makes the position smaller; undefined while flat. */
export function closingSide(context: Pick<RiskContext, 'position'>): OrderSide | undefined {
  const held = sharesHeld(context)
  return held.isZero() ? undefined : held.gt(0) ? 'sell' : 'buy'
}

/** Open orders of a symbol and side that can be filled now; a leg waiting for its entry cannot. */
export const workingOrders = (
  { openOrders }: Pick<RiskContext, 'openOrders'>,
  symbol: StockSymbol,
  side: OrderSide,
): readonly OrderView[] =>
  openOrders.filter(
    (order) => order.symbol === symbol && order.side === side && order.state !== 'held' && !isClosed(order),
  )

/** Unfilled shares of an order; for an order in dollars, at the current price. */
export function sharesLeft(order: OrderView, context: HeldShares): Decimal {
  const { quantity, notional, filledQuantity } = order
  if (quantity !== undefined) return Decimal.max(exact(quantity).minus(filledQuantity), 0)
  const price = takePrice(order, context)
  const all = price === undefined ? exact(0) : (positive(notional) ?? exact(0)).div(price)
  return Decimal.max(all.minus(filledQuantity), 0)
}

/** Id shared by the orders of one bracket or OCO, which are for the same shares. */
export const groupOf = ({ id, parentId }: Pick<OrderView, 'id' | 'parentId'>): string => parentId ?? id

/** Shares of the position held by open exits; of exits that cancel each other, only the largest counts. */
function sharesSpokenFor(context: HeldShares): Decimal {
  const [side, symbol] = [closingSide(context), context.position?.symbol]
  if (side === undefined || symbol === undefined) return exact(0)
  const groups = new Map<string, Decimal>()
  for (const order of workingOrders(context, symbol, side)) {
    const before = groups.get(groupOf(order)) ?? exact(0)
    groups.set(groupOf(order), Decimal.max(before, sharesLeft(order, context)))
  }
  return [...groups.values()].reduce((sum, shares) => sum.plus(shares), exact(0))
}

/** Shares of the position available for a new exit; never negative. */
export const sharesAvailable = (context: HeldShares): Decimal =>
  Decimal.max(sharesHeld(context).abs().minus(sharesSpokenFor(context)), 0)

/** Whether the order is on the side that makes the position smaller, however large it is. */
export const isClosingSide = (
  { symbol, side }: Pick<OrderDraft, 'symbol' | 'side'>,
  context: Pick<RiskContext, 'position'>,
): boolean => context.position?.symbol === symbol && closingSide(context) === side

/**
 * Whether the order only makes the position smaller, even if all other exits fill too. An order
 * in dollars does so only while its number of shares is known.
 */
export function isReducing(
  draft: Pick<OrderDraft, 'symbol' | 'side' | 'quantity' | 'notional'>,
  context: RiskContext,
): boolean {
  if (!isClosingSide(draft, context)) return false
  const price = takePrice(draft, context)
  const shares = positive(draft.quantity) ?? (price && positive(draft.notional)?.div(price))
  return shares !== undefined && shares.lte(sharesAvailable(context))
}
