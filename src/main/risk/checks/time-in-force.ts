import type { MarketSession } from '#shared/market'
import type { OrderDraft } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import { exchangeDayOf, newYorkTime } from '#shared/calendar/new-york'
import { MINUTE_MS } from '#shared/time'
import type { RiskContext } from '../context.ts'
import { isFractional } from '../order-size.ts'
import { changeTo, refuse, type Check } from '../problems.ts'

/** How long before the opening and the closing auction orders for it are no longer taken. */
const BEFORE_OPEN_MS = 2 * MINUTE_MS
const BEFORE_CLOSE_MS = 10 * MINUTE_MS
/** When orders for the next day's auctions are taken again, New York time. */
const AUCTIONS_AGAIN = '19:00'

/** How long an order lasts must fit what it is (Alpaca, "Placing orders", as of 2026-06). */
export const checkTimeInForce: Check = (draft, { session, now }) => {
  const reason = misfit(draft) ?? tooLate(draft, session, now)
  return reason === undefined
    ? []
    : [
        refuse('TIME_IN_FORCE_NOT_ALLOWED', `${reason} Use Day.`, {
          field: 'timeInForce',
          fix: changeTo('Use Day', { timeInForce: 'day' }),
        }),
      ]
}

function misfit(draft: OrderDraft): string | undefined {
  const { timeInForce, type, orderClass } = draft
  if (timeInForce === 'day') return undefined
  if (isFractional(draft)) return 'Parts of a share and orders in dollars last the day only.'
  if (timeInForce === 'gtc') return undefined
  const name = timeInForce.toUpperCase()
  if (orderClass !== 'simple') return `Orders with exits are Day or GTC, not ${name}.`
  return type === 'market' || type === 'limit' ? undefined : `${name} is for market and limit orders only.`
}

/** Why the order comes too late, or too early, for its auction. A market that never closes has none to miss. */
function tooLate(
  { timeInForce }: OrderDraft,
  { phase, until }: MarketSession,
  now: EpochMs,
): string | undefined {
  if (until === undefined || (timeInForce !== 'opg' && timeInForce !== 'cls')) return undefined
  const left = until - now
  const evening = phase === 'after' && now < newYorkTime(exchangeDayOf(now), AUCTIONS_AGAIN)
  if (timeInForce === 'opg') {
    const isShut = phase === 'regular' || (phase === 'pre' && left <= BEFORE_OPEN_MS)
    return isShut || evening ? 'Orders for the open are taken from 19:00 to 9:28 New York time.' : undefined
  }
  const isShut = phase === 'regular' && left <= BEFORE_CLOSE_MS
  return isShut || evening
    ? 'Orders for the close are taken until 10 minutes before it, and again from 19:00 New York time.'
    : undefined
}

/** Whether the order is for the opening or the closing auction. */
export const isForAuction = ({ timeInForce }: Pick<OrderDraft, 'timeInForce'>): boolean =>
  timeInForce === 'opg' || timeInForce === 'cls'

/** Whether the order can be filled by the quotes of now, in the session that it is. */
export const tradesNow = (draft: OrderDraft, { session: { phase } }: Pick<RiskContext, 'session'>): boolean =>
  !isForAuction(draft) && (phase === 'regular' || (phase !== 'closed' && draft.extendedHours))
