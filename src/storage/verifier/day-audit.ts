import type { TradingDay } from '#shared/exchange-calendar'
import type { BarFeed } from '#shared/history'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { StoredBar } from '../bars/index.ts'

/** The minutes that are judged together: trading is about as dense throughout one half hour. */
export const HALF_HOUR = 30
/** The lengths of coarser bars, in minutes; longer ones are multiples of these. */
const STEPS = [2, 3, 5] as const
/** Half hours of the longest session. */
export const HALF_HOURS = 390 / HALF_HOUR

/** Consecutive minutes of one session without a bar. */
export interface MissingRun {
  readonly from: EpochMs
  readonly minutes: number
}

/** What is there of one session, and what is missing. */
export interface DayAudit {
  readonly day: TradingDay
  /** The worst feed among its bars; undefined if it has none. */
  readonly feed: BarFeed | undefined
  /** Session minutes until `now`. */
  readonly expected: number
  readonly present: number
  readonly missing: readonly MissingRun[]
  /** Bars in each half hour from the open. */
  readonly byHalfHour: Uint8Array
  /**
   * Bars by the remainder of their minute from the open: by 2, by 3 and by 5, one list each. A series of
   * coarser bars has one remainder of one of these, bars of ten minutes of two.
   */
  readonly byRemainder: readonly Uint16Array[]
  /** What was traded in all of them: close times volume, in the unit of stored prices. */
  readonly traded: number
}

/**
 * Audits one session. `bars` are the day's, oldest first; minutes that start after `now` are not expected.
 */
export function auditDay(
  day: TradingDay,
  bars: readonly StoredBar[],
  now: EpochMs,
  feed: BarFeed | undefined,
): DayAudit {
  const close = Math.min(day.close, Math.max(day.open, Math.floor(now / MINUTE_MS) * MINUTE_MS))
  const missing: MissingRun[] = []
  const byHalfHour = new Uint8Array(HALF_HOURS)
  let expectedAt = day.open
  const byRemainder = STEPS.map((step) => new Uint16Array(step))
  let [present, traded] = [0, 0]
  for (const { at, close: price, volume } of bars) {
    if (at < expectedAt || at >= close) continue
    if (at > expectedAt) missing.push({ from: expectedAt, minutes: (at - expectedAt) / MINUTE_MS })
    expectedAt = at + MINUTE_MS
    present++
    traded += price * volume
    const minute = (at - day.open) / MINUTE_MS
    const halfHour = Math.floor(minute / HALF_HOUR)
    byHalfHour[halfHour] = (byHalfHour[halfHour] ?? 0) + 1
    for (const counts of byRemainder) {
      const remainder = minute % counts.length
      counts[remainder] = (counts[remainder] ?? 0) + 1
    }
  }
  if (expectedAt < close) missing.push({ from: expectedAt, minutes: (close - expectedAt) / MINUTE_MS })
  const expected = (close - day.open) / MINUTE_MS
  return { day, feed, expected, present, missing, byHalfHour, byRemainder, traded }
}

/** The share of its minutes that have a bar. */
export const shareOf = ({ present, expected }: DayAudit): number => present / expected

/** Whether the session is over or has run, and has no bar at all. */
export const isEmpty = ({ present, expected }: DayAudit): boolean => present === 0 && expected > 0
