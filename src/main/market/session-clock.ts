import {
  exchangeDayOf,
  isExchangeClosed,
  type ExchangeCalendar,
  type TradingDay,
} from '#shared/exchange-calendar'
import type { MarketSession } from '#shared/market'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs, ExchangeDay } from '#shared/units'

/** Minutes of the longest session day: 330 before the open, 390 regular, 240 after the close. */
export const SLOTS = 960
const OPEN_SLOT = 330
const CLOSE_SLOT = 720

/**
 * The minute of the session day, 0 at 04:00 Eastern Time; undefined while closed. The after-hours session
 * starts at the same slot on an early close, so that slots are comparable from day to day.
 */
export function slotIn({ preOpen, open, close, afterClose }: TradingDay, at: EpochMs): number | undefined {
  if (at < preOpen || at >= afterClose) return undefined
  if (at < open) return Math.floor((at - preOpen) / MINUTE_MS)
  if (at < close) return OPEN_SLOT + Math.floor((at - open) / MINUTE_MS)
  return CLOSE_SLOT + Math.floor((at - close) / MINUTE_MS)
}

/** The exchange's schedule: which session, minute and day an instant belongs to. */
export interface SessionClock {
  readonly sessionAt: (at: EpochMs) => MarketSession
  /** The minute of the session day; undefined while the market is closed. */
  readonly slotAt: (at: EpochMs) => number | undefined
  /** When the session day that contains `at` began; undefined while closed or if days never end. */
  readonly dayStartAt: (at: EpochMs) => EpochMs | undefined
  /**
   * The trading day whose prices are on the screen: today's from 04:00 on, through the night until the next
   * begins. Undefined if days never end.
   */
  readonly marketDayAt: (at: EpochMs) => ExchangeDay | undefined
}

/** A session clock from a calendar. It remembers the last day it looked up, so asking again costs nothing. */
export function exchangeSessionClock(calendar: ExchangeCalendar): SessionClock {
  let session: { readonly value: MarketSession; readonly from: EpochMs } | undefined
  let today: TradingDay | undefined

  function sessionAt(at: EpochMs): MarketSession {
    const until = session?.value.until
    if (session === undefined || until === undefined || at < session.from || at >= until)
      session = { value: calendar.sessionAt(at), from: at }
    return session.value
  }

  function dayAt(at: EpochMs): TradingDay | undefined {
    if (today === undefined || at < today.preOpen || at >= today.afterClose) {
      const { phase, day } = sessionAt(at)
      if (isExchangeClosed(phase)) return undefined
      today = calendar.tradingDay(day)
    }
    return today
  }

  return {
    sessionAt,
    slotAt(at) {
      const day = dayAt(at)
      return day && slotIn(day, at)
    },
    dayStartAt: (at) => dayAt(at)?.preOpen,
    marketDayAt(at) {
      const { phase, day } = sessionAt(at)
      return isExchangeClosed(phase) ? calendar.previousTradingDay(day).day : day
    },
  }
}

/** The demo market's session clock: always the regular session, with all minutes alike. */
export const alwaysOpen: SessionClock = {
  sessionAt: rememberedByMinute((at) => ({ phase: 'regular', day: exchangeDayOf(at), earlyClose: false })),
  slotAt: () => 0,
  dayStartAt: () => undefined,
  marketDayAt: () => undefined,
}

/**
 * Calculates a value once per minute: it is needed for every row of every tick, and takes 10 microseconds.
 */
function rememberedByMinute<T>(workOut: (at: EpochMs) => T): (at: EpochMs) => T {
  let known: { readonly minute: number; readonly value: T } | undefined
  return (at) => {
    const minute = Math.floor(at / MINUTE_MS)
    if (known?.minute !== minute) known = { minute, value: workOut(at) }
    return known.value
  }
}
