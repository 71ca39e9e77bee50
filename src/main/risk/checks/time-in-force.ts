import type { MarketSession } from '#shared/market'
import type { OrderDraft } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import { exchangeDayOf, newYorkTime } from '#shared/calendar/new-york'
import { MINUTE_MS } from '#shared/time'
import { asSentence, isForAuction } from '#shared/trading/order-rules'
import type { RiskContext } from '../context.ts'
import { changeTo, refuse, type Check } from '../problems.ts'
import { brokenRule } from '../broken-rule.ts'

/** How long before the opening and closing auctions Alpaca stops accepting orders for them. */
const BEFORE_OPEN_MS = 2 * MINUTE_MS
const BEFORE_CLOSE_MS = 10 * MINUTE_MS
/** When orders for the next day's auctions are accepted again, ET. */
const AUCTIONS_AGAIN = '19:00'

/** Time in force must fit the order (Alpaca, "Placing orders", as of 2026-06). */
export const checkTimeInForce: Check = (draft, { session, now }) => {
  const rule = brokenRule(draft, 'TIME_IN_FORCE_NOT_ALLOWED')
  const reason = rule === undefined ? tooLate(draft, session, now) : asSentence(rule)
  return reason === undefined
    ? []
    : [
        refuse('TIME_IN_FORCE_NOT_ALLOWED', `${reason} Use Day.`, {
          field: 'timeInForce',
          fix: changeTo('Use Day', { timeInForce: 'day' }),
        }),
      ]
}

/** Why the order is too late or too early for its auction. A market that never closes has no auctions. */
function tooLate(
  { timeInForce }: OrderDraft,
  { phase, until }: MarketSession,
  now: EpochMs,
): string | undefined {
  if (until === undefined || !isForAuction(timeInForce)) return undefined
  const left = until - now
  const evening = phase === 'after' && now < newYorkTime(exchangeDayOf(now), AUCTIONS_AGAIN)
  if (timeInForce === 'opg') {
    const isShut = phase === 'regular' || (phase === 'pre' && left <= BEFORE_OPEN_MS)
    return isShut || evening ? 'MOO/LOO: 7:00 pm–9:28 am ET.' : undefined
  }
  const isShut = phase === 'regular' && left <= BEFORE_CLOSE_MS
  return isShut || evening ? 'MOC/LOC: until 10 min before the close, and again from 7:00 pm ET.' : undefined
}

/** Whether the order can be filled at current quotes in the current session. */
export function tradesNow(
  draft: OrderDraft,
  { session: { phase }, asset }: Pick<RiskContext, 'session' | 'asset'>,
): boolean {
  if (isForAuction(draft.timeInForce)) return false
  if (phase === 'regular' || phase === 'closed') return phase === 'regular'
  return draft.extendedHours && (phase !== 'overnight' || mayTradeOvernight(asset))
}

/** Whether the stock may trade overnight: if Alpaca's list of assets says so, or is not known yet. */
const mayTradeOvernight = (asset: RiskContext['asset']): boolean =>
  asset === 'unknown' || asset?.overnightTradable === true
