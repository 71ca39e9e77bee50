import type { TradingDay } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { StoredBar } from '../bars/index.ts'

/** Consecutive minutes of one session without a bar. */
export interface MissingRun {
  readonly from: EpochMs
  readonly minutes: number
}

/** What is missing of one session. */
export interface DayAudit {
  readonly day: TradingDay
  /** Session minutes until `now`. */
  readonly expected: number
  readonly present: number
  readonly missing: readonly MissingRun[]
}

/**
 * Audits one session. `bars` are the day's, oldest first; minutes that start after `now` are not expected.
 */
export function auditDay(day: TradingDay, bars: readonly StoredBar[], now: EpochMs): DayAudit {
  const close = Math.min(day.close, Math.max(day.open, Math.floor(now / MINUTE_MS) * MINUTE_MS))
  const missing: MissingRun[] = []
  let expectedAt = day.open
  let present = 0
  for (const { at } of bars) {
    if (at < expectedAt || at >= close) continue
    if (at > expectedAt) missing.push({ from: expectedAt, minutes: (at - expectedAt) / MINUTE_MS })
    expectedAt = at + MINUTE_MS
    present++
  }
  if (expectedAt < close) missing.push({ from: expectedAt, minutes: (close - expectedAt) / MINUTE_MS })
  return { day, expected: (close - day.open) / MINUTE_MS, present, missing }
}
