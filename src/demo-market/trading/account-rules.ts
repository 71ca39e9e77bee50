/** Order rules that depend on positions, open orders and buying power. Each rule throws Alpaca's refusal. */
import type { Decimal } from 'decimal.js'
import { amount, limitOf, opposite, signOf, type SimOrder, type SimOrderSide } from '../matching/index.ts'
import type { SimAsset } from '../reference/index.ts'
import type { SimAccountState } from './account-state.ts'
import { availableShares, closingOrders, heldShares } from './commitments.ts'
import { waitsForEntry } from './family.ts'
import { forbidden, invalid, unprocessable } from './refusals.ts'
import type { SimOrderDraft } from './request.ts'

/** What such an order would do to the current position. */
export function intentOf(
  accountState: SimAccountState,
  symbol: string,
  side: SimOrderSide,
): SimOrder['positionIntent'] {
  const { qty } = accountState.holding(symbol)
  const closes = qty.times(signOf(side)).lt(0)
  if (side === 'buy') return closes ? 'buy_to_close' : 'buy_to_open'
  return closes ? 'sell_to_close' : 'sell_to_open'
}

/** Rejects a client order id that was used before. */
export function checkUnused(accountState: SimAccountState, clientOrderId: string | undefined): void {
  if (clientOrderId !== undefined && accountState.orderByClientId(clientOrderId) !== undefined)
    throw invalid('client_order_id must be unique')
}

/** Checks that the order does what its sender says it does. */
export function checkIntent(intent: SimOrder['positionIntent'], { positionIntent }: SimOrderDraft): void {
  if (positionIntent === undefined || positionIntent === intent) return
  throw unprocessable(`position intent mismatch, inferred: ${intent}, specified: ${positionIntent}`)
}

/**
 * Checks that nothing is closed twice or flipped through zero; `freed` shares are held by the order that this
 * one replaces.
 */
export function checkShares(
  accountState: SimAccountState,
  { symbol, side, qty }: { symbol: string; side: SimOrderSide; qty: Decimal },
  freed: Decimal = amount(0),
): void {
  const available = availableShares(accountState, symbol).plus(freed)
  if (qty.lte(available)) return
  throw forbidden(
    `insufficient qty available for order (requested: ${qty.toFixed()}, available: ${available.toFixed()})`,
    {
      available: available.toFixed(),
      existing_qty: accountState.holding(symbol).qty.abs().toFixed(),
      held_for_orders: heldShares(accountState, symbol, side).minus(freed).toFixed(),
      related_orders: closingOrders(accountState, symbol, side).map(({ id }) => id),
      symbol,
    },
  )
}

/** Checks that only shares that can be borrowed are sold short, in whole shares. */
export function checkShort(asset: SimAsset, { qty, timeInForce }: SimOrderDraft): void {
  if (!asset.shortable) throw unprocessable(`asset "${asset.symbol}" cannot be sold short`)
  if (qty === undefined || !qty.isInteger()) throw unprocessable('fractional orders cannot be sold short')
  if (asset.borrow_status !== 'easy_to_borrow' && timeInForce !== 'day')
    throw unprocessable(`only day orders are allowed for hard-to-borrow asset ${asset.symbol}`)
}

/** Checks that there is enough buying power. */
export function checkBuyingPower(cost: Decimal, buyingPower: Decimal): void {
  if (cost.lte(buyingPower)) return
  throw forbidden('insufficient buying power', {
    buying_power: buyingPower.toFixed(),
    cost_basis: cost.toFixed(),
  })
}

const isExempt = ({ orderClass, type }: Pick<SimOrder, 'orderClass' | 'type'>): boolean =>
  (orderClass !== '' && orderClass !== 'simple') || type === 'trailing_stop'

/** Rejects wash trades: orders that could fill against an open order of one's own on the other side. */
export function checkWashTrade(accountState: SimAccountState, draft: SimOrderDraft): void {
  if (isExempt(draft)) return
  const opposing = accountState
    .openOrders()
    .filter(({ symbol, side }) => symbol === draft.symbol && side === opposite(draft.side))
    .filter((order) => !isExempt(order) && !waitsForEntry(accountState, order))
  for (const order of opposing) {
    const reason = washReason(order, draft)
    if (reason === undefined) continue
    throw forbidden('potential wash trade detected. use complex orders', {
      existing_order_id: order.id,
      reject_reason: reason,
    })
  }
}

function washReason(order: SimOrder, { side, type, limitPrice }: SimOrderDraft): string | undefined {
  const isAtMarket = (kind: SimOrder['type']) => kind === 'market' || kind === 'stop'
  if (isAtMarket(order.type)) return 'opposite side market/stop order exists'
  if (isAtMarket(type)) return 'opposite side limit order exists'
  const theirs = limitOf(order)
  const crosses = theirs && limitPrice && limitPrice.minus(theirs).times(signOf(side)).gte(0)
  return crosses ? 'opposite side limit order exists' : undefined
}
