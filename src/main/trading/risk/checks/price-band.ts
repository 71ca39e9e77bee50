import { Decimal } from 'decimal.js'
import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem, TicketField } from '#shared/trading/problem'
import { toPrice } from '#shared/units'
import { positive } from '../amounts.ts'
import type { RiskContext } from '../context.ts'
import { isReducing } from '../exits.ts'
import { marketPrice, percentFrom } from '../market-prices.ts'
import { changeTo, levelOver, problem, type Check } from '../problems.ts'
import { roundForSide } from '../ticks.ts'
import { dollarsEach, percent } from '../words.ts'

/** A price and what its distance is measured from. */
interface Measured {
  readonly price: Decimal
  readonly from: Decimal
  readonly fromWords: string
  readonly field: TicketField
  readonly change: (price: Decimal) => Partial<OrderDraft>
}

/**
 * Limit and stop prices lie near the market, on the side that costs: a buy not far above it, a sale not far below. The
 * limit of a stop limit is measured from its stop. An exit's price is asked about at most, its stop only told of.
 */
export const checkPriceBand: Check = (draft, context) => {
  const isExit = isReducing(draft, context)
  return measured(draft, context).flatMap((one) => {
    const isStop = one.field === 'stopPrice'
    return outside(one, draft, context, isExit, isStop)
  })
}

function measured(draft: OrderDraft, { row }: RiskContext): readonly Measured[] {
  const market = marketPrice(row)
  const marketWords = market ? `the market at ${dollarsEach(market.toDecimalPlaces(4))}` : ''
  const stop = draft.type === 'stop' || draft.type === 'stop_limit' ? positive(draft.stopPrice) : undefined
  const limit = draft.type === 'limit' || draft.type === 'stop_limit' ? positive(draft.limitPrice) : undefined
  const target = draft.orderClass === 'oco' ? positive(draft.takeProfit?.limitPrice) : undefined
  const from = stop
    ? { from: stop, fromWords: `its stop at ${dollarsEach(stop)}` }
    : market && { from: market, fromWords: marketWords }
  return [
    ...(stop && market
      ? [
          {
            price: stop,
            from: market,
            fromWords: marketWords,
            field: 'stopPrice' as const,
            change: (price: Decimal) => ({ stopPrice: toPrice(price) }),
          },
        ]
      : []),
    ...(limit && from && draft.orderClass !== 'oco'
      ? [
          {
            ...from,
            price: limit,
            field: 'limitPrice' as const,
            change: (price: Decimal) => ({ limitPrice: toPrice(price) }),
          },
        ]
      : []),
    ...(target && market
      ? [
          {
            price: target,
            from: market,
            fromWords: marketWords,
            field: 'takeProfit' as const,
            change: (price: Decimal) => ({ takeProfit: { limitPrice: toPrice(price) } }),
          },
        ]
      : []),
  ]
}

function outside(
  { price, from, fromWords, field, change }: Measured,
  { side }: OrderDraft,
  { limits: { priceBandAskPercent, priceBandMostPercent } }: RiskContext,
  isExit: boolean,
  isStop: boolean,
): readonly OrderProblem[] {
  const sign = side === 'buy' ? 1 : -1
  const away = percentFrom(price, from).times(sign)
  const band = { ask: priceBandAskPercent, most: Math.max(priceBandAskPercent, priceBandMostPercent) }
  const level = levelOver((limit) => away.gt(band[limit]), isExit)
  if (level === undefined || (isExit && isStop && level !== 'ask')) return []
  const where = side === 'buy' ? 'above' : 'below'
  const limit = level === 'refuse' || (isExit && level === 'ask') ? band.most : band.ask
  const nearest = roundForSide(from.times(100 + sign * band.ask).div(100), side)
  const isWithin = nearest.minus(from).times(sign).lte(from.times(band.ask).div(100))
  return [
    problem(
      isExit && isStop ? 'tell' : level,
      'PRICE_OUTSIDE_BAND',
      `${dollarsEach(price)} is ${percent(away)} ${where} ${fromWords}; your limit is ${percent(limit)}.`,
      { field, ...(isWithin && { fix: changeTo(`Use ${dollarsEach(nearest)}`, change(nearest)) }) },
    ),
  ]
}
