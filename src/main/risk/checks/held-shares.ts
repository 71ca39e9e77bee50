import { Decimal } from 'decimal.js'
import { describeShares, formatShares } from '#shared/format/shares'
import type { ProblemFix } from '#shared/trading/problem'
import { PLACES, quantity } from '#shared/units'
import type { OrderDraft, OrderState } from '#shared/trading/order'
import type { RiskContext } from '../context.ts'
import { isClosingSide, sharesAvailable, sharesHeld, workingOrders } from '../exits.ts'
import { sharesOf } from '../order-size.ts'
import { changeTo, refuse, type Check } from '../problems.ts'

/** An exit needs shares that no other exit holds; Alpaca accepts no order that crosses zero. */
export const checkHeldShares: Check = (draft, context) => {
  const shares = sharesOf(draft, context)
  if (!shares || !isClosingSide(draft, context)) return []
  const held = sharesHeld(context).abs()
  const available = sharesAvailable(context)
  if (shares.lte(available)) return []
  const fix = exitThatFits(draft, context)
  const direction = draft.side === 'sell' ? 'long' : 'short'
  if (shares.gt(held)) {
    const sentence = `Would flip your ${draft.symbol} position (${direction} ${formatShares(held)}, order ${formatShares(shares)}). Close it first.`
    return [refuse('CROSSES_ZERO', sentence, { field: 'quantity', fix })]
  }
  const taken = formatShares(held.minus(available))
  const sentence = `${formatShares(available)} of ${describeShares(held)} available (${taken} in open exits).`
  return [refuse('QUANTITY_HELD', sentence, { field: 'quantity', fix })]
}

/** Fix that uses the shares left, or cancels the exit that holds them. */
export function exitThatFits(draft: OrderDraft, context: RiskContext): ProblemFix | undefined {
  const places = draft.orderClass === 'simple' && draft.quantity !== undefined ? PLACES : 0
  const shares = sharesAvailable(context).toDecimalPlaces(places, Decimal.ROUND_FLOOR)
  const left = quantity.safeParse(shares.toFixed()).data
  if (left !== undefined && shares.gt(0)) {
    return changeTo(`Use ${describeShares(shares)}`, {
      quantity: left,
      ...(draft.notional !== undefined && { notional: undefined }),
    })
  }
  const [holder] = workingOrders(context, draft.symbol, draft.side).filter(
    ({ state }) => !UNSETTLED.has(state),
  )
  return holder && { kind: 'cancel-order', label: 'Cancel other exit', orderId: holder.id }
}

/** States in which an order cannot be canceled. */
const UNSETTLED: ReadonlySet<OrderState> = new Set(['requested', 'unconfirmed', 'pending-cancel'])
