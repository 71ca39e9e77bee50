import { addDays, exchangeDayOf, newYorkTime } from '#shared/calendar/new-york'
import type { EpochMs, ExchangeDay } from '#shared/units'

/** From pre-market to after-hours, ET: nothing is asked for then that the trader did not ask for. */
const TRADING_FROM = '04:00'
const TRADING_UNTIL = '20:00'

/**
 * The night of that instant, by the day in New York on which it began; undefined from 04:00 to 20:00 ET, also on days
 * without trading.
 */
export function nightOf(at: EpochMs): ExchangeDay | undefined {
  const day = exchangeDayOf(at)
  if (at < newYorkTime(day, TRADING_FROM)) return addDays(day, -1)
  return at < newYorkTime(day, TRADING_UNTIL) ? undefined : day
}
