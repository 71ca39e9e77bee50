import type { KnownDays } from '#shared/exchange-calendar'
import type { ExchangeDay } from '#shared/units'
import type { CalendarDay } from '../alpaca/index.ts'

/**
 * Alpaca's calendar of the days from `start` to `end`, both inclusive, for `calendarWith`. Where it leaves out the
 * extended hours they are NYSE's: from 04:00 to 20:00, or 17:00 on an early close.
 */
export function toKnownDays(days: readonly CalendarDay[], start: ExchangeDay, end: ExchangeDay): KnownDays {
  return {
    from: start,
    until: dayAfter(end),
    days: days.map(({ date, open, close, sessionOpen, sessionClose }) => ({
      day: date,
      preOpen: sessionOpen ?? '04:00',
      open,
      close,
      afterClose: sessionClose ?? (close < '16:00' ? '17:00' : '20:00'),
    })),
  }
}

/** Calendar arithmetic alone: no zone is involved. */
const dayAfter = (day: ExchangeDay): ExchangeDay =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
