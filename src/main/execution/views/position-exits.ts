import { Decimal } from 'decimal.js'
import type { PositionExit } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import { toPrice, type Price } from '#shared/units'
import { sharesOf } from '../reconciliation/exchange-order.ts'
import { stateOf, type AccountState, type Holding, type OrderRecord } from '../state/index.ts'
import { leftOf } from './position-view.ts'

/** The open orders that make a position smaller: stops first, then targets, each nearest to the market first. */
export function exitsOf({ symbol, quantity }: Holding, accountState: AccountState): readonly PositionExit[] {
  if (quantity.isZero()) return []
  const isLong = quantity.isPositive()
  return accountState.openOrders
    .filter(({ terms }) => terms.symbol === symbol && terms.side === (isLong ? 'sell' : 'buy'))
    .filter((order) => !isEntry(order) && !isReplacing(order, accountState))
    .map((order) => exitOf(order, accountState))
    .sort((one, other) => byKind(one, other) || byNearness(one, other, isLong))
}

/** An order with exits of its own that isn't an exit itself; of an OCO, both orders are. */
const isEntry = ({ legs, terms }: OrderRecord): boolean => legs.length > 0 && terms.orderClass !== 'oco'

/** Whether the order that it is to replace is open still, which stands for both. */
function isReplacing({ replaces }: OrderRecord, { orders }: AccountState): boolean {
  const old = orders.get(replaces ?? '')
  return old !== undefined && !isClosed(old)
}

function exitOf(order: OrderRecord, accountState: AccountState): PositionExit {
  const { type, quantity, limitPrice, stopPrice, trailPrice, trailPercent } = order.terms
  const parent = accountState.orders.get(accountState.legOf(order.id)?.parentId ?? '')
  const entry = parent !== undefined && isEntry(parent) ? parent : undefined
  const risk = entry && riskOf(entry)
  return {
    orderId: order.id,
    kind: kindOf(order),
    type,
    state: stateOf(order),
    ...(entry && !isClosed(entry) && { waitsForEntry: true }),
    ...(quantity !== undefined && { quantity: sharesOf(leftOf(order)) }),
    ...(limitPrice !== undefined && { limitPrice }),
    ...(stopPrice !== undefined && { stopPrice }),
    ...(trailPrice !== undefined && { trailPrice }),
    ...(trailPercent !== undefined && { trailPercent }),
    ...(risk !== undefined && { entryRisk: risk }),
    origin: (parent ?? order).draft === undefined ? 'external' : 'signal',
  }
}

function kindOf({ terms: { type, notional } }: OrderRecord): PositionExit['kind'] {
  if (type === 'stop' || type === 'stop_limit' || type === 'trailing_stop') return 'stop'
  return type === 'limit' && notional === undefined ? 'target' : 'other'
}

/** What the entry risked a share: from its fill to the stop that it was sent with. */
function riskOf({ averagePrice, draft }: OrderRecord): Price | undefined {
  const stop = draft?.stopLoss?.stopPrice
  if (averagePrice === undefined || stop === undefined) return undefined
  const risk = new Decimal(averagePrice).minus(stop).abs()
  return risk.isZero() ? undefined : toPrice(risk)
}

const KINDS = { stop: 0, target: 1, other: 2 } as const

const byKind = (one: PositionExit, other: PositionExit): number => KINDS[one.kind] - KINDS[other.kind]

/** Of stops, the one that the market reaches first; the same of targets. Those without a price come last. */
function byNearness(one: PositionExit, other: PositionExit, isLong: boolean): number {
  const [first, second] = [one, other].map(({ stopPrice, limitPrice }) => stopPrice ?? limitPrice)
  if (first === undefined || second === undefined) return (first ? 0 : 1) - (second ? 0 : 1)
  const isUp = (one.kind === 'target') === isLong
  return new Decimal(first).cmp(second) * (isUp ? 1 : -1)
}
