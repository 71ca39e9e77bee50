import { dollarsEach } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import type { OrderDraft } from '#shared/trading/order'
import type { ProblemFix } from '#shared/trading/problem'
import { spreadBps } from '#shared/trading/spread'
import { roundForSide } from '#shared/trading/tick-size'
import { toPrice } from '#shared/units'
import { positive } from '../amounts.ts'
import { isReducing } from '../exits.ts'
import { farSide, nearSide, quoteOf, usableQuote, type TwoSided } from '../market-prices.ts'
import { changeTo, levelOver, problem, type Check } from '../problems.ts'
import { tradesNow } from './time-in-force.ts'

/** Whether the order fills against the other side of the quote as soon as it arrives. */
export function crosses({ type, side, limitPrice, orderClass }: OrderDraft, quote: TwoSided): boolean {
  if (type === 'market') return true
  const limit = positive(limitPrice)
  if (type !== 'limit' || orderClass === 'oco' || !limit) return false
  return side === 'buy' ? limit.gte(farSide(side, quote)) : limit.lte(farSide(side, quote))
}

/** Limits the spread an order may cross: it costs half of it, so with a wide one waiting is better. */
export const checkSpread: Check = (draft, context) => {
  const quote = quoteOf(context.row)
  if (!quote || !crosses(draft, quote) || !tradesNow(draft, context)) return []
  const { spreadAskBps, spreadMostBps } = context.limits
  const most = { ask: spreadAskBps, most: Math.max(spreadAskBps, spreadMostBps) }
  const bps = spreadBps(quote.bid, quote.ask)
  const isExit = isReducing(draft, context)
  const level = levelOver((limit) => bps.gt(most[limit]), isExit)
  if (level === undefined) return []
  const limit = level === 'refuse' || (isExit && level === 'ask') ? most.most : most.ask
  return [
    problem(
      level,
      'SPREAD_TOO_WIDE',
      `Spread ${dollarsEach(quote.ask.minus(quote.bid))} (${formatDecimal(bps.toDecimalPlaces(1))} bps) is over your ${formatDecimal(limit)} bps limit for marketable orders.`,
      { field: 'type', fix: usableQuote(context.row) && joining(draft, quote) },
    ),
  ]
}

function joining(draft: OrderDraft, quote: TwoSided): ProblemFix | undefined {
  if (draft.notional !== undefined) return undefined // dollars buy at the market alone
  const price = roundForSide(nearSide(draft.side, quote), draft.side)
  const joined: OrderDraft = { ...draft, type: 'limit', limitPrice: toPrice(price) }
  return crosses(joined, quote)
    ? undefined
    : changeTo(`Limit ${dollarsEach(price)}`, { type: 'limit', limitPrice: toPrice(price) })
}
