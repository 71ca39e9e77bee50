import type { Decimal } from 'decimal.js'
import { dollarsEach } from '#shared/format/money'
import { percent } from '#shared/format/percent'
import type { OrderDraft } from '#shared/trading/order'
import { hasLimitPrice, hasStopPrice } from '#shared/trading/order-rules'
import type { OrderProblem, TicketField } from '#shared/trading/problem'
import { roundForSide } from '#shared/trading/tick-size'
import { PLACES, toPrice, type Price } from '#shared/units'
import { positive } from '../amounts.ts'
import type { RiskContext } from '../context.ts'
import { isReducing } from '../exits.ts'
import { marketName, marketPrice, percentFrom } from '../market-prices.ts'
import { changeTo, levelOver, problem, type Check } from '../problems.ts'

/** A price and the reference that its distance is measured from. */
interface Measured {
  readonly price: Decimal
  readonly from: Decimal
  readonly fromText: string
  readonly field: TicketField
  readonly change: (price: Price) => Partial<OrderDraft>
}

/**
 * Limit and stop prices must be near the market on the costly side: a buy not far above it, a sale not far
 * below. The limit of a stop limit is measured from its stop. An exit's price needs confirmation at most, its
 * stop only warns.
 */
export const checkPriceBand: Check = (draft, context) => {
  const isExit = isReducing(draft, context)
  return measured(draft, context).flatMap((one) => outside(one, draft, context, isExit))
}

type Reference = Pick<Measured, 'from' | 'fromText'>

function measured(draft: OrderDraft, { row }: RiskContext): readonly Measured[] {
  const { type, orderClass, takeProfit } = draft
  const market = reference(marketName(row), marketPrice(row)?.toDecimalPlaces(PLACES))
  if (orderClass === 'oco') {
    return distance('takeProfit', takeProfit?.limitPrice, market, (limitPrice) => ({
      takeProfit: { limitPrice },
    }))
  }
  const stop = hasStopPrice(type) ? draft.stopPrice : undefined
  const limit = hasLimitPrice(type) ? draft.limitPrice : undefined
  return [
    ...distance('stopPrice', stop, market, (stopPrice) => ({ stopPrice })),
    ...distance('limitPrice', limit, reference('stop', positive(stop)) ?? market, (limitPrice) => ({
      limitPrice,
    })),
  ]
}

const reference = (what: string, from: Decimal | undefined): Reference | undefined =>
  from && { from, fromText: `${what} at ${dollarsEach(from)}` }

function distance(
  field: TicketField,
  text: Price | undefined,
  from: Reference | undefined,
  change: Measured['change'],
): readonly Measured[] {
  const price = positive(text)
  return price && from ? [{ ...from, price, field, change }] : []
}

function outside(
  { price, from, fromText, field, change }: Measured,
  { side }: OrderDraft,
  { limits: { priceBandAskPercent, priceBandMostPercent } }: RiskContext,
  isExit: boolean,
): readonly OrderProblem[] {
  const isStop = field === 'stopPrice'
  const sign = side === 'buy' ? 1 : -1
  const away = percentFrom(price, from).times(sign)
  const band = { ask: priceBandAskPercent, most: Math.max(priceBandAskPercent, priceBandMostPercent) }
  const level = levelOver((limit) => away.gt(band[limit]), isExit)
  if (level === undefined || (isExit && isStop && level !== 'ask')) return []
  const where = side === 'buy' ? 'above' : 'below'
  const limit = level === 'refuse' || (isExit && level === 'ask') ? band.most : band.ask
  const isAsked = level === 'ask' && !isExit
  const nearest = roundForSide(from.times(100 + sign * band.ask).div(100), side)
  const isWithin = nearest.minus(from).times(sign).lte(from.times(band.ask).div(100))
  return [
    problem(
      isExit && isStop ? 'tell' : level,
      'PRICE_OUTSIDE_BAND',
      `${dollarsEach(price)} is ${percent(away)} ${where} ${fromText} (${isAsked ? 'confirm above' : 'limit'} ${percent(limit)}).`,
      { field, ...(isWithin && { fix: changeTo(`Use ${dollarsEach(nearest)}`, change(toPrice(nearest))) }) },
    ),
  ]
}
