import { Decimal } from 'decimal.js'
import { isClosed, type OrderDraft, type OrderSide, type OrderView } from '#shared/trading/order'
import type { StockSymbol } from '#shared/units'
import { exact, positive } from './amounts.ts'
import type { RiskContext } from './context.ts'
import { takePrice } from './order-size.ts'

/** What of the context tells an exit from an entry. */
type HeldShares = Pick<RiskContext, 'position' | 'openOrders' | 'row'>

/** Shares of the symbol, negative while short, zero while flat. */
export const sharesHeld = ({ position }: Pick<RiskContext, 'position'>): Decimal =>
  exact(position?.quantity ?? 0)

/** The side that makes the position smaller; nothing while flat. */
export function closingSide(context: Pick<RiskContext, 'position'>): OrderSide | undefined {
  const held = sharesHeld(context)
  return held.isZero() ? undefined : held.gt(0) ? 'sell' : 'buy'
}

/** Open orders of a symbol and a side that may be filled now: a leg that waits for its entry may not. */
export const workingOrders = (
  { openOrders }: Pick<RiskContext, 'openOrders'>,
  symbol: StockSymbol,
  side: OrderSide,
): readonly OrderView[] =>
  openOrders.filter(
    (order) => order.symbol === symbol && order.side === side && order.state !== 'held' && !isClosed(order),
  )

/** Shares of an order that are not filled yet; those of an order in dollars at the price now. */
export function sharesLeft(order: OrderView, context: HeldShares): Decimal {
  const { quantity, notional, filledQuantity } = order
  if (quantity !== undefined) return Decimal.max(exact(quantity).minus(filledQuantity), 0)
  const price = takePrice(order, context)
  const all = price === undefined ? exact(0) : (positive(notional) ?? exact(0)).div(price)
  return Decimal.max(all.minus(filledQuantity), 0)
}

/** The orders of one bracket or OCO, which stand for the same shares. */
export const groupOf = ({ id, parentId }: Pick<OrderView, 'id' | 'parentId'>): string => parentId ?? id

/** Shares of the position that working exits speak for: of orders of which one cancels the other, the most. */
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

/** Shares of the position that a new exit may be about; never negative. */
export const sharesAvailable = (context: HeldShares): Decimal =>
  Decimal.max(sharesHeld(context).abs().minus(sharesSpokenFor(context)), 0)

/** Whether the order is on the side that makes the position smaller, however large it is. */
export const isClosingSide = (
  { symbol, side }: Pick<OrderDraft, 'symbol' | 'side'>,
  context: Pick<RiskContext, 'position'>,
): boolean => context.position?.symbol === symbol && closingSide(context) === side

/**
 * An exit: it only makes the position smaller, even if all other exits are filled too. An order in dollars counts as
 * one while it is known what they come to in shares.
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
