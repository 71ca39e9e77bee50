import { hasLimitPrice, hasStopPrice } from '#shared/trading/order-rules'
import type { OrderProblem, ProblemCode, TicketField } from '#shared/trading/problem'
import { positive } from '../amounts.ts'
import { changeTo, refuse, type Check } from '../problems.ts'

/** An order needs an amount above zero, in shares or in dollars. */
export const checkQuantityThere: Check = ({ quantity, notional }) => {
  const field = 'quantity'
  if (quantity !== undefined && notional !== undefined) {
    const fix = changeTo('Use shares', { notional: undefined })
    return [refuse('NOTIONAL_NOT_ALLOWED', 'Set shares or dollars, not both.', { field, fix })]
  }
  const amount = quantity ?? notional
  if (amount === undefined) return [refuse('QUANTITY_MISSING', 'Enter a quantity.', { field })]
  return positive(amount) ? [] : [refuse('QUANTITY_NOT_POSITIVE', 'Quantity must be above 0.', { field })]
}

const missing = (
  price: string | undefined,
  code: ProblemCode,
  field: TicketField,
  name: string,
): readonly OrderProblem[] => {
  if (positive(price)) return []
  const sentence =
    price === undefined ? `Enter a ${name.toLowerCase()} price.` : `${name} price must be above $0.00.`
  return [refuse(code, sentence, { field })]
}

/** An order needs the prices of its type, each above zero. */
export const checkPricesThere: Check = (draft) => {
  const { type, orderClass, limitPrice, stopPrice } = draft
  if (orderClass === 'oco') return [] // its target is its limit price
  return [
    ...(hasLimitPrice(type) ? missing(limitPrice, 'LIMIT_PRICE_MISSING', 'limitPrice', 'Limit') : []),
    ...(hasStopPrice(type) ? missing(stopPrice, 'STOP_PRICE_MISSING', 'stopPrice', 'Stop') : []),
  ]
}

const ALL_OF_IT = 100

/** A trailing stop needs one distance, in dollars or in percent, and below 100%. */
export const checkTrail: Check = ({ type, trailPrice, trailPercent }) => {
  if (type !== 'trailing_stop') return []
  const field = 'trail'
  const isWhole = positive(trailPercent)?.gte(ALL_OF_IT) ?? false
  if (trailPrice !== undefined && trailPercent !== undefined) {
    const fix = positive(trailPrice)
      ? changeTo('Use dollars', { trailPercent: undefined })
      : positive(trailPercent) && !isWhole
        ? changeTo('Use percent', { trailPrice: undefined })
        : undefined
    const sentence = 'Set $ or %, not both.'
    return [refuse('TRAIL_MISSING', sentence, { field, fix })]
  }
  if (!positive(trailPrice ?? trailPercent)) {
    return [refuse('TRAIL_MISSING', 'Enter a trail above 0.', { field })]
  }
  return isWhole
    ? [
        refuse('TRAIL_MISSING', 'Trail must be under 100%.', {
          field,
        }),
      ]
    : []
}
