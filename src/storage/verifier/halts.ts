import { newYorkTime } from '#shared/calendar/new-york'
import type { TimeRange } from '../coverage/index.ts'

/**
 * When the whole market was halted: the circuit breakers of March 2020, from the first minute without trading
 * to the minute it resumed. Source: NYSE, market-wide circuit breaker halts 2020.
 */
const HALTS: readonly (readonly [day: string, from: string, until: string])[] = [
  ['2020-03-09', '09:35', '09:49'],
  ['2020-03-12', '09:36', '09:50'],
  ['2020-03-16', '09:31', '09:45'],
  ['2020-03-18', '12:57', '13:11'],
]

/** The market-wide halts as time ranges. */
export const marketHalts: readonly TimeRange[] = HALTS.map(([day, from, until]) => ({
  from: newYorkTime(day, from),
  until: newYorkTime(day, until),
}))
