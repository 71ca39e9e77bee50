import { addDays } from '#shared/calendar/new-york'
import type { KnownDays } from '#shared/exchange-calendar'
import type { CalendarDay } from '#alpaca'

/**
 * Converts Alpaca's calendar for `calendarWith`: every missing day between its first and last is closed; days
 * beyond are unknown, and all days are if it is empty. Missing extended hours are NYSE's: from 04:00 to
 * 20:00, or to 17:00 on an early close.
 */
export function toKnownDays(days: readonly CalendarDay[]): KnownDays | undefined {
  const dates = days.map(({ date }) => date).sort()
  const [first, last] = [dates[0], dates.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return {
    from: first,
    until: addDays(last, 1),
    days: days.map(({ date, open, close, sessionOpen, sessionClose }) => ({
      day: date,
      preOpen: sessionOpen ?? '04:00',
      open,
      close,
      afterClose: sessionClose ?? (close < '16:00' ? '17:00' : '20:00'),
    })),
  }
}
