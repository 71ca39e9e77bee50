import { addDays, midnightOf } from '#shared/calendar/new-york'
import { exchangeDayOf, type ExchangeCalendar } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { ExchangeDay } from '#shared/units'

/** A calendar day of New York and the sessions in it, in minutes since the epoch. */
export interface SessionDay {
  readonly day: ExchangeDay
  /** Its midnights: it has the minutes from <= minute < until. */
  readonly from: number
  readonly until: number
  /** Where the sessions begin and end. NaN on a day without trading, so that no minute is within one. */
  readonly preOpen: number
  readonly open: number
  readonly close: number
  readonly afterClose: number
}

/** Whether the minute belongs to the pre-market, regular or after-hours session. */
export const isInSession = ({ preOpen, afterClose }: SessionDay, minute: number): boolean =>
  minute >= preOpen && minute < afterClose

/** Whether the minute belongs to the regular session. */
export const isRegular = ({ open, close }: SessionDay, minute: number): boolean =>
  minute >= open && minute < close

/** The days of a calendar by minute. It asks the calendar once for each run of minutes of one day. */
export class SessionDays {
  readonly #calendar: ExchangeCalendar
  #newest: SessionDay | undefined

  constructor(calendar: ExchangeCalendar) {
    this.#calendar = calendar
  }

  /** The day that contains the minute. */
  of(minute: number): SessionDay {
    const newest = this.#newest
    if (newest !== undefined && minute >= newest.from && minute < newest.until) return newest
    return (this.#newest = this.#find(exchangeDayOf(minute * MINUTE_MS)))
  }

  #find(day: ExchangeDay): SessionDay {
    const sessions = this.#calendar.tradingDay(day)
    const minuteOf = (at = NaN) => at / MINUTE_MS
    return {
      day,
      from: minuteOf(midnightOf(day)),
      until: minuteOf(midnightOf(addDays(day, 1))),
      preOpen: minuteOf(sessions?.preOpen),
      open: minuteOf(sessions?.open),
      close: minuteOf(sessions?.close),
      afterClose: minuteOf(sessions?.afterClose),
    }
  }
}
