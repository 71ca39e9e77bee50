import { limitOf, waitsForStop } from './matching.ts'
import type { SimOrder } from './order.ts'

/**
 * When a quote concerns an order: its bid is at or below one price, or its ask at or above the other. Plain
 * numbers, so that thousands of quotes a second can be skipped for an order far from the market.
 */
export interface Alarm {
  readonly below: number
  readonly above: number
}

const ALWAYS: Alarm = { below: Infinity, above: -Infinity }

const awake = (side: SimOrder['side'], falling: string | null, rising: string | null): Alarm => {
  const [below, above] = side === 'sell' ? [falling, rising] : [rising, falling]
  return {
    below: below === null ? -Infinity : Number(below),
    above: above === null ? Infinity : Number(above),
  }
}

/**
 * The quotes that concern an order that has already met one; a last price lies between its bid and its ask.
 */
export function alarmOf(order: SimOrder): Alarm {
  const { side, stopPrice, hwm } = order
  if (waitsForStop(order)) return awake(side, stopPrice, order.type === 'trailing_stop' ? hwm : null)
  const limit = limitOf(order)
  return limit === undefined ? ALWAYS : awake(side, null, limit.toFixed())
}

/** Whether the order must be matched against this quote. */
export const concerns = (
  { bid, ask }: { readonly bid: number; readonly ask: number },
  alarm: Alarm,
): boolean => bid <= alarm.below || ask >= alarm.above
