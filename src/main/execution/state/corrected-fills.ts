import { Decimal } from 'decimal.js'
import type { FillView } from '#shared/trading/order'
import { toQuantity } from '#shared/units'
import type { TradeAmendment } from './describe-amendment.ts'
import type { EventOf, OrderEvent } from './event.ts'
import { sharesIn } from './traded-holding.ts'

/** The events that put an order's fills right. */
export type FillCorrection = TradeAmendment | EventOf<'OrderFillsRestated'>

export const isFillCorrection = (event: OrderEvent): event is FillCorrection =>
  event.type === 'OrderFillsRestated' ||
  event.type === 'OrderTradeBusted' ||
  event.type === 'OrderTradeCorrected'

/** An order's fills after such an event; undefined if they stay, because they are not all at hand. */
export function correctedFills(
  known: readonly FillView[],
  event: FillCorrection,
): readonly FillView[] | undefined {
  const [first] = known
  if (first === undefined) return undefined
  return event.type === 'OrderFillsRestated' ? restatedFills(known, first, event) : amendedFills(known, event)
}

/** The exchange's own list; undefined if it has another number of shares. */
function restatedFills(
  known: readonly FillView[],
  { orderId, symbol, side }: FillView,
  { payload: { executions } }: EventOf<'OrderFillsRestated'>,
): readonly FillView[] | undefined {
  if (!sharesIn(known).eq(sharesIn(executions))) return undefined
  return executions.map(({ filledAt, ...rest }) => ({ ...rest, orderId, symbol, side, at: filledAt }))
}

/**
 * An order's fills once the exchange has taken back or corrected one: together they are less by what the order's total lost.
 * The execution is known by its id, or by its size and price; if by neither, the latest shares go.
 */
function amendedFills(fills: readonly FillView[], { type, payload }: TradeAmendment): readonly FillView[] {
  const { execution, filledBefore, filledQuantity } = payload
  const left = sharesIn(fills).plus(filledQuantity).minus(filledBefore)
  const meant = meantOf(fills, payload)
  const corrected =
    type === 'OrderTradeCorrected' && meant !== undefined && execution !== undefined
      ? fills.map((fill) => (fill === meant ? { ...fill, ...execution } : fill))
      : fills
  const all = sharesIn(corrected).gte(left) ? corrected : fills
  const nth = meant === undefined ? -1 : fills.indexOf(meant)
  return without(all, sharesIn(all).minus(left), nth)
}

/** The fill that the exchange means; undefined if it is not known here. */
function meantOf(
  fills: readonly FillView[],
  { previousId, execution }: TradeAmendment['payload'],
): FillView | undefined {
  const isSame = ({ quantity, price }: FillView) =>
    execution !== undefined &&
    new Decimal(execution.quantity).eq(quantity) &&
    new Decimal(execution.price).eq(price)
  return fills.find(({ executionId }) => executionId === previousId) ?? fills.findLast(isSame)
}

/** The fills less so many shares: of the nth first, then of the latest. */
function without(fills: readonly FillView[], shares: Decimal, nth: number): readonly FillView[] {
  const order = [...fills.keys()].reverse().sort((one, other) => Number(other === nth) - Number(one === nth))
  const kept = [...fills]
  let rest = shares
  for (const at of order) {
    const fill = fills[at]
    if (fill === undefined || rest.lte(0)) continue
    const taken = Decimal.min(rest, fill.quantity)
    rest = rest.minus(taken)
    kept[at] = { ...fill, quantity: toQuantity(new Decimal(fill.quantity).minus(taken)) }
  }
  return kept.filter(({ quantity }) => new Decimal(quantity).gt(0))
}
