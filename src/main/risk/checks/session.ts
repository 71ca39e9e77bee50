import { dollarsEach } from '#shared/format/money'
import type { MarketSession } from '#shared/market'
import type { OrderDraft } from '#shared/trading/order'
import { asSentence, isForAuction, isImmediate } from '#shared/trading/order-rules'
import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import { roundForSide } from '#shared/trading/tick-size'
import { toPrice } from '#shared/units'
import type { RiskContext } from '../context.ts'
import { farSide, usableQuote } from '../market-prices.ts'
import { isFractional } from '../order-size.ts'
import { changeTo, problem, refuse, type Check } from '../problems.ts'
import { brokenRule } from '../broken-rule.ts'
import { tradesNow } from './time-in-force.ts'

/** Extended hours allow only day limit orders without exits (Alpaca, "Placing orders", as of 2026-01). */
export const checkExtendedHours: Check = (draft) => {
  if (!draft.extendedHours || draft.notional !== undefined) return []
  const rule = brokenRule(draft, 'EXTENDED_HOURS_NOT_ALLOWED')
  const fix = changeTo('Regular hours only', { extendedHours: false })
  return rule === undefined
    ? []
    : [refuse('EXTENDED_HOURS_NOT_ALLOWED', asSentence(rule), { field: 'extendedHours', fix })]
}

/** Warns that an order outside its hours waits, asks for a market order, and refuses one that cannot wait. */
export const checkMarketOpen: Check = (draft, context) => {
  const { session } = context
  if (session.phase === 'regular' || session.until === undefined || isForAuction(draft.timeInForce)) return []
  if (tradesNow(draft, context)) return session.phase === 'overnight' ? [overnight(draft, context)] : []
  const when = describeOpening(draft, session)
  if (isImmediate(draft.timeInForce)) {
    const sentence = `${when} IOC/FOK can’t queue; use Day.`
    const fix = changeTo('Use Day', { timeInForce: 'day' })
    return [refuse('MARKET_CLOSED', sentence, { field: 'timeInForce', fix })]
  }
  return draft.type === 'market'
    ? [
        problem('ask', 'MARKET_CLOSED', `${when} Queues for the open at market price.`, {
          fix: tradeNow(draft, context),
        }),
      ]
    : [
        problem('tell', 'MARKET_CLOSED', `${when} Order queues until then.`, {
          fix: tradeNow(draft, context),
        }),
      ]
}

/** What an order for extended hours does in the overnight session. */
function overnight({ symbol }: OrderDraft, { asset }: RiskContext): OrderProblem {
  const sentence =
    asset === 'unknown'
      ? `If ${symbol} is overnight tradable, it can fill now, until 4:00 ET. Otherwise it queues for pre-market.`
      : 'Can fill now in the overnight session, until 4:00 ET.'
  return problem('tell', 'OVERNIGHT_SESSION', sentence)
}

function describeOpening({ symbol, extendedHours }: OrderDraft, session: MarketSession): string {
  const { phase, day, closedFor } = session
  if (phase === 'overnight')
    return extendedHours ? `${symbol} isn’t traded overnight. Pre-market opens 4:00 ET.` : 'Opens 9:30 ET.'
  if (phase === 'pre') return 'Opens 9:30 ET.'
  if (phase === 'after') return 'Regular session is over; the next opens 9:30 ET.'
  const opens = extendedHours ? '4:00' : '9:30'
  return `Market closed${closedFor === undefined ? '' : ` (${closedFor})`} until ${day}, ${opens} ET.`
}

/** Fix that sends the order into the current extended session. */
function tradeNow(draft: OrderDraft, { session, row, asset }: RiskContext): ProblemFix | undefined {
  if (draft.orderClass !== 'simple' || draft.notional !== undefined) return undefined
  const extended: OrderDraft = { ...draft, type: 'limit', timeInForce: 'day', extendedHours: true }
  if (!tradesNow(extended, { session, asset })) return undefined
  const mayExtend = asset !== undefined && asset !== 'unknown' && asset.fractionableExtended
  if (isFractional(draft) && !mayExtend) return undefined
  if (draft.type === 'limit')
    return changeTo('Trade in extended hours', { extendedHours: true, timeInForce: 'day' })
  const quote = usableQuote(row)
  if (draft.type !== 'market' || quote === undefined) return undefined
  const price = roundForSide(farSide(draft.side, quote), draft.side)
  return changeTo(`Limit ${dollarsEach(price)} in extended hours`, {
    type: 'limit',
    limitPrice: toPrice(price),
    extendedHours: true,
    timeInForce: 'day',
  })
}
