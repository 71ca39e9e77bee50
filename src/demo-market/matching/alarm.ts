import { limitOf, waitsForStop } from './matching.ts'
import type { SimOrder } from './order.ts'

/**
 * When a quote concerns an order: its bid is at or below the one price, or its ask at or above the other. Numbers, so
 * that thousands of quotes a second can pass by an order that is far from them.
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

/** The quotes that concern an order which has met one before; a last price lies between its bid and its ask. */
export function alarmOf(order: SimOrder): Alarm {
  const { side, stopPrice, hwm } = order
  if (waitsForStop(order)) return awake(side, stopPrice, order.type === 'trailing_stop' ? hwm : null)
  const limit = limitOf(order)
  return limit === undefined ? ALWAYS : awake(side, null, limit.toFixed())
}

/** Whether such a quote has to be looked at. */
export const concerns = (
  { bid, ask }: { readonly bid: number; readonly ask: number },
  alarm: Alarm,
): boolean => bid <= alarm.below || ask >= alarm.above
