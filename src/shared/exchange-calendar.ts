import { addDays, exchangeDayOf, newYorkTime, weekdayOf } from './calendar/new-york.ts'
import { specialDaysOf, type SpecialDay } from './calendar/special-days.ts'
import type { MarketSession, SessionPhase } from './market.ts'
import type { EpochMs, ExchangeDay } from './units.ts'
import { MINUTE_MS } from './time.ts'

export { exchangeDayOf } from './calendar/new-york.ts'

/** A trading day: when each of its sessions begins and ends. */
export interface TradingDay {
  readonly day: ExchangeDay
  /** 04:00 ET. */
  readonly preOpen: EpochMs
  /** 09:30. */
  readonly open: EpochMs
  /** 16:00, or 13:00 on an early close. */
  readonly close: EpochMs
  /** 20:00, or 17:00 on an early close. */
  readonly afterClose: EpochMs
  readonly earlyClose: boolean
}

/** A trading day from Alpaca's calendar; times are ET, `HH:MM`. */
export interface KnownDay {
  readonly day: ExchangeDay
  readonly preOpen: string
  readonly open: string
  readonly close: string
  readonly afterClose: string
}

/** Alpaca's calendar for from <= day < until: days not listed are closed. */
export interface KnownDays {
  readonly from: ExchangeDay
  readonly until: ExchangeDay
  readonly days: readonly KnownDay[]
}

/** When the New York Stock Exchange is open. Days are `YYYY-MM-DD`; any other text is a bug and throws. */
export interface ExchangeCalendar {
  /** The day's sessions, or undefined on a day without trading. */
  readonly tradingDay: (day: ExchangeDay) => TradingDay | undefined
  /**
   * Why there is no trading on that day, such as "Thanksgiving Day" or "weekend"; undefined when there is.
   */
  readonly closedReason: (day: ExchangeDay) => string | undefined
  /** The first trading day after that day. */
  readonly nextTradingDay: (day: ExchangeDay) => TradingDay
  /** The last trading day before that day. */
  readonly previousTradingDay: (day: ExchangeDay) => TradingDay
  /** The trading days from <= day < until, oldest first. */
  readonly tradingDaysBetween: (from: ExchangeDay, until: ExchangeDay) => readonly TradingDay[]
  /** The session at that instant. */
  readonly sessionAt: (at: EpochMs) => MarketSession
  /** Minutes of the day's regular session: 390, 210 on an early close, 0 without trading. */
  readonly minutesOfSession: (day: ExchangeDay) => number
}

const REGULAR_CLOSE = '16:00'
const OVERNIGHT_OPEN = '20:00'

/** Whether no exchange is open, so that neither IEX nor the consolidated tape reports anything. */
export const isExchangeClosed = (phase: SessionPhase): boolean => phase === 'closed' || phase === 'overnight'

/** When the overnight session before a trading day begins: the evening before, also of a weekend or holiday. */
const overnightBefore = ({ day }: TradingDay): EpochMs => newYorkTime(addDays(day, -1), OVERNIGHT_OPEN)

const toTradingDay = ({ day, preOpen, open, close, afterClose }: KnownDay): TradingDay => ({
  day,
  preOpen: newYorkTime(day, preOpen),
  open: newYorkTime(day, open),
  close: newYorkTime(day, close),
  afterClose: newYorkTime(day, afterClose),
  earlyClose: close < REGULAR_CLOSE,
})

/** A function that computes each answer once. */
function remembered<K, V>(workOut: (key: K) => V): (key: K) => V {
  const answers = new Map<K, { readonly value: V }>()
  return (key) => {
    const known = answers.get(key)
    if (known !== undefined) return known.value
    const value = workOut(key)
    answers.set(key, { value })
    return value
  }
}

const specialDays = remembered(specialDaysOf)

const specialDay = (day: ExchangeDay): SpecialDay | undefined => specialDays(Number(day.slice(0, 4))).get(day)

