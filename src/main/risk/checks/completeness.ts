import { TYPE_NAMES } from '#shared/trading/describe-order'
import { hasLimitPrice, hasStopPrice } from '#shared/trading/order-rules'
import type { OrderProblem, ProblemCode, TicketField } from '#shared/trading/problem'
import { positive } from '../amounts.ts'
import { changeTo, refuse, type Check } from '../problems.ts'

/** An order needs an amount above zero, in shares or in dollars. */
export const checkQuantityThere: Check = ({ quantity, notional }) => {
  const field = 'quantity'
  if (quantity !== undefined && notional !== undefined) {
    const fix = changeTo('Use the shares', { notional: undefined })
    return [
      refuse('NOTIONAL_NOT_ALLOWED', 'Shares and dollars are both given. Give one of them.', { field, fix }),
    ]
  }
  const amount = quantity ?? notional
  if (amount === undefined)
    return [refuse('QUANTITY_MISSING', 'How many shares? Enter a quantity.', { field })]
  return positive(amount)
    ? []
    : [refuse('QUANTITY_NOT_POSITIVE', 'The quantity is 0. Enter more than 0.', { field })]
}

const missing = (
  price: string | undefined,
  code: ProblemCode,
  field: TicketField,
  what: string,
): readonly OrderProblem[] =>
  positive(price) ? [] : [refuse(code, price === undefined ? `${what}.` : `${what} above $0.00.`, { field })]

/** An order needs the prices of its type, each above zero. */
export const checkPricesThere: Check = (draft) => {
  const { type, orderClass, limitPrice, stopPrice } = draft
  if (orderClass === 'oco') return [] // its target is its limit price
  const name = TYPE_NAMES[type].toLowerCase()
  return [
    ...(hasLimitPrice(type)
      ? missing(limitPrice, 'LIMIT_PRICE_MISSING', 'limitPrice', `A ${name} order needs a limit price`)
      : []),
    ...(hasStopPrice(type)
      ? missing(stopPrice, 'STOP_PRICE_MISSING', 'stopPrice', `A ${name} order needs a stop price`)
      : []),
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
      ? changeTo('Use the dollars', { trailPercent: undefined })
      : positive(trailPercent) && !isWhole
        ? changeTo('Use the percent', { trailPrice: undefined })
        : undefined
    const sentence = 'The distance is given in dollars and in percent. Give one of them.'
    return [refuse('TRAIL_MISSING', sentence, { field, fix })]
  }
  if (!positive(trailPrice ?? trailPercent)) {
    return [refuse('TRAIL_MISSING', 'A trailing stop needs its distance: an amount above 0.', { field })]
  }
  return isWhole
    ? [
        refuse('TRAIL_MISSING', `A distance of ${trailPercent}% is all of the price. Stay below 100%.`, {
          field,
        }),
      ]
    : []
}
