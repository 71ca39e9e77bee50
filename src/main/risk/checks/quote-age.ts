import { dollarsEach } from '#shared/format/money'
import type { MarketRow } from '#shared/market'
import { isForAuction } from '#shared/trading/order-rules'
import type { OrderProblem } from '#shared/trading/problem'
import type { RiskContext } from '../context.ts'
import { isReducing } from '../exits.ts'
import { marketName, marketPrice, usableQuote } from '../market-prices.ts'
import { problem, type Check } from '../problems.ts'
import { duration } from '../duration.ts'
import { tradesNow } from './time-in-force.ts'

/** Maximum age of a symbol's last message. While trades come its quote holds, whatever its timestamp. */
const FRESH_WITHIN_MS = { live: 2_000, ageing: 5_000 } as const

/** Age of the price, never negative; undefined if unknown. */
function quoteAgeMs({ origin }: MarketRow, now: number): number | undefined {
  return origin && Math.max(0, now - origin.at)
}

function believedAge(row: MarketRow, now: number): number | undefined {
  const age = quoteAgeMs(row, now)
  const { freshness } = row
  if (age === undefined || (freshness !== 'live' && freshness !== 'ageing')) return age
  return Math.min(age, FRESH_WITHIN_MS[freshness])
}

/** An entry needs a fresh two-sided quote; not checked while the market is closed or for an auction. */
export const checkQuote: Check = (draft, context) => {
  const { session, row, now } = context
  if (session.phase === 'closed' || isForAuction(draft.timeInForce)) return []
  if (session.phase === 'overnight' && !tradesNow(draft, context)) return []
  const isExit = isReducing(draft, context)
  const price = marketPrice(row)
  if (row === undefined || price === undefined)
    return [problem(isExit ? 'tell' : 'refuse', 'QUOTE_MISSING', `No quote for ${draft.symbol} yet.`)]
  if (usableQuote(row) === undefined)
    return [
      problem(
        isExit ? 'tell' : 'ask',
        'QUOTE_MISSING',
        `${whyUnusable(row)}; checked against ${marketName(row)} at ${dollarsEach(price)}${ageText(row, now)}.`,
      ),
    ]
  const age = believedAge(row, now)
  return age === undefined ? [] : tooOld(age, row, context, isExit)
}

function whyUnusable({ symbol, quoteProblem, bid, ask }: MarketRow): string {
  if (bid === undefined || ask === undefined) return `One-sided ${symbol} quote`
  const what = quoteProblem === 'wide' ? 'is too wide' : 'is crossed'
  return `${symbol} quote ${dollarsEach(bid)} × ${dollarsEach(ask)} ${what}`
}

const ageText = (row: MarketRow, now: number): string => {
  const age = quoteAgeMs(row, now)
  return age === undefined ? '' : `, ${duration(age)} old`
}

function tooOld(
  age: number,
  row: MarketRow,
  { limits }: RiskContext,
  isExit: boolean,
): readonly OrderProblem[] {
  const { quoteAgeAskMs, quoteAgeMostMs } = limits
  const most = Math.max(quoteAgeAskMs, quoteAgeMostMs)
  if (age <= quoteAgeAskMs) return []
  const text = duration(age)
  if (isExit) return [problem('tell', 'QUOTE_STALE', `Quote is ${text} old. Exits are sent anyway.`)]
  if (age <= most || row.freshness === 'quiet') {
    const why = row.freshness === 'quiet' ? `, normal for ${row.symbol} now` : ''
    return [
      problem('ask', 'QUOTE_STALE', `Quote is ${text} old${why} (confirm above ${duration(quoteAgeAskMs)}).`),
    ]
  }
  return [
    problem('refuse', 'QUOTE_STALE', `Quote is ${text} old, too old for entries (${duration(most)} limit).`),
  ]
}
