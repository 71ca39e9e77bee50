import type { TradingNotice } from '#shared/trading/notice'
import type { OrderNotice } from '../deps.ts'

const KINDS: Readonly<Record<OrderNotice['kind'], readonly [TradingNotice['kind'], TradingNotice['tone']]>> =
  {
    filled: ['fill', 'done'],
    'filled-late': ['fill', 'done'],
    'partially-filled': ['fill', 'done'],
    rejected: ['rejection', 'failed'],
    'never-arrived': ['rejection', 'failed'],
    canceled: ['cancel', 'done'],
    'cancel-rejected': ['cancel', 'failed'],
    expired: ['cancel', 'done'],
    'done-for-day': ['cancel', 'done'],
    unconfirmed: ['order', 'warning'],
    found: ['order', 'done'],
    amended: ['alert', 'warning'],
    overfilled: ['order', 'warning'],
    adjusted: ['order', 'warning'],
    'trailing-anew': ['order', 'warning'],
    'not-reversed': ['order', 'warning'],
    summary: ['order', 'done'],
  }

/** A notice as the windows show it: the same words, in one line. */
export function windowNotice({
  kind: ofOrder,
  key,
  title,
  body,
  symbol,
  orderId,
}: OrderNotice): TradingNotice {
  const [kind, tone] = KINDS[ofOrder]
  return {
    kind,
    key,
    tone,
    text: body === '' ? title : `${title}. ${body}`,
    ...(symbol !== undefined && { symbol }),
    ...(orderId !== undefined && { orderId }),
  }
}
