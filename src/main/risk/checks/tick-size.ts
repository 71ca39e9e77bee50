import { dollarsEach } from '#shared/format/money'
import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem, TicketField } from '#shared/trading/problem'
import { isOnTick, roundToTick } from '#shared/trading/tick-size'
import { toPrice, type Price } from '#shared/units'
import { positive } from '../amounts.ts'
import { changeTo, refuse, type Check } from '../problems.ts'

/** Prices from $1.00 are in whole cents, lower ones in hundredths of a cent; rounding never costs more. */
export const checkTickSize: Check = (draft) => {
  const { side, orderClass, takeProfit, stopLoss } = draft
  const own = side === 'buy' ? 'down' : 'up'
  // The exits of a long position are sales: its stop rounds up and its target down, both toward the entry.
  const isLong = (side === 'buy') === (orderClass !== 'oco')
  const [ofTarget, ofStop] = isLong ? (['down', 'up'] as const) : (['up', 'down'] as const)
  return [
    ...offTick(draft.limitPrice, 'limitPrice', own, (limitPrice) => ({ limitPrice })),
    ...offTick(draft.stopPrice, 'stopPrice', own, (stopPrice) => ({ stopPrice })),
    ...offTick(takeProfit?.limitPrice, 'takeProfit', ofTarget, (limitPrice) => ({
      takeProfit: { limitPrice },
    })),
    ...ofStopLoss(stopLoss, ofStop),
  ]
}

/** Both prices of a stop leg, reported and rounded together. */
function ofStopLoss(leg: OrderDraft['stopLoss'], towards: 'down' | 'up'): readonly OrderProblem[] {
  if (leg === undefined) return []
  const round = (price: Price) => {
    const amount = positive(price)
    return amount ? toPrice(roundToTick(amount, towards)) : price
  }
  const stopLoss = {
    stopPrice: round(leg.stopPrice),
    ...(leg.limitPrice !== undefined && { limitPrice: round(leg.limitPrice) }),
  }
  const [problem] = [leg.stopPrice, leg.limitPrice].flatMap((price) =>
    offTick(price, 'stopLoss', towards, () => ({ stopLoss })),
  )
  return problem ? [problem] : []
}

function offTick(
  price: Price | undefined,
  field: TicketField,
  towards: 'down' | 'up',
  change: (rounded: Price) => Partial<OrderDraft>,
): readonly OrderProblem[] {
  const amount = positive(price)
  if (!amount || isOnTick(amount)) return []
  const rounded = roundToTick(amount, towards)
  const rule = amount.lt(1)
    ? 'Price too fine: 4 decimals below $1.'
    : 'Sub-penny price: 2 decimals at $1 and up.'
  return [
    refuse('PRICE_TICK_SIZE', rule, {
      field,
      fix: changeTo(`Use ${dollarsEach(rounded)}`, change(toPrice(rounded))),
    }),
  ]
}