function reasonByRule(day: ExchangeDay): string | undefined {
  if (weekdayOf(day) > 5) return 'weekend'
  const special = specialDay(day)
  return special?.kind === 'closed' ? special.reason : undefined
}

function tradingDayByRule(day: ExchangeDay): TradingDay | undefined {
  if (reasonByRule(day) !== undefined) return undefined
  const [close, afterClose] = specialDay(day) === undefined ? [REGULAR_CLOSE, '20:00'] : ['13:00', '17:00']
  return toTradingDay({ day, preOpen: '04:00', open: '09:30', close, afterClose })
}

/** A calendar built from what is known about single days. */
function calendarOf(
  tradingDay: ExchangeCalendar['tradingDay'],
  closedReason: ExchangeCalendar['closedReason'],
): ExchangeCalendar {
  function neighbour(day: ExchangeDay, step: 1 | -1): TradingDay {
    for (let candidate = addDays(day, step); ; candidate = addDays(candidate, step)) {
      const found = tradingDay(candidate)
      if (found !== undefined) return found
    }
  }
  const nextTradingDay = remembered((day: ExchangeDay) => neighbour(day, 1))

  function betweenDays(at: EpochMs, day: ExchangeDay, today: TradingDay | undefined): MarketSession {
    const coming = today !== undefined && at < today.preOpen ? today : nextTradingDay(day)
    const overnight = overnightBefore(coming)
    const next = { day: coming.day, earlyClose: coming.earlyClose }
    if (at >= overnight) return { phase: 'overnight', ...next, until: coming.preOpen, next: 'pre' }
    const closedFor = closedReason(day)
    return {
      phase: 'closed',
      ...next,
      until: overnight,
      next: 'overnight',
      ...(closedFor !== undefined && { closedFor }),
    }
  }

  return {
    tradingDay,
    closedReason,
    nextTradingDay,
    previousTradingDay: remembered((day) => neighbour(day, -1)),
    tradingDaysBetween(from, until) {
      const days: TradingDay[] = []
      for (let day = from; day < until; day = addDays(day, 1)) {
        const found = tradingDay(day)
        if (found !== undefined) days.push(found)
      }
      return days
    },
    sessionAt(at) {
      const day = exchangeDayOf(at)
      const today = tradingDay(day)
      if (today === undefined || at < today.preOpen || at >= today.afterClose)
        return betweenDays(at, day, today)
      const { earlyClose } = today
      if (at < today.open) return { phase: 'pre', day, until: today.open, next: 'regular', earlyClose }
      if (at < today.close) return { phase: 'regular', day, until: today.close, next: 'after', earlyClose }
      const next = overnightBefore(nextTradingDay(day)) > today.afterClose ? 'closed' : 'overnight'
      return { phase: 'after', day, until: today.afterClose, next, earlyClose }
    },
    minutesOfSession(day) {
      const found = tradingDay(day)
      return found === undefined ? 0 : (found.close - found.open) / MINUTE_MS
    },
  }
}

/** The calendar by NYSE's rules alone, right for every year since 1998 as far as announced. */
export const nyse: ExchangeCalendar = calendarOf(remembered(tradingDayByRule), remembered(reasonByRule))

/**
 * {@link nyse}, overridden by Alpaca's own calendar where that is known, whether it opens or closes a day.
 */
export function calendarWith({ from, until, days }: KnownDays): ExchangeCalendar {
  const known = new Map(days.map((day) => [day.day, toTradingDay(day)]))
  const covers = (day: ExchangeDay) => from <= day && day < until
  return calendarOf(
    (day) => (covers(day) ? known.get(day) : nyse.tradingDay(day)),
    (day) => {
      if (!covers(day)) return nyse.closedReason(day)
      return known.has(day) ? undefined : (nyse.closedReason(day) ?? 'unscheduled closure')
    },
  )
}

export const {
  /** {@link ExchangeCalendar.tradingDay} by the rules alone, like the functions below. */
  tradingDay,
  closedReason,
  nextTradingDay,
  previousTradingDay,
  tradingDaysBetween,
  sessionAt,
  minutesOfSession,
} = nyse
