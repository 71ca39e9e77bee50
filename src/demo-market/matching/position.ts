import type { Decimal } from 'decimal.js'
import { lesser, ZERO } from './exact.ts'
import { signOf, type SimOrderSide } from './order.ts'

/** The holding of one symbol. */
export interface SimHolding {
  /** Signed: negative while short. */
  readonly qty: Decimal
  /** What the shares cost, never negative; for a short position, what they were sold for. */
  readonly cost: Decimal
}

export const FLAT: SimHolding = { qty: ZERO, cost: ZERO }

/** A fill's part of the account's change. */
export interface Filled {
  readonly side: SimOrderSide
  readonly qty: Decimal
  readonly price: Decimal
}

/** The holding after a fill, and the profit realized on the part it closed. */
export function afterFill(
  { qty, cost }: SimHolding,
  { side, qty: shares, price }: Filled,
): { readonly holding: SimHolding; readonly realized: Decimal } {
  const sign = signOf(side)
  const closing = qty.times(sign).lt(0) ? lesser(qty.abs(), shares) : ZERO
  const opening = shares.minus(closing)
  const freed = closing.eq(qty.abs()) ? cost : cost.times(closing).div(qty.abs())
  const holding = { qty: qty.plus(shares.times(sign)), cost: cost.minus(freed).plus(opening.times(price)) }
  const realized = closing.times(price).minus(freed).times(-sign)
  return { holding, realized: closing.eq(0) ? ZERO : realized }
}

/**
 * A holding's gain since the last close: shares held then against that close, the others against their
 * average cost.
 */
export function gainToday(
  { qty, cost }: SimHolding,
  carried: Decimal,
  { current, lastDay }: { readonly current: Decimal; readonly lastDay: Decimal },
): { readonly gain: Decimal; readonly basis: Decimal } {
  const sameSide = carried.times(qty).gt(0)
  const overnight = sameSide ? lesser(carried.abs(), qty.abs()).times(qty.s) : ZERO
  const bought = qty.minus(overnight).times(cost).div(qty.abs())
  const basis = overnight.times(lastDay).plus(bought)
  return { gain: qty.times(current).minus(basis), basis: basis.abs() }
}
