import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import { toQuantity } from '#shared/units'
import type { OrderDraft } from '#shared/trading/order'
import type { RiskContext } from '../context.ts'
import { isClosingSide, sharesAvailable, sharesHeld, workingOrders } from '../exits.ts'
import { sharesOf } from '../order-size.ts'
import { changeTo, refuse, type Check } from '../problems.ts'
import { count, sharesWords } from '../words.ts'

/** An exit is about shares that are there and that no other exit speaks for; Alpaca takes no order through zero. */
export const checkHeldShares: Check = (draft, context) => {
  const shares = sharesOf(draft, context)
  if (!shares || !isClosingSide(draft, context)) return []
  const held = sharesHeld(context).abs()
  const available = sharesAvailable(context)
  if (shares.lte(available)) return []
  const fix = exitThatFits(draft, context)
  const position = `${sharesWords(held)} ${draft.side === 'sell' ? 'long' : 'short'}`
  const problem: OrderProblem = shares.gt(held)
    ? refuse(
        'CROSSES_ZERO',
        `You are ${position} in ${draft.symbol}, and this order is about ${count(shares)}. Close the position first, then open the other one.`,
        { field: 'quantity', fix },
      )
    : refuse(
        'QUANTITY_HELD',
        `Of ${sharesWords(held)} other exits hold ${count(held.minus(available))}, so that ${count(available)} are left. Sell no more, or cancel an exit.`.replace(
          'Sell no more',
          draft.side === 'sell' ? 'Sell no more' : 'Buy no more',
        ),
        { field: 'quantity', fix },
      )
  return [problem]
}

/** As many shares as are left, else the cancelling of what holds them. */
export function exitThatFits(draft: OrderDraft, context: RiskContext): ProblemFix | undefined {
  const available = sharesAvailable(context)
  const shares = draft.orderClass === 'simple' && draft.quantity !== undefined ? available : available.floor()
  if (shares.gt(0)) {
    return changeTo(`Use ${sharesWords(shares)}`, {
      quantity: toQuantity(shares),
      ...(draft.notional !== undefined && { notional: undefined }),
    })
  }
  const [holder] = workingOrders(context, draft.symbol, draft.side).filter(
    ({ state }) => state !== 'cancel-pending',
  )
  return holder && { kind: 'cancel-order', label: 'Cancel the other exit', orderId: holder.id }
}
