import { addDays, midnightOf, weekdayOf } from '#shared/calendar/new-york'
import type { ExchangeCalendar, TradingDay } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { ExchangeDay } from '#shared/units'
import { isInSession, isRegular, SessionDays, type SessionDay } from './session-days.ts'

const MINUTES = {
  '1m': 1,
  '2m': 2,
  '3m': 3,
  '5m': 5,
  '10m': 10,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
} as const

type IntradayTimeframe = keyof typeof MINUTES

/** How much time a bar covers. `1M` is a month, `1m` a minute. */
export type Timeframe = IntradayTimeframe | '1D' | '1W' | '1M'

/** Every timeframe, shortest first. */
export const TIMEFRAMES: readonly Timeframe[] = [
  '1m',
  '2m',
  '3m',
  '5m',
  '10m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '1D',
  '1W',
  '1M',
]

/** Which bars are made. */
export interface TimeframeOptions {
  readonly timeframe: Timeframe
  /** Whether pre-market and after-hours minutes belong to the bars. */
  readonly extendedHours: boolean
  readonly calendar: ExchangeCalendar
}

/**
 * Where the bars of a timeframe begin and end. Intraday bars are counted from where their session begins (04:00, 09:30, 16:00
 * or an early close) and end with it at the latest. A bar of a day, week or month begins at New York's midnight of its first
 * day, Monday or the 1st, whether that is a trading day or not, as Alpaca's bars do.
 */
export class BarClock {
  /** First minute of the bar that contains the minute sought last. */
  start = NaN
  /** The minute from which on nothing belongs to that bar any more: it is closed once this minute is reached. */
  until = NaN
  readonly #options: TimeframeOptions
  readonly #days: SessionDays
  /** The minutes around the one sought last, all of which belong to the same bar. */
  #from = NaN
  #to = NaN
  /** The first day of the bar, for bars of days. */
  #firstDay: ExchangeDay | undefined

  constructor(options: TimeframeOptions) {
    this.#options = options
    this.#days = new SessionDays(options.calendar)
  }

  /** Moves to the bar that contains the minute. False, and nothing moves, if none does. */
  seek(minute: number): boolean {
    if (minute >= this.#from && minute < this.#to) return true
    const day = this.#days.of(minute)
    const { timeframe, extendedHours } = this.#options
    if (!(extendedHours ? isInSession(day, minute) : isRegular(day, minute))) return false
    if (timeframe === '1D' || timeframe === '1W' || timeframe === '1M') this.#seekDay(day, timeframe)
    else this.#seekMinutes(day, minute, MINUTES[timeframe])
    return true
  }

  /** Whether the minute is outside pre-market, regular and after-hours sessions. */
  isOutside(minute: number): boolean {
    return !isInSession(this.#days.of(minute), minute)
  }

  #seekMinutes({ preOpen, open, close, afterClose }: SessionDay, minute: number, length: number): void {
    const sessionFrom = minute < open ? preOpen : minute < close ? open : close
    const sessionUntil = minute < open ? open : minute < close ? close : afterClose
    this.start = sessionFrom + Math.floor((minute - sessionFrom) / length) * length
    this.until = Math.min(this.start + length, sessionUntil)
    this.#from = this.start
    this.#to = this.until
  }

  #seekDay({ day, preOpen, open, close, afterClose }: SessionDay, timeframe: '1D' | '1W' | '1M'): void {
    const { extendedHours } = this.#options
    this.#from = extendedHours ? preOpen : open
    this.#to = extendedHours ? afterClose : close
    const firstDay = firstDayOf(timeframe, day)
    if (firstDay === this.#firstDay) return
    this.#firstDay = firstDay
    this.start = midnightOf(firstDay) / MINUTE_MS
    const last = this.#options.calendar.previousTradingDay(
      firstDayOf(timeframe, dayAfter(timeframe, firstDay)),
    )
    this.until = closeOf(last, extendedHours) / MINUTE_MS
  }
}

const closeOf = ({ close, afterClose }: TradingDay, extendedHours: boolean) =>
  extendedHours ? afterClose : close

function firstDayOf(timeframe: '1D' | '1W' | '1M', day: ExchangeDay): ExchangeDay {
  if (timeframe === '1W') return addDays(day, 1 - weekdayOf(day))
  return timeframe === '1M' ? `${day.slice(0, 7)}-01` : day
}

/** A day of the period after the one that begins on `firstDay`. */
const dayAfter = (timeframe: '1D' | '1W' | '1M', firstDay: ExchangeDay): ExchangeDay =>
  addDays(firstDay, { '1D': 1, '1W': 7, '1M': 31 }[timeframe])
