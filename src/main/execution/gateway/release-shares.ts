import { Decimal } from 'decimal.js'
import { isClosed, type OrderDraft } from '#shared/trading/order'
import { price, type StockSymbol } from '#shared/units'
import { sharesOf } from '../reconciliation/exchange-order.ts'
import type { AccountState, OrderRecord } from '../state/index.ts'
import { groupOf, leftOf } from '../views/position-view.ts'

/** Exits that hold shares of a position, and what must become of them so that some shares are free. */
export interface Release {
  /** Exits to cancel, by the shares they hold together. */
  readonly cancel: readonly (readonly OrderRecord[])[]
  /** Their successors, which hold what is left over. */
  readonly again: readonly OrderDraft[]
}

/**
 * How to free shares that open exits hold: the newest exits are canceled, and sent anew for the shares that they may keep.
 * Alpaca does not let the quantity of a bracket's exit be changed. Nothing if something else than exits holds the shares.
 */
export function releaseOf(
  accountState: AccountState,
  symbol: StockSymbol,
  side: 'buy' | 'sell',
  shares: Decimal,
): Release | undefined {
  const groups = exitGroups(accountState, symbol, side)
  const cancel: OrderRecord[][] = []
  const again: OrderDraft[] = []
  let wanted = shares
  for (const group of groups.reverse()) {
    if (wanted.lte(0)) break
    const held = Decimal.max(...group.map(leftOf))
    if (held.isZero() || group.some(isEntry)) continue
    const kept = Decimal.max(0, held.minus(wanted)).floor() // exits are whole shares
    wanted = wanted.minus(held.minus(kept))
    cancel.push(group)
    if (kept.gt(0)) again.push(successorOf(group, kept))
  }
  return wanted.lte(0) ? { cancel, again } : undefined
}

/** An entry on that side: it would lose its own exits if it were sent anew. */
const isEntry = ({ legs, terms }: OrderRecord): boolean => legs.length > 0 && terms.orderClass !== 'oco'

/** Open orders on that side of the symbol by the shares they hold together, oldest first. */
function exitGroups(accountState: AccountState, symbol: StockSymbol, side: 'buy' | 'sell'): OrderRecord[][] {
  const groups = new Map<string, OrderRecord[]>()
  for (const order of accountState.orders.values()) {
    if (isClosed(order) || order.terms.symbol !== symbol || order.terms.side !== side) continue
    const group = groupOf(order, accountState)
    groups.set(group, [...(groups.get(group) ?? []), order])
  }
  return [...groups.values()]
}

/** The same exits for so many shares: a pair becomes an OCO order, a single one stays what it is. */
export function successorOf(group: readonly OrderRecord[], shares: Decimal): OrderDraft {
  const target = group.find(({ terms }) => terms.type === 'limit')
  const stop = group.find(({ terms }) => terms.type === 'stop' || terms.type === 'stop_limit')
  const quantity = sharesOf(shares)
  const [first] = group
  if (target === undefined || stop === undefined) {
    if (first === undefined) throw new Error('a group has at least one order')
    const { stopPrice: _follows, ...trailing } = first.terms
    const terms = trailing.type === 'trailing_stop' ? trailing : first.terms
    return { ...terms, quantity, orderClass: 'simple' }
  }
  const { limitPrice } = target.terms
  const { stopPrice, limitPrice: stopLimitPrice } = stop.terms
  return {
    symbol: target.terms.symbol,
    side: target.terms.side,
    type: 'limit',
    timeInForce: target.terms.timeInForce,
    orderClass: 'oco',
    extendedHours: false,
    quantity,
    takeProfit: { limitPrice: price.parse(limitPrice) },
    stopLoss: {
      stopPrice: price.parse(stopPrice),
      ...(stop.terms.type === 'stop_limit' && stopLimitPrice !== undefined && { limitPrice: stopLimitPrice }),
    },
  }
}
