import { Decimal } from 'decimal.js'
import type { WhatIf } from '#shared/trading/account'
import type { OrderDraft } from '#shared/trading/order'
import { toPrice, toSignedDecimal, type Price } from '#shared/units'
import { exact, positive } from './amounts.ts'
import { crosses } from './checks/spread.ts'
import type { RiskContext } from './context.ts'
import { isReducing, sharesHeld } from './exits.ts'
import { usableQuote } from './market-prices.ts'
import { entryPrice, sharesOf, worthOf } from './order-size.ts'

const cents = (amount: Decimal): Price => toPrice(amount.toDecimalPlaces(2))

/** The effects of a draft if it fills, as far as prices are known. */
export function whatIf(draft: OrderDraft, context: RiskContext): WhatIf {
  const { account } = context
  const cost = worthOf(draft, context)
  const shares = sharesOf(draft, context)
  const power = account && exact(account.buyingPower)
  return {
    ...(cost && { cost: cents(cost) }),
    ...(power && { buyingPowerBefore: toSignedDecimal(power) }),
    ...(power && cost && { buyingPowerAfter: toSignedDecimal(afterIt(draft, context, power, cost)) }),
    ...(shares && { positionAfter: toSignedDecimal(positionAfter(draft, context, shares)) }),
    ...(shares && exitResults(draft, context, shares)),
    ...(shares && spreadCost(draft, context, shares)),
  }
}

/** Buying power after the order: an exit adds its proceeds, an entry subtracts its cost. */
const afterIt = (draft: OrderDraft, context: RiskContext, power: Decimal, cost: Decimal): Decimal =>
  (isReducing(draft, context) ? power.plus(cost) : power.minus(cost)).toDecimalPlaces(2)

const positionAfter = ({ side }: OrderDraft, context: RiskContext, shares: Decimal): Decimal =>
  sharesHeld(context)
    .plus(side === 'buy' ? shares : shares.neg())
    .toDecimalPlaces(9)

/** Loss and gain at the exits, measured from the entry; for an OCO, from the position's average price. */
function exitResults(
  draft: OrderDraft,
  context: RiskContext,
  shares: Decimal,
): Pick<WhatIf, 'lossAtStop' | 'gainAtTarget'> {
  const isExit = draft.orderClass === 'oco'
  const from = isExit ? positive(context.position?.averagePrice) : entryPrice(draft, context)
  if (draft.orderClass === 'simple' || !from) return {}
  const sign = (draft.side === 'buy') === isExit ? -1 : 1
  const gainAt = (price: Decimal) => price.minus(from).times(sign).times(shares)
  const [target, stop] = [positive(draft.takeProfit?.limitPrice), positive(draft.stopLoss?.stopPrice)]
  return {
    ...(stop && { lossAtStop: cents(Decimal.max(gainAt(stop).neg(), 0)) }),
    ...(target && { gainAtTarget: cents(Decimal.max(gainAt(target), 0)) }),
  }
}

/** Half the spread, for orders that cross it. */
function spreadCost(draft: OrderDraft, { row }: RiskContext, shares: Decimal): Pick<WhatIf, 'spreadCost'> {
  const quote = usableQuote(row)
  return quote && crosses(draft, quote)
    ? { spreadCost: cents(quote.ask.minus(quote.bid).div(2).times(shares)) }
    : {}
}
